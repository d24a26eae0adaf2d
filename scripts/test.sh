#!/bin/sh
# Sets up what is missing, then runs every check and every test. Arguments go to vitest
# (npm test -- test/core); with arguments the static checks are left out.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
if [ $# -gt 0 ]; then
  exec vitest run "$@"
fi
npm run --silent check
mkdir -p out
rm -f out/test-report.json
exec vitest run --reporter=default --reporter=json --outputFile.json=out/test-report.json
