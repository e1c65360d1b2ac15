#!/usr/bin/env bash
# Builds the person's page into ../wwwroot. Does nothing when that is already newer than its sources.
set -euo pipefail
cd "$(dirname "$0")"

if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
    npm ci --no-progress --loglevel=error
    touch node_modules/.package-lock.json
fi

built=../wwwroot/index.html
if [[ ! -f $built || -n $(find . -path ./node_modules -prune -o -path ./tests -prune -o -type f -newer "$built" -print -quit) ]]; then
    npm run --silent build -- --logLevel warn
fi
