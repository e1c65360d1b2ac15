#!/usr/bin/env bash
# Runs the benchmarks: ./bench.sh ['--filter' PATTERN] [BenchmarkDotNet options]. A short job unless --job says otherwise.
set -euo pipefail
cd "$(dirname "$0")"
. eng/setup.sh
need_dotnet
need_native_libraries
build benchmarks/TakeItDown.Matching.Benchmarks/TakeItDown.Matching.Benchmarks.csproj
options=("$@")
[[ " $* " == *" --filter "* ]] || options+=(--filter '*')
[[ " $* " == *" --job "* ]] || options+=(--job short)
exec dotnet benchmarks/TakeItDown.Matching.Benchmarks/bin/Release/net10.0/TakeItDown.Matching.Benchmarks.dll \
    --artifacts artifacts/benchmarks "${options[@]}"
