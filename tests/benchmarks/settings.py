"""The full mode as in production, without TLS, on a database of its own."""

import os

from portal.settings.base import *  # noqa: F403 - settings are layered by import

SECRET_KEY = "only-for-benchmarks-" + "x" * 50
ALLOWED_HOSTS = ["127.0.0.1"]
SEARCH_INDEX_PREFIX = "bench"
CACHES["default"]["KEY_PREFIX"] = "bench"
CELERY_TASK_ALWAYS_EAGER = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "portal.staticfiles.HashedFiles"
STATIC_ROOT = VAR_DIR / "bench" / "static"
MEDIA_ROOT = VAR_DIR / "bench" / "media"
LOGGING["root"]["level"] = "ERROR"
SEARCH_TIMEOUT_SECONDS = float(os.environ.get("SEARCH_TIMEOUT_SECONDS", "5"))
