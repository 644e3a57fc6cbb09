"""Runs the statement, and again for half of the question when nothing answers most of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection

from knowledge.catalog.kinds import Kind
from search.engines import access, floors
from search.engines.base import Answer, Ask, EngineHit, Suggest
from search.engines.database import statement
from search.engines.database.matching import matcher


class DatabaseEngine:
    name = "database"

    def search(self, ask: Ask) -> Answer:
        rows = self._rows(ask, floors.first(ask.text, ask.least))
        second = floors.second(ask.text, ask.least)
        if second is not None and not _number(rows, statement.MATCHED):
            rows = self._rows(ask, second)
        hits = sorted((row for row in rows if row[0] == statement.HIT), key=lambda row: row[5])
        return Answer(
            count=_number(rows, statement.COUNT),
            hits=tuple(_hit(row, ask) for row in hits),
            facets=_counts(rows, ask.facets),
        )

    def near(self, vector: Sequence[float], ask: Ask, *, at_least: float) -> None:
        """A database without an index for vectors would read them all."""

    def suggest(self, ask: Suggest) -> list[int]:
        """Titles that start with the words, then titles that have them, then questions of a FAQ.

        When there are none, titles that start with it written in one word.
        """
        # The words are letters and digits only: nothing in them means anything to LIKE.
        has = " AND ".join(["e.title_key LIKE %s"] * len(ask.words))
        found = self._titles(ask, has, [f"% {word}%" for word in ask.words])
        if found or not ask.joined:
            return found
        sql, parameters = matcher().joined(ask.joined)
        begins = f"{sql} AND replace(e.title_key, ' ', '') LIKE %s"
        return self._titles(ask, begins, [*parameters, f"{ask.joined}%"])

    @staticmethod
    def _titles(ask: Suggest, condition: str, of_condition: Sequence[str]) -> list[int]:
        open_to, parameters = access.sql_clause(ask.access, "p.path")
        begin = " " + " ".join(ask.words)
        sql = (
            "SELECT e.page_id FROM search_searchentry e"  # noqa: S608 - constants and parameters
            " JOIN wagtailcore_page p ON p.id = e.page_id"
            " JOIN catalog_artifact a ON a.page_ptr_id = e.page_id"
            f" WHERE p.live AND {open_to} AND {condition}"
            " ORDER BY CASE WHEN a.kind = %s THEN 1 ELSE 0 END,"
            " CASE WHEN substr(e.title_key, 1, %s) = %s THEN 0 ELSE 1 END,"
            " CASE WHEN a.archived_at IS NULL AND a.superseded_by_id IS NULL THEN 0 ELSE 1 END,"
            " length(e.title_key), e.page_id LIMIT %s"
        )
        ordered = (Kind.FAQ.value, len(begin), begin, ask.limit)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*parameters, *of_condition, *ordered])
            return [row[0] for row in cursor.fetchall()]

    @staticmethod
    def _rows(ask: Ask, floor: float) -> list[tuple[Any, ...]]:
        match = matcher().match(ask.text, ask.besides) if ask.text else None
        collate = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
        sql, parameters = statement.build(
            ask, match, floor=floor if match else 0.0, collate=collate
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


def _hit(row: tuple[Any, ...], ask: Ask) -> EngineHit:
    coverage = min(float(row[6]) / ask.text.weight, 1.0) if ask.text else 0.0
    return EngineHit(row[3], float(row[4]), round(coverage, 4))


def _number(rows: Sequence[tuple[Any, ...]], part: int) -> int:
    return next(row[3] for row in rows if row[0] == part)


def _counts(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each value stands in the codes. A row that fails one filter counts for that field."""
    by_culprit: dict[str, list[str]] = {}
    for part, culprit, codes, *_ in rows:
        if part == statement.CODES:
            by_culprit.setdefault(culprit, []).append(codes)
    facets: dict[str, dict[str, int]] = {name: {} for name in names}
    for culprit, listed in by_culprit.items():
        for code, number in Counter(" ".join(listed).split()).items():
            name, _colon, value = code.partition(":")
            if name in facets and culprit in ("", name):
                facets[name][value] = facets[name].get(value, 0) + number
    return facets
