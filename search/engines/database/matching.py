"""How text matches and ranks, in SQLite (FTS5) and in PostgreSQL (tsvector).

What was typed reaches both as parameters: quoted strings in FTS5, ``plainto_tsquery`` and
``phraseto_tsquery`` in PostgreSQL. None of these can be made to fail by any text.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from search.engines.schema import FTS
from search.querying.text import Term, Text


@dataclass(frozen=True, slots=True)
class Match:
    """Pieces of SQL with their parameters. ``source`` joins to the entry as ``e``."""

    source: str
    source_parameters: tuple[Any, ...]
    condition: str
    condition_parameters: tuple[Any, ...]
    rank: str
    rank_parameters: tuple[Any, ...]


class Matcher(Protocol):
    def match(self, text: Text, *, any_word: bool) -> Match: ...


class SqliteMatcher:
    # Weights of title, bottom line, headings, terms, body.
    WEIGHTS = "10.0, 4.0, 4.0, 3.0, 1.0"

    def match(self, text: Text, *, any_word: bool) -> Match:
        joined = (" OR " if any_word else " AND ").join(map(self._string, text.wanted))
        query = f"({joined})"
        for term in text.excluded:
            query = f"({query} NOT {self._string(term)})"
        source = (
            f"JOIN (SELECT rowid AS found, -bm25({FTS}, {self.WEIGHTS}) AS points FROM {FTS}"  # noqa: S608 - constants
            f" WHERE {FTS} MATCH %s) t ON t.found = e.page_id"
        )
        return Match(source, (query,), "1 = 1", (), "t.points", ())

    @staticmethod
    def _string(term: Term) -> str:
        return '"' + term.text.replace('"', '""') + '"'


class PostgresqlMatcher:
    # Weights of body, terms, bottom line and headings, title; divided by the length of the text.
    RANK = "ts_rank('{0.05, 0.3, 0.4, 1.0}', e.vector, t.query, 1) * 10"

    def match(self, text: Text, *, any_word: bool) -> Match:
        wanted = (" || " if any_word else " && ").join(map(self._query, text.wanted))
        excluded = "".join(f" && !!{self._query(term)}" for term in text.excluded)
        source = f"CROSS JOIN (SELECT ({wanted}){excluded} AS query) t"
        parameters = tuple(term.text for term in (*text.wanted, *text.excluded))
        return Match(source, parameters, "e.vector @@ t.query", (), self.RANK, ())

    @staticmethod
    def _query(term: Term) -> str:
        return f"{'phraseto' if term.phrase else 'plainto'}_tsquery('english', %s)"


def matcher() -> Matcher:
    return PostgresqlMatcher() if connection.vendor == "postgresql" else SqliteMatcher()
