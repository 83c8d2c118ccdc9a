# Finds a Python that netmap can use and makes environments with it; read by the other scripts with `.`.

say() { printf '%s\n' "$*" >&2; }

# Says what to do and stops.
stop() {
    say "$*"
    exit 1
}

# True where packages of the system may be installed; `as_root` then says how.
may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif sudo -n true >/dev/null 2>&1; then
        as_root="sudo -n"
    else
        return 1
    fi
}

# Installs packages of Debian or Ubuntu, quietly.
install_packages() {
    $as_root apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# Sets `python` to the first Python >= 3.11 there is; PYTHON=... names one to prefer.
find_python() {
    for python in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python \
        "$HOME"/.pyenv/versions/3.1[1-9]*/bin/python /opt/homebrew/bin/python3 /usr/local/bin/python3; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            return 0
        fi
    done
    stop "netmap needs Python 3.11 or later and found none. Install it from your system's software centre or package manager and run this again; PYTHON=/path/to/python names one by hand."
}

# Makes the environment in folder $1, unless one that works stands there, and sets `env_python` to its Python.
make_environment() {
    env_python="$1/bin/python"
    if "$env_python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        return 0
    fi
    find_python
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
        say "$python cannot make environments: $package is missing."
        may_install && say "Installing $package ..." && install_packages "$package"
        "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
            stop "Install it with: sudo apt-get install $package   Then run this again."
    fi
    say "Making an environment in $1 with $("$python" --version) ..."
    "$python" -m venv --clear "$1" || stop "The environment could not be made in $1."
}
