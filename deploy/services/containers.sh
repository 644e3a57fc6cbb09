# shellcheck shell=bash
# The same services from official images, where a container engine runs.

container_engine() {
    local engine
    for engine in docker podman; do
        if command -v "$engine" >/dev/null && timeout 15 "$engine" info >/dev/null 2>&1; then
            echo "$engine"
            return
        fi
    done
    return 1
}

image_of() {
    case $1 in
        postgresql) echo docker.io/library/postgres:15 ;;
        redis) echo docker.io/library/redis:7 ;;
        elasticsearch) echo "docker.io/library/elasticsearch:$ELASTICSEARCH_VERSION" ;;
    esac
}

# An engine that cannot get the images is as good as none.
choose_mode() {
    local engine name mode=${PORTAL_SERVICES_MODE:-auto}
    # What runs already stays as it is, even when an engine has been installed meanwhile.
    if [ "$mode" = auto ]; then
        for name in "${SERVICES[@]}"; do
            if is_started "$name"; then
                running_mode
                return
            fi
        done
    fi
    if [ "$mode" = native ]; then
        echo native
        return
    fi
    if engine=$(container_engine); then
        for name in "${SERVICES[@]}"; do
            "$engine" image inspect "$(image_of "$name")" >/dev/null 2>&1 && continue
            say "$name: fetching $(image_of "$name") …"
            "$engine" pull -q "$(image_of "$name")" </dev/null >&2 || {
                engine=
                break
            }
        done
    fi
    if [ -n "$engine" ]; then
        echo container
    elif [ "$mode" = container ]; then
        complain "PORTAL_SERVICES_MODE=container, but no container engine answers, or it cannot fetch the images."
        exit 1
    else
        echo native
    fi
}

container_name() { echo "playbook-portal-$KEY-$1"; }

container_is_running() {
    [ "$("$(container_engine)" inspect -f '{{.State.Running}}' "$(container_name "$1")" 2>/dev/null)" = true ]
}

container_ask() {
    local name=$1
    shift
    timeout 10 "$(container_engine)" exec "$(container_name "$name")" "$@"
}

container_log() { "$(container_engine)" logs --tail 30 "$(container_name "$1")" 2>&1 || true; }

container_stop() {
    "$(container_engine)" rm -f -v "$(container_name "$1")" >/dev/null 2>&1 || true
}

container_start() {
    local name=$1 inner options=() arguments=()
    container_stop "$name"
    case $name in
        postgresql)
            inner=5432
            options=(-e POSTGRES_USER=portal -e POSTGRES_PASSWORD=portal -e POSTGRES_DB=portal
                -e POSTGRES_INITDB_ARGS='--encoding=UTF8 --locale=C.UTF-8' --shm-size 256m)
            arguments=(-c max_connections=200 -c jit=off -c timezone=UTC
                -c fsync=off -c synchronous_commit=off -c full_page_writes=off)
            ;;
        redis)
            inner=6379
            arguments=(redis-server --save "" --appendonly no)
            ;;
        elasticsearch)
            inner=9200
            options=(-e discovery.type=single-node -e xpack.security.enabled=false
                -e cluster.routing.allocation.disk.threshold_enabled=false
                -e ES_JAVA_OPTS='-Xms512m -Xmx512m')
            ;;
    esac
    "$(container_engine)" run -d --name "$(container_name "$name")" \
        -p "127.0.0.1:$(port_of "$name"):$inner" ${options[@]+"${options[@]}"} \
        "$(image_of "$name")" ${arguments[@]+"${arguments[@]}"} </dev/null >/dev/null
}
