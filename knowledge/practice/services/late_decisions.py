"""Decisions that nobody has approved in time: it is told once. Who tells listens to the signal."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from knowledge.catalog.permissions import access_for
from knowledge.practice.models import Decision
from knowledge.practice.permissions import may_read
from knowledge.practice.signals import decision_late

A_ROUND = 200


def late(now: datetime) -> QuerySet[Decision]:
    """Those that still wait and of which nobody was told."""
    proposed = Decision.objects.filter(state=Decision.State.PROPOSED, told_at__isnull=True)
    return proposed.filter(deadline__lte=now)


def waiting(*, now: datetime) -> list[int]:
    """Their ids, those that wait longest first; a round's worth."""
    return list(late(now).order_by("deadline", "pk").values_list("pk", flat=True)[:A_ROUND])


@transaction.atomic
def tell(*, decision_id: int, now: datetime) -> bool:
    """Tell those who have not approved it, and to whom it is escalated; who decided where nobody is
    named for that. Who may not see it any more hears nothing.

    Returns:
        Whether this call told them; whoever comes second finds it done.

    Raises:
        OSError: the mail server is away; it waits as before.
    """
    decision = late(now).select_for_update(of=("self",)).filter(pk=decision_id).first()
    if decision is None:
        return False
    decision.told_at = now
    decision.save(update_fields=["told_at"])
    open_ones = decision.approvals.filter(is_given__isnull=True).select_related("person")
    decision_late.send(
        sender=Decision,
        decision=decision,
        approvals=[one for one in open_ones if _hears(one.person, decision)],
        others=[
            one
            for one in [decision.escalate_to or decision.decided_by]
            if one is not None and _hears(one, decision)
        ],
    )
    return True


def _hears(person: Any, decision: Decision) -> bool:
    return bool(person and person.is_active and may_read(decision, person, access_for(person)))
