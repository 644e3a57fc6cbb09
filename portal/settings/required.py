"""What production cannot do without, checked before anything else is loaded."""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

MIN_SECRET_CHARS = 50


def demand(env: environ.Env) -> None:
    """Stop the start-up when a variable is missing or unsafe.

    Raises:
        ImproperlyConfigured: one message that names every variable at fault.
    """
    faults = [*_secret(env), *_hosts(env), *_addresses(env)]
    if env.bool("DEBUG", default=False):
        faults.append("DEBUG must not be on in production: remove the variable.")
    if faults:
        raise ImproperlyConfigured(
            "The settings are not safe to start with:\n- " + "\n- ".join(faults)
        )


def _secret(env: environ.Env) -> list[str]:
    secret = env.str("SECRET_KEY", default="")
    if len(secret) < MIN_SECRET_CHARS or "insecure" in secret or len(set(secret)) < 5:
        return [f"SECRET_KEY must be random and at least {MIN_SECRET_CHARS} characters long."]
    return []


def _hosts(env: environ.Env) -> list[str]:
    hosts = env.list("ALLOWED_HOSTS", default=[])
    if not hosts or any(host.strip() in ("*", "") for host in hosts):
        return ["ALLOWED_HOSTS must name the hosts of the site; * is refused."]
    return []


def _addresses(env: environ.Env) -> list[str]:
    wanted = {
        "DATABASE_URL": ("postgres", "postgresql"),
        "REDIS_URL": ("redis", "rediss", "unix"),
        "ELASTICSEARCH_URL": ("http", "https"),
        "PORTAL_BASE_URL": ("http", "https"),
    }
    faults = []
    for name, schemes in wanted.items():
        scheme = urlsplit(env.str(name, default="")).scheme
        if scheme not in schemes:
            faults.append(f"{name} must be an address that starts with {schemes[0]}://.")
    return faults
