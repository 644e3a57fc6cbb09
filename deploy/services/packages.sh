# shellcheck shell=bash
# Installs from Debian or Ubuntu what is missing, and only that.

become_root() {
    if is_root; then
        echo
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        echo sudo
    else
        return 1
    fi
}

apt_install() {
    local sudo log policy=/usr/sbin/policy-rc.d
    if ! command -v apt-get >/dev/null || ! sudo=$(become_root); then
        complain "these are missing: $*. Install them by the system's package manager, or start a container engine."
        return 1
    fi
    say "Installing $* …"
    # The packages would start servers of their own on the usual ports.
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
        $sudo chmod +x "$policy"
        # shellcheck disable=SC2064
        trap "$sudo rm -f $policy" EXIT
    fi
    log=$(mktemp)
    if ! {
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq -o Acquire::Retries=3 ||
            echo "apt-get update failed; trying with the package lists that are there."
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
    } </dev/null >"$log" 2>&1; then
        complain "the packages could not be installed. The end of apt-get's log ($log):"
        tail -n 30 "$log" >&2
        return 1
    fi
    rm -f "$log"
}

# In a subshell, for the sake of the trap above.
install_packages() (
    missing=()
    postgresql_programs >/dev/null || missing+=(postgresql)
    command -v redis-server >/dev/null && command -v redis-cli >/dev/null || missing+=(redis-server)
    java_home >/dev/null || missing+=("$(java_package)")
    command -v setpriv >/dev/null || missing+=(util-linux)
    elasticsearch_is_cached || command -v mvn >/dev/null || missing+=(maven)
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
)
