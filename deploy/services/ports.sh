# shellcheck shell=bash
# Which port each service has; none of them is a usual one.

default_port() {
    case $1 in
        postgresql) echo 54329 ;;
        redis) echo 63799 ;;
        elasticsearch) echo 29200 ;;
    esac
}

asked_port() {
    case $1 in
        postgresql) echo "${PORTAL_POSTGRESQL_PORT:-}" ;;
        redis) echo "${PORTAL_REDIS_PORT:-}" ;;
        elasticsearch) echo "${PORTAL_ELASTICSEARCH_PORT:-}" ;;
    esac
}

kept_port() { sed -n "s/^$1=//p" "$DATA/ports" 2>/dev/null || true; }

# A running service keeps its port, whatever the environment says now.
port_of() {
    local port
    port=$(kept_port "$1")
    [ -n "$port" ] || port=$(asked_port "$1")
    [ -n "$port" ] || port=$(default_port "$1")
    echo "$port"
}

# shellcheck disable=SC2016
port_is_taken() { timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"' _ "$1" 2>/dev/null; }

# What a person needs to know in order to find the program that has the port.
holder_of_port() {
    if command -v ss >/dev/null; then
        ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ (\1, pid \2)/p' | head -n 1
    fi
}

# Settles the ports before anything starts: one that was asked for must be free,
# a default one gives way to the program that has it.
own_ports() {
    local name port ports=
    for name in "${SERVICES[@]}"; do
        if is_started "$name"; then
            port=$(port_of "$name")
        else
            stop "$name" # what a killed one left behind may still hold its port
            port=$(asked_port "$name")
            if [ -n "$port" ]; then
                if port_is_taken "$port"; then
                    complain "$name: port $port is taken by another program$(holder_of_port "$port")." \
                        "Stop it, or choose another port with PORTAL_$(echo "$name" | tr '[:lower:]' '[:upper:]')_PORT."
                    exit 1
                fi
            else
                port=$(free_port "$name")
            fi
        fi
        ports+="$name=$port"$'\n'
    done
    printf '%s' "$ports" >"$DATA/ports"
}

free_port() {
    local first port
    first=$(default_port "$1")
    for ((port = first; port < first + 50; port++)); do
        if ! port_is_taken "$port"; then
            [ "$port" = "$first" ] ||
                say "$1: port $first is taken by another program$(holder_of_port "$first"), so it gets $port."
            echo "$port"
            return
        fi
    done
    complain "$1: none of the ports $first to $((first + 49)) is free."
    exit 1
}
