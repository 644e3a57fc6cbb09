"""A search as part of an address, in words, and the secret address of its feed."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.translation import gettext as _

from search.querying.facets import FIELDS
from search.querying.request import SORTS, SearchRequest, from_parameters

# Signed, not stored: who reads the database cannot follow the feeds of others.
_SIGNER = Signer(sep=".", salt="search.saved.feed")


def query_of(search: SearchRequest) -> str:
    """The same for the same search, whatever page of it is looked at."""
    pairs = [("q", search.q)] if search.q else []
    pairs += [(name, value) for name, values in search.filters.items() for value in values]
    pairs += [("sort", search.sort)] if search.sort in SORTS else []
    return urlencode(pairs)


def search_of(query: str) -> SearchRequest:
    return from_parameters(QueryDict(query))


def in_words(search: SearchRequest) -> str:
    return "; ".join(_parts(search)) or _("Everything")


def _parts(search: SearchRequest) -> Iterator[str]:
    if search.q:
        yield _("“%s”") % search.q
    for name, values in search.filters.items():
        choices = FIELDS[name].choices or {}
        listed = ", ".join(str(choices.get(value, value)) for value in values)
        yield f"{FIELDS[name].label}: {listed}"


def feed_token(saved_id: int, feed_number: int) -> str:
    return _SIGNER.sign(f"{saved_id}-{feed_number}")


def saved_of_token(token: str) -> tuple[int, int] | None:
    """Id and number of the feed; None when the token was not made by us."""
    try:
        saved_id, _dash, number = _SIGNER.unsign(token).partition("-")
    except BadSignature:
        return None
    return int(saved_id), int(number)
