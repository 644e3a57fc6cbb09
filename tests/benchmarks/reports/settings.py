"""As for search at scale, with a cache of its own."""

from tests.benchmarks.scale.settings import *  # noqa: F403 - settings are layered by import

SEARCH_INDEX_PREFIX = "reports"
CACHES["default"]["KEY_PREFIX"] = "reports"
