"""The embedded mode: SQLite, one process, tasks at once, mails on the console."""

from portal.settings.base import *  # noqa: F403 - settings are layered by import

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Files are served from the source folders, without a collect step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
