#!/bin/sh
# Installs what the tests need in an environment of its own and runs every check; with arguments, pytest on those alone.
set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/python.sh

make_environment .venv-test
stamp=.venv-test/installed.lock
if ! cmp -s requirements-dev.lock "$stamp"; then
    say "Installing what the tests need (a few minutes the first time) ..."
    "$env_python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock ||
        stop "The test environment could not be installed: the lines above say why."
    cp requirements-dev.lock "$stamp"
fi
"$env_python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable . ||
    stop "netmap could not be installed: the lines above say why."

# The browser that a variable names, else the first of these: its path goes into the variable.
find_browser() {
    variable=$1
    shift
    eval "named=\${$variable:-}"
    for browser in ${named:+"$named"} "$@"; do
        found=$(command -v "$browser") && export "$variable=$found" && return 0
    done
    unset "$variable"
    return 1
}
find_chromium() {
    find_browser NETMAP_CHROMIUM chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        /Applications/Chromium.app/Contents/MacOS/Chromium
}
if ! find_chromium && may_install; then
    say "Installing Chromium for the browser tests ..."
    install_packages chromium fonts-dejavu-core || install_packages chromium-browser
fi
if ! find_chromium; then
    [ -z "${NETMAP_REQUIRE_BROWSER:-}" ] || stop "No Chromium was found and none could be installed: the browser tests cannot run."
    say "No Chromium found: install the package chromium (Debian: sudo apt-get install chromium) to run the browser tests; they are skipped."
fi

find_firefox() {
    find_browser NETMAP_FIREFOX firefox-esr firefox
}
if ! find_firefox && may_install; then
    say "Installing Firefox for the browser tests ..."
    install_packages firefox-esr || install_packages firefox
fi
if ! find_firefox; then
    [ -z "${NETMAP_REQUIRE_BROWSER:-}" ] || stop "No Firefox was found and none could be installed: its tests cannot run."
    say "No Firefox found: install the package firefox-esr (Debian: sudo apt-get install firefox-esr) to run its tests; they are skipped."
fi

# With Node the page of the map is built anew and checked for accessibility; without it those tests are skipped.
if command -v npm >/dev/null 2>&1 && ! cmp -s web/package-lock.json web/node_modules/installed.lock; then
    say "Installing what the tests of the map's page need ..."
    if (cd web && npm ci --silent >/dev/null 2>&1); then
        cp web/package-lock.json web/node_modules/installed.lock
    else
        say "They could not be installed: those tests are skipped."
    fi
fi

if [ $# -gt 0 ]; then
    exec "$env_python" -m pytest "$@"
fi
failed=""
check() {
    say "== $1"
    shift
    "$@" || failed="$failed $1"
}
bin=.venv-test/bin
check "ruff: style and docstrings" $bin/ruff check --quiet .
check "mypy: types" $bin/mypy
check "import-linter: imports point down" $bin/lint-imports --config setup.cfg
kernels=$("$env_python" -c 'import netmap.kernels; print(netmap.kernels.kernels())')
if [ "$kernels" = compiled ]; then
    check "pytest on the NumPy twins of the compiled kernels" env NETMAP_KERNELS=python \
        "$env_python" -m pytest -q -n "${NETMAP_TEST_WORKERS:-2}" --dist worksteal tests/kernels tests/measures tests/truth
else
    say "The kernels were not compiled (no C compiler, no Python.h, or NETMAP_KERNELS=python): all tests run on their NumPy twins."
fi
check "networkx's own tests with netmap as its backend" "$env_python" scripts/networkx_suite.py
check "pytest" "$env_python" -m pytest -q -n "${NETMAP_TEST_WORKERS:-2}" --dist worksteal
if [ -n "$failed" ]; then
    say "Failed:$failed"
    exit 1
fi
