"""Why an artifact is named beside another, in words."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from search.querying.facets import Word, vocabulary

Words = Mapping[str, Mapping[str, Word]]
MAX_NAMES = 2
MAX_PARTS = 2


def words_for(shared: Iterable[str]) -> Words:
    """The names of all these terms ("tool:kafka"), in one query."""
    slugs: dict[str, set[str]] = {}
    for term in shared:
        field, _colon, slug = term.partition(":")
        slugs.setdefault(field, set()).add(slug)
    return vocabulary(slugs) if slugs else {}


def reason(shared: Sequence[str], words: Words) -> str:
    """``shared``: terms that both have, the rarest first. Without any it is the text."""
    names: dict[str, list[str]] = {}
    for term in shared:
        field, _colon, slug = term.partition(":")
        word = words.get(field, {}).get(slug)
        if word is not None:
            names.setdefault(field, []).append(word.name)
    said = [(field, get_text_list(found[:MAX_NAMES], _("and"))) for field, found in names.items()]
    said = said[:MAX_PARTS]
    if not said:
        return _("Similar text")
    (field, listed), *more = said
    return "; ".join([_first(field) % listed, *(_also(field) % listed for field, listed in more)])


def _first(field: str) -> str:
    return {
        "tool": _("Same tool: %s"),
        "tag": _("Same topic: %s"),
        "audience": _("For %s"),
        "industry": _("In %s"),
        "region": _("Under the rules of %s"),
    }[field]


def _also(field: str) -> str:
    return {
        "tool": _("also with %s"),
        "tag": _("also on %s"),
        "audience": _("also for %s"),
        "industry": _("also in %s"),
        "region": _("also under the rules of %s"),
    }[field]
