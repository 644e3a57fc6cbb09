"""The words of the library: cut out of its texts, counted, and looked up.

``SearchWord`` holds every word of every entry with its stem and in about how many entries it
stands. The engines have such lists too, but each its own, stemmed, and slow to ask.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log1p

import snowballstemmer
from django.db import connection, transaction

from knowledge.catalog.services import freshness
from search.models import SearchEntry, SearchWord

MAX_LENGTH = 40
# Of one entry; the longest text has room for no more different words that people would type.
MAX_DISTINCT = 5000
BATCH = 2000
RAREST = 4.0
FEW_ENTRIES = 100
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_HYPHENATED = re.compile(r"\b[^\W_]{2,}(?:[-‐‑][^\W_]{2,}){1,2}\b")
_MIXED = re.compile(r"\b[A-Z]?[a-z]+(?:[A-Z][a-z]+)+\b")


@dataclass(frozen=True, slots=True)
class Known:
    """``written``: words as they are written; ``entries``: by stem, in about how many entries."""

    written: frozenset[str]
    entries: dict[str, int]
    total: int

    def knows(self, word: str) -> bool:
        return stem(word) in self.entries

    def times(self, word: str) -> int:
        return self.entries.get(stem(word), 0)

    def rarity(self, word: str) -> float:
        """How telling a word is: near 0 when it stands everywhere, highest when nowhere.

        The inverse document frequency of BM25 (Robertson, Zaragoza 2009, eq. 3.15), never negative,
        and bounded: one unknown word must not outweigh all others.
        """
        number = self.times(word)
        # In a handful of texts every word would be common.
        total = max(self.total, FEW_ENTRIES)
        return min(log1p(max(total - number, 0) / (number + 0.5)) + 0.1, RAREST)


def cut(text: str) -> list[str]:
    return _WORD.findall(text.lower())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the engines' English stemmers leave of it, nearly."""
    # A stemmer of its own for each word: the object keeps its state while it works.
    return str(snowballstemmer.stemmer("english").stemWord(word))


def spellings(title: str, texts: Iterable[str]) -> str:
    """Other ways to write the words: "post-mortem" as postmortem, "PodCrash" as pod crash.

    A title also in one word, as people type the name of an alert or a tool.
    """
    joined = "".join(cut(title))
    found: dict[str, None] = {joined: None} if len(joined) <= MAX_LENGTH else {}
    for text in (title, *texts):
        for word in _HYPHENATED.findall(text):
            found["".join(_WORD.findall(word.lower()))] = None
        for word in _MIXED.findall(text):
            found[" ".join(_CAMEL.findall(word)).lower()] = None
    return "\n".join(list(found)[:MAX_DISTINCT])


def learn(entries: Collection[SearchEntry], fresh: Collection[int]) -> None:
    """Take up the words of entries that were just written; those in ``fresh`` were not there before.

    Only new entries are counted: rewriting would count them twice, and would make everybody who
    publishes wait at the commonest words. Forgetting is left to ``recount``.
    """
    new = _counted(entry for entry in entries if entry.pk in fresh)
    _write(new, "entries = {table}.entries + excluded.entries")
    again = _counted(entry for entry in entries if entry.pk not in fresh)
    _write(Counter(dict.fromkeys(again, 1)), None)


def recount() -> int:
    """Count all words anew; how many there are. Reads every entry once: for the nightly round."""
    counted: Counter[str] = Counter()
    for entry in SearchEntry.objects.filter(page__live=True).iterator(chunk_size=200):
        counted.update(_words_of(entry))
    with transaction.atomic():
        SearchWord.objects.update(entries=0)
        _write(counted, "entries = excluded.entries")
        SearchWord.objects.filter(entries=0).delete()
    return len(counted)


def look_up(words: Iterable[str]) -> Known:
    """What is known of these words. One query; the number of entries is kept until something changes."""
    by_stem = {stem(word) for word in words}
    rows = SearchWord.objects.filter(stem__in=by_stem).values_list("word", "stem", "entries")
    entries: dict[str, int] = {}
    written = []
    for word, its_stem, number in rows:
        written.append(word)
        entries[its_stem] = max(entries.get(its_stem, 0), number)
    return Known(frozenset(written), entries, freshness.kept("search.entries", _total))


def beginning_with(beginning: str, most: int) -> list[str]:
    """Known words that begin so, the commonest first."""
    found = SearchWord.objects.filter(word__startswith=beginning).exclude(word=beginning)
    return list(found.order_by("-entries", "word").values_list("word", flat=True)[:most])


def _total() -> int:
    return SearchEntry.objects.count()


def _counted(entries: Iterable[SearchEntry]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for entry in entries:
        counted.update(_words_of(entry))
    return counted


def _words_of(entry: SearchEntry) -> set[str]:
    texts = (entry.title, entry.bottom_line, entry.terms, entry.spellings, entry.body)
    words = {word for text in texts for word in cut(text) if len(word) <= MAX_LENGTH}
    return set(sorted(words)[:MAX_DISTINCT])


def _write(counted: Counter[str], update: str | None) -> None:
    table = SearchWord._meta.db_table
    on_conflict = f"UPDATE SET {update.format(table=table)}" if update else "NOTHING"
    # Always in the same order: two who publish at once wait for, and never block, each other.
    rows = [(word, stem(word), number) for word, number in sorted(counted.items())]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        marks = ", ".join(["(%s, %s, %s)"] * len(batch))
        sql = (
            f"INSERT INTO {table} (word, stem, entries) VALUES {marks}"  # noqa: S608 - constants and parameters
            f" ON CONFLICT (word) DO {on_conflict}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for row in batch for value in row])
