# shellcheck shell=bash
# Messages, the folder of the services, and the user who runs them.

# One number per checkout, so that two checkouts never share a folder or a container.
KEY=$(printf '%s' "$ROOT" | cksum | cut -d' ' -f1)
SERVICE_USER=${PORTAL_SERVICES_USER:-portal-services}
DATA=

say() { printf '%s\n' "$*" >&2; }
complain() { printf 'services: %s\n' "$*" >&2; }

is_root() { [ "$(id -u)" = 0 ]; }

# PostgreSQL and Elasticsearch refuse to run as root. Fills AS_SERVICE, words that are
# put before a command, so that such a command can also replace a shell.
find_service_prefix() {
    AS_SERVICE=()
    if is_root; then
        AS_SERVICE=(setpriv --reuid="$(id -u "$SERVICE_USER")" --regid="$(id -g "$SERVICE_USER")"
            --clear-groups -- env HOME="$DATA")
    fi
}

as_service() {
    find_service_prefix
    ${AS_SERVICE[@]+"${AS_SERVICE[@]}"} "$@"
}

create_service_user() {
    if is_root && ! id -u "$SERVICE_USER" >/dev/null 2>&1; then
        useradd --system --user-group --no-create-home --home-dir /nonexistent \
            --shell /usr/sbin/nologin "$SERVICE_USER"
    fi
}

cache_folder() { echo "${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/playbook-portal"; }

# The checkout may lie below a folder that the service user may not enter.
locate_folder() {
    local asked=${PORTAL_VAR_DIR:-$ROOT/.var} near=
    case $asked in /*) ;; *) asked=$PWD/$asked ;; esac
    near=$asked
    while [ ! -d "$near" ]; do near=$(dirname "$near"); done
    DATA=$asked/services
    if is_root && id -u "$SERVICE_USER" >/dev/null 2>&1; then
        DATA=/ as_service test -x "$near" || DATA=/var/tmp/playbook-portal-$KEY/services
    fi
}

prepare_folder() {
    create_service_user
    locate_folder
    local folder owner
    mkdir -p "$DATA"
    # Anyone may make a folder in /var/tmp: one that somebody else has made is not to be trusted.
    for folder in "$(dirname "$DATA")" "$DATA"; do
        owner=$(stat -c %u "$folder" 2>/dev/null || stat -f %u "$folder")
        if [ "$owner" != "$(id -u)" ]; then
            complain "$folder belongs to another user; remove it, or set PORTAL_VAR_DIR to a folder of your own."
            exit 1
        fi
    done
}

# Two calls at once would start everything twice.
lock_folder() {
    command -v flock >/dev/null || return 0
    exec 9>"$DATA/lock"
    if ! flock -w 900 9; then
        complain "another services.sh has held $DATA/lock for 15 minutes; giving up."
        exit 1
    fi
}

unlock_folder() { exec 9>&- || true; }

log_of() { echo "$DATA/$1/$1.log"; }

show_log() {
    if [ "$1" != worker ] && [ "$(running_mode)" = container ]; then
        container_log "$1" >&2
    elif [ -s "$(log_of "$1")" ]; then
        tail -n 30 "$(log_of "$1")" >&2
        say "(all of it: $(log_of "$1"))"
    fi
}

# GET on this machine without curl, which a slim system lacks. Prints the whole answer.
http_get() {
    # shellcheck disable=SC2016
    timeout 5 bash -c '
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$2" >&3
        cat <&3
    ' _ "$1" "$2" 2>/dev/null
}
