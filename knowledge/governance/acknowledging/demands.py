"""Which demand holds where. There are few, and nearly every request of a person asks: kept in memory."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from knowledge.catalog.services import freshness
from knowledge.governance.acknowledging.models import Demand


@dataclass(frozen=True, slots=True)
class Place:
    """``path`` is that of the section in the tree; longer ones are nearer to the artifact."""

    id: int
    path: str


def places() -> tuple[Place, ...]:
    """All demands, the deepest first."""
    return freshness.kept("demands-to-read", _look_up)


def _look_up() -> tuple[Place, ...]:
    rows = Demand.objects.values_list("pk", "section__path")
    return tuple(sorted((Place(*row) for row in rows), key=lambda one: -len(one.path)))


def over(path: str) -> Place | None:
    """The nearest demand above the tree path of an artifact."""
    return next((one for one in places() if path.startswith(one.path)), None)


def under(place: Place) -> Q:
    """Artifacts that the demand holds for: all below its section, but for nearer demands."""
    inside = Q(path__startswith=place.path)
    for other in places():
        if other.path != place.path and other.path.startswith(place.path):
            inside &= ~Q(path__startswith=other.path)
    return inside


def _changed(**_kwargs: Any) -> None:
    freshness.bump()


def connect() -> None:
    """Called once when the app is ready."""
    post_save.connect(_changed, sender=Demand, dispatch_uid="acknowledging.demanded")
    post_delete.connect(_changed, sender=Demand, dispatch_uid="acknowledging.ended")
