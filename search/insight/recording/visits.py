"""Joins what one reader does with the same words into one search, for half an hour.

An open search lies in the cache under a hash (``readers``): its row as it stands, the choices that
were seen, and the addresses that were shown with their positions. Each change hands the whole row
to the buffer, so that a row may be written twice, late, or without the ones before it.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import caches

from search.insight.recording import buffer
from search.insight.recording.masking import masked, normalised
from search.insight.recording.readers import CACHE, Reader
from search.insight.recording.sightings import Sighting

OPEN_SECONDS = 30 * 60
# Bounds of what one open search remembers.
MAX_STATES = 60
MAX_SHOWN = 300


@dataclass(slots=True)
class Visit:
    """``shown``: address -> ``[id of the page, position]``."""

    row: dict[str, Any]
    states: list[str] = field(default_factory=list)
    shown: dict[str, list[int]] = field(default_factory=dict)


def saw(reader: Reader, sighting: Sighting, *, now: datetime) -> None:
    """The reader was shown a page of results."""
    words = normalised(sighting.words)
    key = reader.key(words, now.date())
    visit = _find(key)
    if visit is None:
        visit = Visit(_new_row(sighting, now))
        if reader.came_from and reader.came_from != words:
            _reword(reader, now)
    elif sighting.state in visit.states:
        # Seen before: reloaded, or back from a result. Only the half hour begins anew.
        _keep(key, visit)
        return
    _merge(visit, sighting)
    _keep(key, visit)
    buffer.put(visit.row)


def followed(reader: Reader, path: str, *, now: datetime) -> None:
    """The reader came from a page of results to ``path``: a click, if it was shown there."""
    key = reader.key(reader.came_from, now.date())
    visit = _find(key)
    if visit is None or path not in visit.shown:
        return
    row = visit.row
    page_id, position = visit.shown[path]
    if any(page_id == known for known, _position in row["clicked"]):
        return
    row["clicked"].append([page_id, position])
    row["clicks"] = len(row["clicked"])
    row["first_position"] = row["first_position"] or position
    _keep(key, visit)
    buffer.put(row)


def _new_row(sighting: Sighting, now: datetime) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "text": masked(sighting.words),
        "at": now.replace(second=0, microsecond=0).isoformat(),
        "results": 0,
        "engine": sighting.engine,
        "degraded": False,
        "took_ms": 0,
        "refinements": 0,
        "reworded": False,
        "last_page": 1,
        "filters": {},
        "clicks": 0,
        "first_position": None,
        "clicked": [],
        "restricted": sighting.restricted,
    }


def _merge(visit: Visit, sighting: Sighting) -> None:
    if len(visit.states) < MAX_STATES:
        visit.states.append(sighting.state)
    for offset, (page_id, url) in enumerate(sighting.hits):
        if len(visit.shown) < MAX_SHOWN:
            visit.shown.setdefault(url, [page_id, sighting.first_position + offset])
    row = visit.row
    row["refinements"] = len(visit.states) - 1
    row["results"] = max(row["results"], sighting.count)
    row["took_ms"] = max(row["took_ms"], sighting.took_ms)
    row["last_page"] = max(row["last_page"], sighting.page)
    row["degraded"] = row["degraded"] or sighting.degraded
    for name, values in sighting.filters.items():
        row["filters"][name] = sorted({*row["filters"].get(name, ()), *values})


def _reword(reader: Reader, now: datetime) -> None:
    """The reader left the page of other words for this one, without having opened a result."""
    key = reader.key(reader.came_from, now.date())
    before = _find(key)
    if before is None or before.row["clicks"] or before.row["reworded"]:
        return
    before.row["reworded"] = True
    _keep(key, before)
    buffer.put(before.row)


def _find(key: str) -> Visit | None:
    return caches[CACHE].get(key)


def _keep(key: str, visit: Visit) -> None:
    caches[CACHE].set(key, visit, OPEN_SECONDS)
