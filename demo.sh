#!/usr/bin/env bash
# The whole system on this machine: a person's hash goes onto the registry's list, a platform's copy of the list refreshes, uploads of the
# picture are recognised, another picture is not, and after the person withdraws the picture is let through again.
# Ends with 0 only if every answer was right. --keep leaves the registry and the platform running.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

keep=false
case "${1:-}" in
    "") ;;
    --keep) keep=true ;;
    *) echo "usage: ./demo.sh [--keep]" >&2; exit 2 ;;
esac

need_dotnet
need_native_libraries
need_packages curl jq
need_programs curl jq
if need_node && reference/Registry/web/build.sh >&2; then
    page="the page that people see"
else
    say "The person's page could not be built; a plain one, which computes no hashes, stands in for it."
    [ "${CI:-}" != true ] || exit 1
    page="a plain page"
fi
say "Building"
build reference/Registry/Registry.csproj
build samples/UploadApi/UploadApi.csproj
build src/TakeItDown.Matching.Tool/TakeItDown.Matching.Tool.csproj

work=$(mktemp -d "${TMPDIR:-/tmp}/takeitdown-demo.XXXXXX")
registry_process= platform_process=
finish() {
    for process in $registry_process $platform_process; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT

pictures=$PWD/tests/fixtures/images
wrong=0
step() { printf '\n%s\n' "$*"; }
# expect WHAT ANSWER WANTED: prints an answer and remembers a wrong one.
expect() {
    if [ "$2" = "$3" ]; then printf '   ok     %-58s %s\n' "$1" "$2"; else
        printf '   WRONG  %-58s %s, expected %s\n' "$1" "$2" "$3"
        wrong=1
    fi
}

# start NAME FOLDER DLL ARGUMENTS…: runs a server on a free loopback port; sets `address` and `process`.
start() {
    local name=$1 folder=$2 dll=$3
    shift 3
    (cd "$folder" && exec dotnet "$dll" --urls http://127.0.0.1:0 "$@") >"$work/$name.log" 2>&1 &
    process=$!
    for _ in $(seq 600); do
        address=$(sed -n 's/.*Now listening on: \(http[^ ]*\).*/\1/p' "$work/$name.log" | head -n 1)
        [ -n "$address" ] && return
        kill -0 "$process" 2>/dev/null || break
        sleep 0.2
    done
    cat "$work/$name.log" >&2
    say "The $name did not start."
    exit 1
}

password=$(head -c 18 /dev/urandom | base64 | tr -d '/+=')
release=bin/Release/net10.0
step "1. A registry and a platform start, on this machine only."
Registry__Members__0__Password=$password start registry reference/Registry "$PWD/reference/Registry/$release/TakeItDown.Reference.Registry.dll" \
    --Registry:Database "$work/registry.db" --Registry:Members:0:Id 100 --Registry:Members:0:Name "A platform" --Registry:Members:0:User platform
registry=$address registry_process=$process
echo "   registry  $registry, with $page"
mkdir "$work/temporary"
staff_password=$(head -c 18 /dev/urandom | base64 | tr -d '/+=')
upload_api="$PWD/samples/UploadApi/$release/TakeItDown.Samples.UploadApi.dll"
TakeItDown__Registry__Password=$password Staff__PasswordHash=$(dotnet "$upload_api" hash-password <<<"$staff_password") start platform samples/UploadApi "$upload_api" \
    --Photos "$work/photos" --TakeItDown:Matching:TemporaryDirectory "$work/temporary" --TakeItDown:Store "$work/lists.db" --TakeItDown:Registry:Root "$registry/npo" --TakeItDown:Registry:UserName platform
platform=$address platform_process=$process
echo "   platform  $platform"

# Staff sign in with a password. What changes something carries the antiforgery token of their page.
staff() { curl -s -b "$work/cookies" -c "$work/cookies" "$@"; }
token() { staff "$platform/staff" | sed -n 's/.*name="__RequestVerificationToken" value="\([^"]*\)".*/\1/p' | head -n 1; }
sign_in() {
    staff -o /dev/null -w '%{http_code}' "$platform/staff/sign-in" \
        --data-urlencode name=staff --data-urlencode "password=$1" --data-urlencode "__RequestVerificationToken=$(token)"
}
upload() { curl -s -o "$work/answer" -w '%{http_code}' -F "photo=@$pictures/$1" "$platform/photos"; }
# refresh CHANGES: refreshes until that many entries changed; what is seconds old is left for the next time, lest something still on its
# way into the registry be missed.
refresh() {
    local result changed=0 added=0 withdrawn=0
    for _ in $(seq 40); do
        result=$(staff -f -X POST -H "RequestVerificationToken: $antiforgery" "$platform/lists/refresh") || result='[{"list":"?","upserts":0,"removals":0,"error":"no answer"}]'
        added=$((added + $(jq '[.[].upserts] | add' <<<"$result"))) withdrawn=$((withdrawn + $(jq '[.[].removals] | add' <<<"$result")))
        changed=$((added + withdrawn))
        [ "$changed" -lt "$1" ] || break
        sleep 0.5
    done
    expect "entries changed on the platform's list" "$changed" "$1"
    jq -r '.[] | "   list \(.list): \(.error // "no error")"' <<<"$result"
}

expect "the person's page" "$(curl -s -o /dev/null -w '%{http_code}' "$registry/")" 200
expect "a refresh, for anybody but staff" "$(curl -s -o /dev/null -w '%{http_code}' -X POST "$platform/lists/refresh")" 401
expect "sign in with a wrong password" "$(sign_in wrong)" 401
expect "sign in as staff" "$(sign_in "$staff_password")" 302
antiforgery=$(token)
expect "the list, for anybody but a member" "$(curl -s -o /dev/null -w '%{http_code}' "$registry/npo/v2/entries")" 401

step "2. Before anybody submitted anything, the picture is a picture like any other."
refresh 0
expect "upload landscape.jpg" "$(upload landscape.jpg)" 201

step "3. A person's device computes the hashes of the picture. The picture stays there; the hashes go to the registry."
./takeitdown hash "$pictures/landscape.jpg" >"$work/hashes.json"
jq '{items: [{media: .kind, hashes: [
    {kind: "md5", value: .md5}, {kind: "sha1", value: .sha1}, {kind: "sha256", value: .sha256},
    {kind: "pdq", value: .pdq.hash, quality: .pdq.quality}]}]}' "$work/hashes.json" >"$work/submission.json"
