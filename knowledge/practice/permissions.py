"""Who sees a run, as a predicate and as a query, tested equal; and who leads it.

A run is seen by those who take part in it, and when it is open by everyone who is logged in and may
read its artifact. Whoever may not read the artifact does not see its runs either. Administrators
see all of them. Who sees a run may take part in it.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.models import Run


def joinable(runs: QuerySet[Run], user: Any, access: Access) -> QuerySet[Run]:
    """Those of ``runs`` that the person may see and take part in."""
    if not user.is_authenticated:
        return runs.none()
    if user.is_superuser:
        return runs
    takes_part = Exists(Run.people.through.objects.filter(run=OuterRef("pk"), user=user.pk))
    closed = Q()
    for path in access.closed_paths:
        closed |= Q(artifact__path__startswith=path)
    runs = runs.filter(takes_part | Q(is_open=True, artifact__isnull=False))
    return runs.exclude(closed) if access.closed_paths else runs


def may_join(run: Run, user: Any, access: Access) -> bool:
    """Whether the person may see this one run."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    if run.artifact is None:
        return run.people.filter(pk=user.pk).exists()
    if not access.opens(run.artifact.path):
        return False
    return run.is_open or run.people.filter(pk=user.pk).exists()


def leads(run: Run, user: Any) -> bool:
    """Whether the person gives out roles, hands over and ends the run.

    Anyone who takes part does while nobody leads: the account of the lead may be gone.
    """
    return bool(user.is_superuser or run.lead_id in (user.pk, None))
