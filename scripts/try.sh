#!/bin/sh
# Makes an environment, installs netmap in it, analyses an example (or the files given) and says what to open.
set -eu
here=$(pwd)
cd "$(dirname "$0")/.."
. scripts/python.sh

make_environment .venv
say "Installing netmap (about a minute the first time) ..."
.venv/bin/python -m pip install -qq --disable-pip-version-check . ||
    stop "netmap could not be installed: the lines above say why. Is the package index reachable?"

netmap="$(pwd)/.venv/bin/netmap"
if [ $# -gt 0 ]; then
    cd "$here"
    exec "$netmap" analyse "$@"
fi
"$netmap" analyse data/localgov.csv
say ""
say "Open in a browser:  $(pwd)/localgov-netmap/report.html"
say "               and  $(pwd)/localgov-netmap/map.html"
say "Your own file:      sh scripts/try.sh YOUR-FILE.csv"
