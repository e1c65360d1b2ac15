#!/usr/bin/env bash
# Writes the public API of every package into its PublicAPI.Unshipped.txt: run it after a change that is meant, and commit what it wrote.
# 'dotnet format analyzers --diagnostics RS0016' does so for one project of a solution only, where all files are called the same.
# PublicAPI.Shipped.txt is what was released. It is not touched: for what is taken out of it, write a line '*REMOVED*…' into the other by hand.
set -euo pipefail
cd "$(dirname "$0")/.."

projects=()
for shipped in src/*/PublicAPI.Shipped.txt; do
    project=${shipped%/*}
    projects+=("$project")
    removed=$(grep '^\*REMOVED\*' "$project/PublicAPI.Unshipped.txt" 2>/dev/null || true)
    printf '%s\n' '#nullable enable' ${removed:+"$removed"} > "$project/PublicAPI.Unshipped.txt"
done

# Each is compiled once, as its file is new; what the compiler misses in it is what the file must say.
missing=""
for project in "${projects[@]}"; do
    output=$(dotnet build "$project" -c Release -v quiet -nologo -p:RunAnalyzers=true '-p:WarningsNotAsErrors=RS0016%3BRS0017') ||
        { printf '%s\n' "$output" | grep error >&2; exit 1; }
    missing+=$output$'\n'
done
for project in "${projects[@]}"; do
    { grep -F "[$PWD/$project/" <<< "$missing" || true; } | sed -n "s|.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*|\1|p" |
        LC_ALL=C sort -u >> "$project/PublicAPI.Unshipped.txt"
    wc -l "$project/PublicAPI.Unshipped.txt"
done
