"""Search finds at least as much as it did: the judged queries over the demo, on both engines."""

import pytest
from django.conf import settings
from django.test import override_settings

from tests.search_quality import asking, judged, library
from tests.search_quality.floors import FLOORS, NOTHING_LEFT_EMPTY

# With the tests whose demo content it searches.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


@pytest.mark.parametrize("engine", sorted(FLOORS))
def test_no_class_of_queries_falls_below_its_floor(engine: str, portal: str) -> None:
    names = library.names()
    url = settings.ELASTICSEARCH_OF_TESTS if engine == "elasticsearch" else ""
    queries = [query.among(set(names)) for query in judged.load()]
    queries = [one for one in queries if one.is_answerable or one.kind == judged.NOTHING]
    asked = override_settings(SEARCH_ELASTICSEARCH_URL=url, SEARCH_TIMEOUT_SECONDS=10.0)
    with asked, library.with_vectors(False):
        run = asking.ask_all(queries, names, engine=engine, vectors=False)
    assert not [one for one in run.asked if one.degraded]
    rows = {row.name: row for row in run.rows()}
    below = [
        f"{name}: S@1 {row.success_1:.3f} (floor {floor[0]}), S@5 {row.success_5:.3f} (floor {floor[1]})"
        for name, floor in FLOORS[engine].items()
        if (row := rows[name]).success_1 < floor[0] or row.success_5 < floor[1]
    ]
    empty = rows[judged.NOTHING].left_empty
    if empty < NOTHING_LEFT_EMPTY[engine]:
        below.append(f"nothing: {empty:.3f} left empty (floor {NOTHING_LEFT_EMPTY[engine]})")
    assert below == []
