"""The embedded mode for the tests of the database engine on SQLite (test_sqlite.py)."""

import os

# The tests of the full mode start this process with their own services in the environment.
for name in ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "CELERY_BROKER_URL"):
    os.environ.pop(name, None)

from portal.settings.dev import *  # noqa: E402,F403 - the environment is cleaned first

SECRET_KEY = "only-for-tests-" + "x" * 50
DATABASES = {"default": {**DATABASES["default"], "NAME": ":memory:"}}  # noqa: F405 - from dev
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
