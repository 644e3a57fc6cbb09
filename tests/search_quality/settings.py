"""The portal as it runs, on a database and an index of the measurement's own."""

import os

from portal.settings import base
from portal.settings.base import *  # noqa: F403 - settings are layered by import

SECRET_KEY = "only-for-measuring-" + "x" * 50
ALLOWED_HOSTS = ["127.0.0.1"]
SEARCH_INDEX_PREFIX = os.environ["SEARCH_QUALITY_NAME"]
# A busy machine must not look like a bad answer.
SEARCH_TIMEOUT_SECONDS = 10.0
# No process of its own says what a question means.
SEARCH_ENCODER_INLINE = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = base.VAR_DIR / "search-quality" / "media"
base.LOGGING["root"]["level"] = "ERROR"
