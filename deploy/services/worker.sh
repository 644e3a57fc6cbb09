# shellcheck shell=bash
# A Celery worker on the services above, for the tests that need a real one.

start_worker() {
    local python=$ROOT/.venv/bin/python
    if [ ! -x "$python" ]; then
        complain "worker: there is no $python; run \"make test\" or deploy/environment.sh dev first."
        return 1
    fi
    mkdir -p "$DATA/worker"
    : >"$(log_of worker)"
    (
        eval "$(print_env)"
        export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-portal.settings.test}
        daemon_spawn worker "$ROOT" "$python" -m celery -A portal worker \
            --loglevel=INFO --concurrency=1 --without-gossip --without-mingle \
            --hostname="portal-$KEY@127.0.0.1"
    )
}

health_worker() {
    # An answer to "celery inspect ping" would cost two seconds of imports each time.
    grep -q ' ready\.$' "$(log_of worker)"
}
