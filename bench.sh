#!/usr/bin/env bash
# Runs the benchmarks.
#   ./bench.sh [--filter PATTERN] [BenchmarkDotNet options]   all, or those whose names match; short jobs unless --job says otherwise
#   ./bench.sh dry                                            every benchmark once, with short lists; fails if one throws
#   ./bench.sh keep                                           gathers the latest tables into benchmarks/results/<processor>.md
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh
need_dotnet
need_native_libraries
build benchmarks/TakeItDown.Matching.Benchmarks/TakeItDown.Matching.Benchmarks.csproj
artifacts=artifacts/benchmarks
run() { exec dotnet benchmarks/TakeItDown.Matching.Benchmarks/bin/Release/net10.0/TakeItDown.Matching.Benchmarks.dll "$@"; }
case "${1:-}" in
    dry) run dry "$artifacts" ;;
    keep) run keep "$artifacts" benchmarks/results ;;
esac
options=("$@")
[[ " $* " == *" --filter "* ]] || options+=(--filter '*')
[[ " $* " == *" --job "* ]] || options+=(--job short)
run --artifacts "$artifacts" "${options[@]}"
