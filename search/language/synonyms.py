"""What editors say means the same. In force at once: read anew when the freshness stamp changes."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from knowledge.catalog.services import freshness
from search.language.words import cut, stem
from search.models import SynonymSet

Key = tuple[str, ...]  # stems of the words of an expression


def table() -> Mapping[Key, tuple[str, ...]]:
    """Other expressions by the stems of the one that was typed."""
    return freshness.kept("search.synonyms", lambda: _made(_in_force()))


def _in_force() -> Iterable[Any]:
    # Rows are made faster than models, and this waits in a search.
    return SynonymSet.objects.filter(is_active=True).values_list("expressions", "typed", named=True)


def made_of(sets: list[SynonymSet]) -> Mapping[Key, tuple[str, ...]]:
    """The same from sets that are not yet saved, to show what they would do."""
    return _made(sets)


@lru_cache(maxsize=20_000)
def key(expression: str) -> Key:
    return tuple(stem(word) for word in cut(expression))


@lru_cache(maxsize=5_000)
def _keyed(expressions: str) -> tuple[tuple[str, Key], ...]:
    """The expressions of a set with their keys: the table is made anew with each change of the content."""
    return tuple((word, key(word)) for word in SynonymSet(expressions=expressions).words)


def _made(sets: Iterable[Any]) -> Mapping[Key, tuple[str, ...]]:
    """``sets``: of ``expressions`` and ``typed``."""
    found: dict[Key, dict[str, None]] = {}
    for one in sets:
        keyed = _keyed(one.expressions)
        for typed in [key(one.typed)] if one.typed else [own for _word, own in keyed]:
            others = found.setdefault(typed, {})
            others.update((word, None) for word, own in keyed if own != typed)
    return {typed: tuple(others) for typed, others in found.items() if typed and others}
