"""Production refuses to start with what would be unsafe, and names each variable at fault."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "portal.example.org",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1/portal",
    "REDIS_URL": "redis://127.0.0.1/0",
    "ELASTICSEARCH_URL": "http://127.0.0.1:9200",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
}


def start(settings: str, code: str = "", **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own, with nothing but these variables."""
    values = {**GOOD, **changes}
    env = {name: value for name, value in values.items() if value is not None}
    env |= {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"portal.settings.{settings}"}
    script = f"from django.conf import settings; settings.SECRET_KEY; {code}"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        capture_output=True,
        text=True,
        env=env,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def test_production_starts_with_all_that_it_needs() -> None:
    done = start(
        "production",
        "s = settings; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_HSTS_SECONDS >= 31536000, s.SESSION_COOKIE_NAME)",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["False", "True", "True", "True", "__Host-session"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "insecure-only-for-the-embedded-mode-" + "x" * 40),
        ("SECRET_KEY", "a" * 64),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "portal.example.org,*"),
        ("DATABASE_URL", None),
        ("DATABASE_URL", "sqlite:///portal.sqlite3"),
        ("REDIS_URL", None),
        ("ELASTICSEARCH_URL", "not an address"),
        ("PORTAL_BASE_URL", None),
        ("PORTAL_BASE_URL", "portal.example.org"),
        ("DEBUG", "true"),
    ],
)
def test_it_refuses_to_start_and_names_the_variable(name: str, value: str | None) -> None:
    done = start("production", **{name: value})
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert f"- {name}" in done.stderr


def test_all_faults_are_named_at_once() -> None:
    done = start("production", SECRET_KEY=None, ALLOWED_HOSTS="*", REDIS_URL=None)
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "REDIS_URL"):
        assert f"- {name}" in done.stderr


def test_a_secret_is_never_printed() -> None:
    done = start("production", SECRET_KEY="hunter2-hunter2", DATABASE_URL="mysql://u:pa55@h/d")
    assert "hunter2" not in done.stderr
    assert "pa55" not in done.stderr


def test_staging_is_production_that_robots_leave_alone() -> None:
    done = start("staging", "print(settings.PORTAL_NOINDEX, settings.DEBUG)")
    assert done.stdout.split() == ["True", "False"]
    assert start("staging", SECRET_KEY="short").returncode != 0


def test_the_embedded_mode_needs_no_variable() -> None:
    done = start(
        "dev",
        "s = settings; print(s.DATABASES['default']['ENGINE'].rsplit('.', 1)[1],"
        " s.CELERY_TASK_ALWAYS_EAGER, s.DEBUG)",
        **dict.fromkeys(GOOD),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["sqlite3", "True", "False"]


def test_the_deploy_check_is_clean() -> None:
    done = start(
        "production",
        "import django; django.setup();"
        " from django.core.management import call_command;"
        " call_command('check', deploy=True, fail_level='WARNING')",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_the_embedded_mode_shares_its_cache_with_the_commands_beside_it(tmp_path: Path) -> None:
    from_django = "import django; django.setup(); from django.core.cache import cache;"
    variables = {"PORTAL_VAR_DIR": str(tmp_path), "REDIS_URL": None, "DATABASE_URL": None}
    written = start("dev", f"{from_django} cache.set('freshness', 'new')", **variables)
    assert written.returncode == 0, written.stderr
    read = start("dev", f"{from_django} print(cache.get('freshness'))", **variables)
    assert read.stdout.split() == ["new"]


def test_a_database_that_comes_back_is_found_within_seconds() -> None:
    """The pool's own patience of five minutes left readers waiting long after it was back."""
    done = start("production", "print(settings.DATABASES['default']['OPTIONS']['pool'])")
    pool = json.loads(done.stdout.replace("'", '"'))
    assert pool["timeout"] <= 5
    assert pool["reconnect_timeout"] <= 5
