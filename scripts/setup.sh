#!/bin/sh
# Installs what is missing, and only that: the npm packages (among them the Node that runs everything), the
# system parts (python3 with matplotlib, bubblewrap, Chromium, fonts, the language data of text recognition), and
# the report page.
# What it may not install it names, with the one line to run, and goes on with what is there.
set -eu
cd "$(dirname "$0")/.."
say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v npm >/dev/null 2>&1; then
  say "npm is not on the PATH. Install Node.js first (Debian: apt-get install nodejs npm)."
  exit 2
fi

stamp=node_modules/.verisim-setup
if ! cmp -s package-lock.json "$stamp" || [ ! -x node_modules/.bin/node ]; then
  say "installing the npm packages"
  log=$(mktemp)
  # Not `npm ci`: it refuses a lock file that lacks the binaries of platforms which a registry mirror does not
  # carry. The lock file's versions hold all the same, and --no-save leaves it as it is.
  if ! npm install --no-save --no-audit --no-fund --loglevel=error >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "npm install failed; its words are above."
    exit 2
  fi
  rm -f "$log"
  cp package-lock.json "$stamp"
fi
PATH="$PWD/node_modules/.bin:$PATH"
export PATH

has_python() {
  for python in /usr/bin/python3 python3 /opt/homebrew/bin/python3 /usr/local/bin/python3; do
    "$python" -c 'import matplotlib' >/dev/null 2>&1 && return 0
  done
  return 1
}
has_chromium() {
  for browser in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$browser" >/dev/null 2>&1 && return 0
  done
  [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] || [ -x /Applications/Chromium.app/Contents/MacOS/Chromium ]
}
has_font() { command -v fc-list >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi "$1"; }

has_ocr() {
  for data in /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata /usr/share/tesseract/tessdata \
    /usr/share/tessdata /opt/homebrew/share/tessdata /usr/local/share/tessdata; do
    [ -r "$data/eng.traineddata" ] && return 0
  done
  return 1
}

missing=
need() { missing="$missing $1"; }
if [ "$(uname)" = Darwin ]; then
  has_python || need python-matplotlib
  has_chromium || need chromium
  has_ocr || need tesseract
  # bubblewrap exists on Linux only: on macOS generated Python runs with --allow-unsandboxed or not at all.
else
  has_python || need python3-matplotlib
  command -v bwrap >/dev/null 2>&1 || need bubblewrap
  has_chromium || need chromium
  has_font Liberation || need fonts-liberation
  has_font DejaVu || need fonts-dejavu-core
  has_ocr || need tesseract-ocr-eng
fi

if [ -n "$missing" ]; then
  if command -v apt-get >/dev/null 2>&1; then
    line="apt-get update && apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then as=sh
    elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as='sudo sh'
    else as=
    fi
  elif command -v brew >/dev/null 2>&1; then
    line="brew install$missing"
    as=sh
  else
    line="install with your package manager:$missing"
    as=
  fi
  if [ -z "$as" ]; then
    say "missing system parts. Run this as root, then start again (going on with what is there):"
    say "  $line"
  else
    say "installing$missing (takes a minute)"
    log=$(mktemp)
    if ! DEBIAN_FRONTEND=noninteractive $as -c "export DEBIAN_FRONTEND=noninteractive; $line" >"$log" 2>&1 </dev/null; then
      tail -n 20 "$log" >&2
      say "that failed; its last words are above. Going on with what is there. To try by hand:"
      say "  $line"
    fi
    rm -f "$log"
  fi
fi

npm run --silent build:page
