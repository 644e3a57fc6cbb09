"""What editors say means the same. In force at once: read anew when the freshness stamp changes."""

from collections.abc import Mapping

from knowledge.catalog.services import freshness
from search.language.words import cut, stem
from search.models import SynonymSet

Key = tuple[str, ...]  # stems of the words of an expression


def table() -> Mapping[Key, tuple[str, ...]]:
    """Other expressions by the stems of the one that was typed."""
    return freshness.kept(
        "search.synonyms", lambda: _made(SynonymSet.objects.filter(is_active=True))
    )


def made_of(sets: list[SynonymSet]) -> Mapping[Key, tuple[str, ...]]:
    """The same from sets that are not yet saved, to show what they would do."""
    return _made(sets)


def key(expression: str) -> Key:
    return tuple(stem(word) for word in cut(expression))


def _made(sets: object) -> Mapping[Key, tuple[str, ...]]:
    found: dict[Key, dict[str, None]] = {}
    for one in sets:  # type: ignore[attr-defined]
        words = one.words
        for typed in [one.typed] if one.typed else words:
            others = found.setdefault(key(typed), {})
            others.update((word, None) for word in words if key(word) != key(typed))
    return {typed: tuple(others) for typed, others in found.items() if typed and others}
