"""As for the other benchmark, with an index and a cache of its own; every search is made anew."""

from tests.benchmarks.settings import *  # noqa: F403 - settings are layered by import

SEARCH_INDEX_PREFIX = "scale"
CACHES["default"]["KEY_PREFIX"] = "scale"
PORTAL_PAGE_CACHE_SECONDS = 0
# Nobody's searches.
PORTAL_SEARCH_LOG_DAYS = 0
