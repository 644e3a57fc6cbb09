"""How text matches and ranks, in SQLite (FTS5) and in PostgreSQL (tsvector).

What was typed reaches both as parameters: quoted strings in FTS5, ``plainto_tsquery`` and
``phraseto_tsquery`` in PostgreSQL. None of these can be made to fail by any text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from search.engines.schema import CONFIGURATION, FTS
from search.language.text import Form, Term, Text
from search.language.words import cut, stem


@dataclass(frozen=True, slots=True)
class Match:
    """Pieces of SQL with their parameters. ``source`` joins to the entry as ``e``.

    ``condition`` is true when any term is found, ``coverage`` the weight of those that are.
    """

    source: str
    source_parameters: tuple[Any, ...]
    condition: str
    rank: str
    coverage: str
    coverage_parameters: tuple[Any, ...]
    excluded: str
    excluded_parameters: tuple[Any, ...]


class Matcher(Protocol):
    def match(self, text: Text, besides: Sequence[int]) -> Match: ...

    def joined(self, begun: str) -> tuple[str, list[str]]:
        """Whether something is written in one word that begins so; for letters and digits only."""
        ...


class SqliteMatcher:
    # Weights of title, bottom line, headings, terms, body, spellings.
    WEIGHTS = "10.0, 4.0, 4.0, 3.0, 1.0, 1.0"

    def match(self, text: Text, besides: Sequence[int]) -> Match:
        terms = [self._term(term) for term in text.wanted]
        found = (
            f"SELECT rowid AS page, -bm25({FTS}, {self.WEIGHTS}) AS points FROM {FTS}"  # noqa: S608 - constants
            f" WHERE {FTS} MATCH %s"
        )
        others = "".join(" UNION ALL SELECT %s, NULL" for _ in besides)
        # Materialised: bm25 works only where the match itself is read.
        source = (
            f"JOIN (WITH fits AS MATERIALIZED ({found}) SELECT page, MAX(points) AS points"  # noqa: S608 - constants
            f" FROM (SELECT page, points FROM fits{others}) GROUP BY page) t ON t.page = e.page_id"
        )
        has = f"CASE WHEN e.page_id IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s) THEN %s ELSE 0 END"  # noqa: S608 - constants
        excluded = f"e.page_id NOT IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)"  # noqa: S608 - constants
        return Match(
            source=source,
            source_parameters=(" OR ".join(terms), *besides),
            condition="t.points IS NOT NULL",
            rank="COALESCE(t.points, 0.0)",
            coverage=" + ".join([has] * len(terms)),
            coverage_parameters=tuple(
                value
                for term, sql in zip(text.wanted, terms, strict=True)
                for value in (sql, term.weight)
            ),
            excluded="".join(f" AND {excluded}" for _ in text.excluded),
            excluded_parameters=tuple(
                self._form(Form(term.text, phrase=True)) for term in text.excluded
            ),
        )

    def joined(self, begun: str) -> tuple[str, list[str]]:
        found = f"e.page_id IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)"  # noqa: S608 - constants
        return found, [f'spellings : "{begun}" *']

    def _term(self, term: Term) -> str:
        return f"({' OR '.join(self._form(form) for form in term.forms)})"

    @staticmethod
    def _form(form: Form) -> str:
        words = cut(form.text)
        if form.begins and words:
            return "(" + " AND ".join(f'title : "{word}" *' for word in words) + ")"
        if form.phrase or not words:
            return '"' + (" ".join(words) or form.text).replace('"', '""') + '"'
        return "(" + " AND ".join(f'"{word}"' for word in words) + ")"


class PostgresqlMatcher:
    # Weights of body, terms, bottom line and headings, title; divided by the length of the text.
    RANK = "ts_rank('{0.05, 0.3, 0.4, 1.0}', e.vector, t.query, 1) * 10"

    def match(self, text: Text, besides: Sequence[int]) -> Match:
        names = [f"q{number}" for number in range(len(text.wanted))]
        queries, parameters = [], []
        for name, term in zip(names, text.wanted, strict=True):
            queries.append(f"{' || '.join(map(self._form, term.forms))} AS {name}")
            parameters += [self._words(form) for form in term.forms]
        source = (
            f"CROSS JOIN (SELECT *, {' || '.join(names)} AS query"  # noqa: S608 - constants and parameters
            f" FROM (SELECT {', '.join(queries)}) q) t"
        )
        excluded = f" AND NOT e.vector @@ {self._form(Form('', phrase=True))}"
        return Match(
            source=source,
            source_parameters=tuple(parameters),
            condition="e.vector @@ t.query",
            rank=self.RANK,
            coverage=" + ".join(
                f"CASE WHEN e.vector @@ t.{name} THEN %s::float8 ELSE 0 END" for name in names
            ),
            coverage_parameters=tuple(term.weight for term in text.wanted),
            excluded=excluded * len(text.excluded),
            excluded_parameters=tuple(
                self._words(Form(term.text, phrase=True)) for term in text.excluded
            ),
        )

    def joined(self, begun: str) -> tuple[str, list[str]]:
        # It is kept without its ending, of which there may be a part in what was typed.
        return "e.vector @@ to_tsquery('simple', %s)", [f"{begun}:*D | {stem(begun)}:*D"]

    @staticmethod
    def _form(form: Form) -> str:
        if form.begins:
            # Only letters and digits, the signs between them, and only the title (weight A).
            return "to_tsquery('simple', %s)"
        return f"{'phraseto' if form.phrase else 'plainto'}_tsquery('{CONFIGURATION}', %s)"

    @staticmethod
    def _words(form: Form) -> str:
        words = cut(form.text)
        if form.begins:
            return " & ".join(f"{word}:*A" for word in words)
        return " ".join(words) or form.text


def matcher() -> Matcher:
    return PostgresqlMatcher() if connection.vendor == "postgresql" else SqliteMatcher()
