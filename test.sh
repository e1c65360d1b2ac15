#!/usr/bin/env bash
# Runs every test, those of the person's page included, and ends with one line: tests: N passed, N failed, N skipped.
# --package-alone, in front of other arguments: as where the system has neither libvips nor libjpeg-turbo, and pictures are decoded by what
# TakeItDown.Matching.Vips brings. Tests of HEIC and of libjpeg-turbo itself then fail: they are not skipped yet.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

alone=()
if [ "${1:-}" = --package-alone ]; then
    shift
    alone=(eng/alone.sh)
    # See Directory.Build.targets.
    export LibvipsOfPackage=true
fi

failures=0
passed=0 failed=0 skipped=0
trap 'echo "tests: $passed passed, $failed failed, $skipped skipped"' EXIT

need_dotnet
need_native_libraries
# The person's page is tried in three browsers; WebKit draws on a screen that Xvfb makes up.
need_packages chromium firefox-esr webkit2gtk-driver xvfb
need_linker
mkdir -p artifacts/tests
rm -f artifacts/tests/*

say "Building"
build TakeItDown.Matching.sln
say "Checking the formatting"
dotnet format whitespace TakeItDown.Matching.sln --no-restore --verify-no-changes || failures=1

# count NAME REPORT: adds what a test project's report says; one that is missing counts as a failure.
attribute() { sed -n "s/.*<assembly [^>]*[ ]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }
count() {
    if [ ! -s "$2" ]; then
        say "$1 did not finish."
        failed=$((failed + 1))
        return
    fi
    passed=$((passed + $(attribute passed "$2")))
    failed=$((failed + $(attribute failed "$2") + $(attribute errors "$2")))
    skipped=$((skipped + $(attribute skipped "$2")))
}

# The page's own tests; its tests in a browser are among the end-to-end tests below, which skip themselves without the page.
if need_node; then
    say "Building the person's page"
    reference/Registry/web/build.sh >&2 || failures=1
    say "Testing the person's page"
    report=$PWD/artifacts/tests/page.json
    (cd reference/Registry/web && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$report") || failures=1
    if [ -s "$report" ]; then
        read -r page_passed page_failed page_skipped < <(node -p \
            'const r = require(process.argv[1]); [r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests].join(" ")' "$report")
        passed=$((passed + page_passed)) failed=$((failed + page_failed)) skipped=$((skipped + page_skipped))
    else
        say "The page's tests did not finish."
        failed=$((failed + 1))
    fi
else
    say "The tests of the person's page are skipped."
    skipped=$((skipped + 1))
    [ "${CI:-}" != true ] || failures=1
fi

for project in tests/*.Tests; do
    name=$(basename "$project")
    say "Testing $name"
    report=artifacts/tests/$name.xml
    "${alone[@]}" "$project/bin/Release/net10.0/$name" -noColor -result-xml "$report" "$@" || failures=1
    count "$name" "$report"
done

[ "$passed" -gt 0 ] && [ "$failures" -eq 0 ] && [ "$failed" -eq 0 ]
