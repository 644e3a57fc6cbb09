"""Tells one reader from another for as long as a search is open, and forgets both.

There is no cookie. Whatever a request brings along goes into a keyed hash whose key is made anew
every day, lives only in the cache, and is never written down: when it is gone, nobody can say
again which hash was whose. The hash itself is never part of a row.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from knowledge.governance.throttle import client_address
from knowledge.governance.visitors import is_person
from search.insight.recording.masking import normalised
from search.language.text import clean

CACHE = "search_log"
SALT_SECONDS = 25 * 3600
MAX_REFERER_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Reader:
    """``trace`` tells readers apart; it is made into ``key`` and goes no further.

    ``came_from`` are the words of the page of results that the reader comes from, or empty.
    """

    trace: str
    came_from: str

    def key(self, words: str, today: date) -> str:
        """Where the open search of this reader for ``words`` lies in the cache."""
        message = f"{self.trace}\0{words}".encode("utf-8", "replace")
        return f"search_log:open:{hmac.new(_salt(today), message, hashlib.sha256).hexdigest()}"


def reader_of(request: HttpRequest) -> Reader | None:
    """Who asks; None for who is not counted: robots, prefetches, and those who do not want it."""
    headers = request.headers
    agent = headers.get("User-Agent", "")
    if headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1" or not is_person(headers):
        return None
    referer = headers.get("Referer", "")
    path, words = _source(referer) if len(referer) <= MAX_REFERER_CHARS else ("", "")
    if path.startswith(reverse("wagtailadmin_home")):
        # Whoever tries a query of the report makes no demand.
        return None
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return Reader(f"{client_address(request)}\0{agent}\0{session}", words)


def _source(referer: str) -> tuple[str, str]:
    """The path of the address, and its words when it is that of a page of results."""
    try:
        parts = urlsplit(referer)
        if parts.path != reverse("search:results"):
            return parts.path, ""
        asked = parse_qs(parts.query, max_num_fields=2000).get("q", [""])
    except ValueError:
        return "", ""
    return parts.path, normalised(clean(asked[-1]))


def today() -> date:
    return timezone.now().date()


def _salt(day: date) -> bytes:
    """Of this day, the same in all processes."""
    cache, name = caches[CACHE], f"search_log:salt:{day.isoformat()}"
    salt = cache.get(name)
    if salt is None:
        cache.add(name, secrets.token_bytes(32), SALT_SECONDS)
        salt = cache.get(name)
    # The cache is away, and with it what the hash would find.
    return salt or secrets.token_bytes(32)
