"""Search finds at least as much as it did: the judged queries over the demo, on both engines."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from search.indexing import aliases, client
from tests.database import left_as_found
from tests.search_quality import asking, judged, library
from tests.search_quality import demo as demo_content
from tests.search_quality.floors import FLOORS, NOTHING_LEFT_EMPTY

# In one process: the demo is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("search_quality")]


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, int]]:
    """The demo in the database and in an index of its own; the ids of its artifacts by name."""
    own = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        SEARCH_INDEX_PREFIX=f"{settings.SEARCH_INDEX_PREFIX}_quality",
        SEARCH_TIMEOUT_SECONDS=10.0,
    )
    with django_db_blocker.unblock(), left_as_found(), own:
        demo_content.load()
        call_command("rebuild_index", verbosity=0)
        yield library.names()
        aliases.discard(client.writing(), aliases.all_indices(client.writing()))


@pytest.mark.parametrize("engine", sorted(FLOORS))
def test_no_class_of_queries_falls_below_its_floor(engine: str, demo: dict[str, int]) -> None:
    url = settings.SEARCH_ELASTICSEARCH_URL if engine == "elasticsearch" else ""
    queries = [query.among(set(demo)) for query in judged.load()]
    queries = [one for one in queries if one.is_answerable or one.kind == judged.NOTHING]
    with override_settings(SEARCH_ELASTICSEARCH_URL=url), library.with_vectors(False):
        run = asking.ask_all(queries, demo, engine=engine, vectors=False)
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
