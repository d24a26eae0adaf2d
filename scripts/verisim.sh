#!/bin/sh
# The command line of a clone, by the Node that the set-up brings: the system's own may be too old.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -x "$root/node_modules/.bin/node" ] || [ ! -f "$root/node_modules/.verisim-setup" ]; then
  echo "verisim: this clone is not set up yet. Run: npm run setup" >&2
  exit 2
fi
exec "$root/node_modules/.bin/node" "$root/cli/main.ts" "$@"
