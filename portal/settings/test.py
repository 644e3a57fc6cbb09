"""The full mode for the test suite, on the services of deploy/services.sh."""

import os

# The ports of deploy/services.sh; another place is given by the environment.
os.environ.setdefault("DATABASE_URL", "postgres://portal:portal@127.0.0.1:54329/portal")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:63799/0")
os.environ.setdefault("ELASTICSEARCH_URL", "http://127.0.0.1:29200")
# A failing test shows what went wrong, not every page that was saved on the way.
os.environ.setdefault("LOG_LEVEL", "WARNING")

from portal.settings.base import *  # noqa: F403 - the environment above comes first

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed, no real password
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# The server of a browser test must let go of its connection before the database is dropped.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Every page is saved three times until it is published; no test searches in the admin's own index.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
# The database answers searches unless a test asks for Elasticsearch (tests/node.py): what another
# test has left in an index is never found.
ELASTICSEARCH_OF_TESTS, SEARCH_ELASTICSEARCH_URL = SEARCH_ELASTICSEARCH_URL, ""
# Each parallel process has its own index and its own database of Redis: emptying the cache
# empties a whole one, whatever the prefix. The first two belong to the services.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_NUMBER = int("".join(filter(str.isdigit, _WORKER)) or 13)
SEARCH_INDEX_PREFIX = f"test_{_WORKER}"
CACHES["default"]["KEY_PREFIX"] = f"test_{_WORKER}"
CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{2 + _NUMBER % 14}"
# A machine that is busy for a moment is no server that is away. What is to hang says so itself.
CACHES["default"]["OPTIONS"] |= {"SOCKET_CONNECT_TIMEOUT": 10, "SOCKET_TIMEOUT": 10}
SEARCH_TIMEOUT_SECONDS = 10.0
# A thread of its own would look into the database of another test.
PORTAL_USAGE_WRITE_SECONDS = 0
MEDIA_ROOT = VAR_DIR / "test-media" / _WORKER
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
