#!/usr/bin/env bash
# Runs every test and ends with one line: tests: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh

need_dotnet
need_native_libraries
need_packages chromium jq
mkdir -p artifacts/tests
rm -f artifacts/tests/*.xml

say "Building"
build TakeItDown.Matching.sln
say "Checking the formatting"
dotnet format whitespace TakeItDown.Matching.sln --no-restore --verify-no-changes

failures=0
passed=0 failed=0 skipped=0
attribute() { sed -n "s/.*<assembly [^>]*[ ]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }
for project in tests/*.Tests; do
    name=$(basename "$project")
    say "Testing $name"
    report=artifacts/tests/$name.xml
    "$project/bin/Release/net10.0/$name" -noColor -xml "$report" "$@" || failures=1
    if [ ! -s "$report" ]; then
        say "$name did not finish."
        failed=$((failed + 1))
        continue
    fi
    passed=$((passed + $(attribute passed "$report")))
    failed=$((failed + $(attribute failed "$report") + $(attribute errors "$report")))
    skipped=$((skipped + $(attribute skipped "$report")))
done

[ "$passed" -gt 0 ] || failures=1
echo "tests: $passed passed, $failed failed, $skipped skipped"
[ "$failures" -eq 0 ] && [ "$failed" -eq 0 ]