status=$(curl -s -o "$work/case.json" -w '%{http_code}' -H 'Content-Type: application/json' --data-binary @"$work/submission.json" "$registry/api/submissions")
expect "submit $(wc -c <"$work/submission.json") bytes of hashes, for a picture of $(wc -c <"$pictures/landscape.jpg")" "$status" 201
case_number=$(jq -r .case "$work/case.json") secret=$(jq -r .secret "$work/case.json")
echo "   the person keeps the case number $case_number and a secret, and stays anonymous"

step "4. The platform's copy of the list refreshes."
refresh 1

step "5. Uploads of the picture, as they come around, are recognised and refused."
for file in landscape.jpg landscape-q40.jpg landscape-half.jpg landscape-exif6.jpg landscape-phone.jpg landscape.webp landscape.png landscape-crop3.jpg; do
    expect "upload $file" "$(upload $file)" 422
done
echo "   the uploader reads only: $(jq -r .title "$work/answer")"

expect "upload it as the second frame of an animated PNG" "$(upload ../hostile/by-apng.png)" 422
expect "upload it behind a decoy in a GIF of two frames" "$(upload ../hostile/by-anim-short-long.gif)" 422

step "6. A reviewer looks at what was refused, and says what it is worth. Other platforms see it on the list."
upload_id=$(staff -f "$platform/review" | jq -r '[.[] | select(.matches[0].kind == "pdq")][0].id')
affirmed() { curl -sf -u "platform:$password" "$registry/npo/v2/entries" | grep -c affirmativeFeedback || true; }
expect "affirmations on the registry's list" "$(affirmed)" 0
expect "affirm a match" "$(staff -o /dev/null -w '%{http_code}' -X POST -H "RequestVerificationToken: $antiforgery" "$platform/review/$upload_id/affirm")" 202
for _ in $(seq 40); do [ "$(affirmed)" = 0 ] || break; sleep 0.25; done
expect "affirmations on the registry's list" "$(affirmed)" 1

step "7. Other pictures are not refused."
for file in shapes.jpg fractal.jpg swirl.jpg; do expect "upload $file" "$(upload $file)" 201; done

step "8. What cannot be judged is not called clean."
expect "upload bad/truncated.jpg" "$(upload bad/truncated.jpg)" 422
expect "upload bad/bomb-30000x30000.png" "$(upload bad/bomb-30000x30000.png)" 422

step "9. The person withdraws. A wrong secret does nothing."
withdraw() { curl -s -o /dev/null -w '%{http_code}' -X DELETE -H "Withdrawal-Secret: $1" "$registry/api/submissions/$case_number"; }
expect "withdraw with a wrong secret" "$(withdraw wrong)" 404
expect "withdraw" "$(withdraw "$secret")" 204
refresh 1
expect "upload landscape-q40.jpg" "$(upload landscape-q40.jpg)" 201

step "10. The platform's health: $(curl -s "$platform/health") (as it should be: the list is empty again, and an empty list may be a mistake)"
expect "nothing temporary is left behind" "$(find "$work/temporary" -type f | wc -l)" 0

if [ "$wrong" -ne 0 ]; then
    step "Some answers were wrong."
    exit 1
fi
step "Every answer was right."

if $keep; then
    trap - EXIT
    cat <<END

Both are still running, on this machine only:

  the person's page    $registry/
  the platform         $platform/

Try it as the people concerned would:
  1. Open the person's page, press Get Started, and choose a picture: tests/fixtures/images has some. It is hashed in the browser.
  2. See what will be sent, and send it: only the hashes go. Keep the case number and the secret.
  3. A few seconds later let the platform refresh its list, as it does by itself every half hour: sign in as "staff" with the password
     $staff_password at $platform/staff, and press Refresh now.
  4. Upload the picture at the platform, or a smaller copy of it: it is refused. Upload another one: it is kept.
  5. Under "Your case" on the person's page, look the case up and take the hashes off the list. Refresh and upload again: it is kept.

End them with:  kill $registry_process $platform_process; rm -r $work
END
fi
