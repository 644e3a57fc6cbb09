# shellcheck shell=bash
# PostgreSQL 15 or later from the system's packages, with a cluster of its own.

# Prints the folder of the programs of the newest suitable version.
postgresql_programs() {
    local folder version
    while read -r folder; do
        version=$("$folder/postgres" --version 2>/dev/null | sed -n 's/[^0-9]*\([0-9]*\).*/\1/p')
        if [ "${version:-0}" -ge 15 ]; then
            echo "$folder"
            return
        fi
    done < <(
        printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV
        dirname "$(command -v postgres || echo /nowhere/postgres)"
    )
    return 1
}

start_postgresql() {
    local programs cluster=$DATA/postgresql/data
    programs=$(postgresql_programs) || {
        complain "postgresql: version 15 or later is needed, and the system's packages do not have it."
        return 1
    }
    service_folder postgresql
    if [ "$(cat "$cluster/PG_VERSION" 2>/dev/null)" != "$("$programs/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ]; then
        # Test data of another major version, or a first start that was cut off.
        rm -rf "$cluster" "$cluster.new"
        create_cluster "$programs" "$cluster.new" >>"$(log_of postgresql)" 2>&1 || {
            complain "postgresql: the cluster could not be made. The end of the log:"
            show_log postgresql
            return 1
        }
        mv "$cluster.new" "$cluster"
    fi
    # Nothing of it runs now (see daemon_stop). A server that was killed leaves this file, and
    # its number may belong to another program by now, or to one that nobody has waited for.
    rm -f "$cluster/postmaster.pid"
    daemon_spawn_as_service postgresql "$DATA/postgresql" "$programs/postgres" -D "$cluster" \
        -c listen_addresses=127.0.0.1 -c port="$(port_of postgresql)" -c unix_socket_directories= \
        -c max_connections=200 -c jit=off -c timezone=UTC \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off
}

# The role may create databases and nothing more, as it will be on a real server.
create_cluster() {
    local programs=$1 cluster=$2
    as_service "$programs/initdb" -D "$cluster" --username=postgres --auth=reject \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync || return 1
    echo 'host all portal 127.0.0.1/32 scram-sha-256' >"$cluster/pg_hba.conf"
    as_service "$programs/postgres" --single -D "$cluster" -c log_checkpoints=off postgres <<'SQL' || return 1
CREATE ROLE portal LOGIN CREATEDB PASSWORD 'portal'
CREATE DATABASE portal OWNER portal
SQL
}

health_postgresql() {
    local ask='SELECT 1' port
    port=$(port_of postgresql)
    if [ "$(running_mode)" = container ]; then
        container_ask postgresql psql -qtA -U portal -h 127.0.0.1 portal -c "$ask" >/dev/null 2>&1
    else
        PGPASSWORD=portal PGCONNECT_TIMEOUT=3 timeout 5 "$(postgresql_programs)/psql" -qtAX \
            -h 127.0.0.1 -p "$port" -U portal portal -c "$ask" >/dev/null 2>&1
    fi
}
