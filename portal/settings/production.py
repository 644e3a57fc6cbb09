"""The full mode behind a proxy. Refuses to start with what would be unsafe."""

from portal.settings.base import *  # noqa: F403 - settings are layered by import
from portal.settings.required import demand

demand(env)

DEBUG = False
# The worker sends them (knowledge/governance/mail.py).
EMAIL_BACKEND = "knowledge.governance.mail.KeptMail"
STORAGES["staticfiles"]["BACKEND"] = "portal.staticfiles.HashedFiles"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The health checks of the container come without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
