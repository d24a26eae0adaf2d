#!/bin/sh
# From a bare clone to refined pictures and their reports.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
PATH="$PWD/node_modules/.bin:$PATH" exec node scripts/demo.ts "$@"
