"""What the container's health check runs: ``healthcheck.py`` for web, with ``beat`` or ``encoder`` for these."""

import os
import sys
import urllib.request

# Beat writes down what it has sent every three minutes; something is due every minute.
BEAT_SILENCE_MINUTES = 10


def web() -> bool:
    """Whether the web server answers. The Host header names the site, because others are refused."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(
        "http://127.0.0.1:8000/healthz/live", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - a fixed address on this machine
        return bool(answer.status == 200)


def beat() -> bool:
    """Whether anything was sent lately. A process that only exists is not enough."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=4) as connection:
        row = connection.execute(
            "SELECT max(last_run_at) > now() - make_interval(mins => %s)"
            " FROM django_celery_beat_periodictask",
            [BEAT_SILENCE_MINUTES],
        ).fetchone()
    return bool(row and row[0])


def encoder() -> bool:
    """Whether the encoder has shown signs of life in the last seconds."""
    sys.path.insert(0, os.getcwd())
    import django

    django.setup()
    from search.meaning import asking

    return asking.is_alive()


CHECKS = {"beat": beat, "encoder": encoder}


def main() -> int:
    """0 when healthy, else 1."""
    check = CHECKS.get(sys.argv[1] if len(sys.argv) > 1 else "", web)
    try:
        return 0 if check() else 1
    except Exception as error:  # noqa: BLE001 - whatever it is, it means ill
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
