# shellcheck shell=bash
# Processes that this script starts, finds again and stops. Beside the process id
# the file keeps the start time, so that a number which the system has given to
# another program meanwhile is never mistaken for ours.

stat_field() { # PID NUMBER: a field of /proc/PID/stat, counted from the state (3)
    local line
    { line=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    # The second field is the program's name in brackets and may hold blanks.
    echo "${line##*) }" | cut -d' ' -f$(($2 - 2))
}

pid_of() { cut -d' ' -f1 "$DATA/$1/pid" 2>/dev/null; }

daemon_is_running() {
    local pid began
    { read -r pid began <"$DATA/$1/pid"; } 2>/dev/null || return 1
    [ "$(stat_field "$pid" 22)" = "$began" ] && [ "$(stat_field "$pid" 3)" != Z ]
}

# NAME FOLDER COMMAND...: runs the command in the folder, in a session of its own.
daemon_spawn() {
    local name=$1 folder=$2 pid
    shift 2
    (
        cd "$folder" || exit 1
        exec setsid "$@" </dev/null >>"$(log_of "$name")" 2>&1 9>&-
    ) &
    pid=$!
    echo "$pid $(stat_field "$pid" 22)" >"$DATA/$name/pid"
    disown "$pid"
}

# The same, but as the service user.
daemon_spawn_as_service() {
    local name=$1 folder=$2
    shift 2
    find_service_prefix
    daemon_spawn "$name" "$folder" ${AS_SERVICE[@]+"${AS_SERVICE[@]}"} "$@"
}

# What a killed launcher left behind: a server's program that works in this service's folder.
# The service user looks, because root in a container may not look into others' processes.
leftovers() {
    if [ "$1" = worker ]; then
        # The brackets keep the search from finding itself.
        grep -ls -- "--hostname=[p]ortal-$KEY@" /proc/[0-9]*/cmdline | sed 's/[^0-9]//g' || true
        return
    fi
    # shellcheck disable=SC2016
    as_service bash -c '
        find /proc/[0-9]* -maxdepth 1 -name cwd \( -lname "$1/*" -o -lname "$1 (deleted)" \) | while IFS=/ read -r _ _ process _; do
            case $(readlink "/proc/$process/exe") in
                */postgres | */redis-server | */redis-check-rdb | */java) echo "$process" ;;
            esac
        done' _ "$DATA/$1" 2>/dev/null || true
}

daemon_stop() {
    local name=$1 pid waited left
    if daemon_is_running "$name"; then
        pid=$(pid_of "$name")
        kill -s "$(stop_signal "$name")" "$pid" 2>/dev/null || true
        for ((waited = 0; waited < 300; waited++)); do
            daemon_is_running "$name" || break
            sleep 0.1
        done
        if daemon_is_running "$name"; then
            complain "$name: it did not stop within 30 seconds, so it is killed."
            kill -s KILL "$pid" 2>/dev/null || true
        fi
    fi
    for ((waited = 0; waited < 100; waited++)); do
        left=$(leftovers "$name")
        [ -n "$left" ] || break
        # They see for themselves that their parent has gone; those that do not are killed.
        # shellcheck disable=SC2086
        [ "$waited" -lt 50 ] || kill -s KILL $left 2>/dev/null || true
        sleep 0.1
    done
    rm -f "$DATA/$name/pid"
}

stop_signal() {
    # Without SIGINT PostgreSQL would wait until the last client has gone.
    [ "$1" = postgresql ] && echo INT || echo TERM
}

# The folder of one service, in which the service user may write, and nobody else read.
service_folder() {
    mkdir -p "$DATA/$1"
    if is_root; then
        chown "$SERVICE_USER": "$DATA/$1"
    fi
    chmod 750 "$DATA/$1"
    : >"$(log_of "$1")"
}
