#!/usr/bin/env bash
# PostgreSQL, Redis and Elasticsearch for tests and local work.
#
# With a running container engine the official images are used, otherwise the
# system's packages. Everything listens on 127.0.0.1, on ports of its own, keeps
# its files in one folder, and is thrown away without regret: the databases are
# tuned for speed, not for safety. Never point a real site at them.

set -euo pipefail
umask 022

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
for part in common ports packages daemons postgresql redis elasticsearch worker containers browser; do
    # shellcheck source=/dev/null
    . "$ROOT/deploy/services/$part.sh"
done

SERVICES=(postgresql redis elasticsearch)

usage() {
    cat <<'TEXT'
Usage: deploy/services.sh COMMAND

  up [--worker]       start PostgreSQL, Redis and Elasticsearch (and a Celery worker)
  down [--worker]     stop what "up" started (or just the worker); all else is left alone
  status              say how each one is; the exit code is not 0 when one is down
  env                 print the export lines that make the portal use them
  run [--worker] CMD  run a command with them; stop them afterwards if they were not up before
  browser             make sure that there is a Chromium, and print its path

Environment:
  PORTAL_SERVICES_MODE       auto (default), container or native
  PORTAL_POSTGRESQL_PORT     default 54329, or the next free one
  PORTAL_REDIS_PORT          default 63799, or the next free one
  PORTAL_ELASTICSEARCH_PORT  default 29200, or the next free one
  PORTAL_VAR_DIR             where data and logs go, default .var in the checkout
  PORTAL_SERVICES_USER       who runs them when root asks, default portal-services
  PORTAL_SERVICES_TIMEOUT    seconds to wait for each one's health, default 240
  XDG_CACHE_HOME             where the Elasticsearch download is kept
TEXT
}

print_env() {
    local database redis search
    database=$(port_of postgresql) redis=$(port_of redis) search=$(port_of elasticsearch)
    echo "export DATABASE_URL='postgres://portal:portal@127.0.0.1:$database/portal'"
    echo "export REDIS_URL='redis://127.0.0.1:$redis/0'"
    echo "export CELERY_BROKER_URL='redis://127.0.0.1:$redis/1'"
    echo "export ELASTICSEARCH_URL='http://127.0.0.1:$search'"
}

running_mode() { cat "$DATA/mode" 2>/dev/null || true; }

# Whether it is up and answers, in the way in which it was started.
healthy() {
    is_started "$1" && "health_$1"
}

is_started() {
    if [ "$1" != worker ] && [ "$(running_mode)" = container ]; then
        container_is_running "$1"
    else
        daemon_is_running "$1"
    fi
}

stop() {
    if is_started "$1"; then
        say "$1: stopping."
    fi
    if [ "$1" != worker ] && [ "$(running_mode)" = container ]; then
        container_stop "$1"
    else
        daemon_stop "$1"
    fi
}

status() {
    local name down=0 names=("${SERVICES[@]}")
    [ -e "$DATA/worker/pid" ] && names+=(worker)
    for name in "${names[@]}"; do
        if healthy "$name"; then
            printf '%-14s up    %s\n' "$name" "$(where "$name")"
        elif is_started "$name"; then
            printf '%-14s ill   started, but does not answer; log: %s\n' "$name" "$(log_of "$name")"
            down=1
        else
            printf '%-14s down\n' "$name"
            down=1
        fi
    done
    return "$down"
}

where() {
    [ "$1" = worker ] && echo "pid $(pid_of worker)" || echo "127.0.0.1:$(port_of "$1")"
}

# Starts one service and waits until it answers; says the end of its log when it does not.
start() {
    local name=$1 mode=$2 began=$SECONDS
    if healthy "$name"; then
        say "$name: already up at $(where "$name")."
        return
    fi
    stop "$name"
    if [ "$name" != worker ] && [ "$mode" = container ]; then
        container_start "$name" || return 1
    else
        "start_$name" || return 1
    fi
    until healthy "$name"; do
        if ! is_started "$name"; then
            complain "$name: it ended while starting. The end of its log:"
            show_log "$name"
            return 1
        fi
        if [ $((SECONDS - began)) -ge "${PORTAL_SERVICES_TIMEOUT:-240}" ]; then
            complain "$name: no answer within ${PORTAL_SERVICES_TIMEOUT:-240} seconds. The end of its log:"
            show_log "$name"
            stop "$name"
            return 1
        fi
        sleep 0.5
    done
    say "$name: up at $(where "$name") after $((SECONDS - began)) s."
}

up() {
    local name mode jobs=() failed=0 worker=no
    [ "${1:-}" = --worker ] && worker=yes
    prepare_folder
    lock_folder
    mode=$(choose_mode)
    if [ -n "$(running_mode)" ] && [ "$(running_mode)" != "$mode" ]; then
        for name in "${SERVICES[@]}"; do stop "$name"; done
    fi
    own_ports
    if [ "$mode" = native ]; then
        install_packages
    fi
    echo "$mode" >"$DATA/mode"
    for name in "${SERVICES[@]}"; do
        start "$name" "$mode" &
        jobs+=($!)
    done
    for name in "${!jobs[@]}"; do
        wait "${jobs[$name]}" || failed=1
    done
    if [ "$failed" = 0 ] && [ "$worker" = yes ]; then
        start worker "$mode" || failed=1
    fi
    unlock_folder
    return "$failed"
}

down() {
    local name jobs=()
    # The folder may have been removed while they run.
    [ -d "$DATA" ] && lock_folder
    stop worker
    if [ "${1:-}" = --worker ]; then
        unlock_folder
        return 0
    fi
    for name in "${SERVICES[@]}"; do
        stop "$name" &
        jobs+=($!)
    done
    wait "${jobs[@]}"
    rm -f "$DATA/mode" "$DATA/ports"
    unlock_folder
}

# A service that was up before stays up; nothing that this call started is left behind.
# A worker is always a new one: an older one would run older code.
run() {
    local worker='' code=0 name
    if [ "${1:-}" = --worker ]; then
        worker=--worker
        shift
        stop worker
    fi
    UNDO=down
    for name in "${SERVICES[@]}"; do
        is_started "$name" && UNDO=${worker:+down $worker}
    done
    # A process of its own: inside a trap "return" means something else.
    # shellcheck disable=SC2086
    trap 'unlock_folder; [ -z "$UNDO" ] || "$ROOT/deploy/services.sh" $UNDO' EXIT
    trap 'exit 130' INT TERM HUP
    up $worker
    eval "$(print_env)"
    PORTAL_CHROMIUM=$(find_chromium || true)
    export PORTAL_CHROMIUM
    "$@" || code=$?
    return "$code"
}

main() {
    local command=${1:-}
    [ $# -gt 0 ] && shift
    locate_folder
    case $command in
        up) up "$@" ;;
        down) down "$@" ;;
        status) status ;;
        env) print_env ;;
        run) run "$@" ;;
        browser) browser ;;
        help | -h | --help) usage ;;
        *)
            usage >&2
            exit 2
            ;;
    esac
}

main "$@"
