"""The embedded mode: SQLite, one process, tasks at once, mails on the console."""

from portal.settings.base import *  # noqa: F403 - settings are layered by import

DEBUG = env.bool("DEBUG", default=False)  # noqa: F405 - from base
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
VAR_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405 - from base
# Files are served from the source folders, without a collect step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
