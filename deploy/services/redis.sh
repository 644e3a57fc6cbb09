# shellcheck shell=bash
# Redis, in memory only.

start_redis() {
    service_folder redis
    as_service mkdir -p "$DATA/redis/data"
    daemon_spawn_as_service redis "$DATA/redis/data" redis-server --bind 127.0.0.1 \
        --port "$(port_of redis)" --dir "$DATA/redis/data" --daemonize no --save "" --appendonly no
}

health_redis() {
    local port answer
    port=$(port_of redis)
    if [ "$(running_mode)" = container ]; then
        answer=$(container_ask redis redis-cli ping 2>/dev/null)
    else
        answer=$(timeout 5 redis-cli -h 127.0.0.1 -p "$port" ping 2>/dev/null)
    fi
    [ "$answer" = PONG ]
}
