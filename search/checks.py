"""Start-up checks of the settings; each error names the environment variable to change."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import connection

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
MIN_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS = 0.1, 30.0


def register() -> None:
    checks.register(check_settings, "search")
    checks.register(check_database, checks.Tags.database)


def check_settings(**_: Any) -> list[checks.CheckMessage]:
    return [*_address(), *_prefix(), *_timeout()]


def check_database(databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """The database engine needs SQLite with FTS5, or PostgreSQL."""
    if connection.vendor == "postgresql":
        return []
    if connection.vendor != "sqlite":
        hint = "DATABASE_URL must name PostgreSQL or SQLite."
        return [checks.Error("Search does not know this database.", hint=hint, id="search.E004")]
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')")
        has_fts5 = bool(cursor.fetchone()[0])
    if has_fts5:
        return []
    hint = "Use a Python whose sqlite3 has FTS5 (all usual ones have), or PostgreSQL."
    return [checks.Error("This SQLite has no full-text search.", hint=hint, id="search.E005")]


def _address() -> list[checks.CheckMessage]:
    address = settings.SEARCH_ELASTICSEARCH_URL
    if not address:
        return []
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
        # The client knows the usual port of https only.
        fine = fine and (parts.scheme == "https" or parts.port is not None)
    except ValueError:
        fine = False
    if fine:
        return []
    hint = "ELASTICSEARCH_URL must be like http://search.example.org:9200, or empty."
    return [checks.Error("The address of Elasticsearch is wrong.", hint=hint, id="search.E001")]


def _prefix() -> list[checks.CheckMessage]:
    if _PREFIX.fullmatch(settings.SEARCH_INDEX_PREFIX):
        return []
    hint = "SEARCH_INDEX_PREFIX may have small letters, digits, - and _, and starts with a letter."
    return [checks.Error("The prefix of the indices is wrong.", hint=hint, id="search.E002")]


def _timeout() -> list[checks.CheckMessage]:
    if MIN_TIMEOUT_SECONDS <= settings.SEARCH_TIMEOUT_SECONDS <= MAX_TIMEOUT_SECONDS:
        return []
    hint = (
        f"SEARCH_TIMEOUT_SECONDS must lie between {MIN_TIMEOUT_SECONDS} and {MAX_TIMEOUT_SECONDS}."
    )
    return [checks.Error("The time limit of a search is wrong.", hint=hint, id="search.E003")]
