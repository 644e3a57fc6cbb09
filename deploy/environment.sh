#!/bin/sh
# Makes .venv from a lock file, and does nothing when it is already as the file says.
#
#   deploy/environment.sh base   what the portal needs to run (make demo)
#   deploy/environment.sh dev    the tools as well (make test, make check)
#
# An environment with the tools also serves where only "base" is asked for.

set -eu
cd "$(dirname "$0")/.."
wanted=${1:?base or dev}

sum() { cat "$@" | cksum; }
stamp_is() { [ "$(cat ".venv/.locked-$1" 2>/dev/null)" = "$2" ]; }

find_python() {
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or later is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python3" >&2
    return 1
}

# Debian and Ubuntu keep this part of Python in a package of its own.
need_ensurepip() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    package="python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package …" >&2
        log=$(mktemp)
        if ! {
            DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
                -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$package"
        } </dev/null >"$log" 2>&1; then
            tail -n 30 "$log" >&2
            return 1
        fi
        rm -f "$log"
    else
        echo "This Python cannot make environments. On Debian and Ubuntu: sudo apt-get install $package" >&2
        return 1
    fi
}

base=$(sum requirements/base.txt)
dev=$(sum requirements/base.txt requirements/dev.txt requirements/meaning.txt)

# The programs in it name the folder in which it was made, so it does not survive a move.
usable() {
    [ "$(cat .venv/.place 2>/dev/null || pwd)" = "$(pwd)" ] &&
        .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if usable; then
    stamp_is dev "$dev" && exit 0
    [ "$wanted" = base ] && stamp_is base "$base" && exit 0
else
    python=$(find_python)
    need_ensurepip "$python"
    echo "Making the environment .venv …" >&2
    "$python" -m venv --clear .venv
fi

echo "Installing the packages of requirements/$wanted.txt (about a minute the first time) …" >&2
rm -f ".venv/.locked-$wanted"
# The file names every package there is, so nothing is left to be resolved; "pip check" confirms it.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
    --require-hashes -r "requirements/$wanted.txt" </dev/null
pwd >.venv/.place
if [ "$wanted" = dev ]; then
    # Search by meaning is optional where the portal runs, and tested here.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
        --require-hashes -r requirements/meaning.txt </dev/null
    echo "$dev" >.venv/.locked-dev
else
    echo "$base" >.venv/.locked-base
fi
