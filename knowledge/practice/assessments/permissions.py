"""Who sees a round, as a predicate and as a query, tested equal; and who sees what came of it.

The people of a round and the members of its team see it and answer; an open one is seen and answered by everyone who is logged in
and may read its assessment. Whoever may not read the assessment does not see its rounds either.

Nobody sees the answers of another person. The result of all is a mean, and a mean of two tells each
what the other said: it is shown from ``FEWEST`` answers on, to others than the one who opened the round not
before they have given theirs, so that nobody answers after the others. Who alone has answered the own round
sees what came of that.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from knowledge.catalog.permissions import Access
from knowledge.practice.assessments.models import Round
from knowledge.practice.permissions import OPEN, may_see, where_open
from knowledge.practice.teams.permissions import of_own_team

FEWEST = 3


def readable(rounds: QuerySet[Round], user: Any, access: Access) -> QuerySet[Round]:
    """Those of ``rounds`` that the person may see and answer."""
    if not user.is_authenticated:
        return rounds.none()
    if user.is_superuser:
        return rounds
    takes_part = Exists(Round.people.through.objects.filter(round=OuterRef("pk"), user=user.pk))
    return where_open(rounds.filter(Q(takes_part) | of_own_team(user) | OPEN), access)


def may_read(one: Round, user: Any, access: Access) -> bool:
    """Whether the person may see this one round."""
    return may_see(one, user, access, lambda: one.people.filter(pk=user.pk).exists())


def sees_result(one: Round, user: Any, *, given: int, gave: bool) -> bool:
    """``given`` answers are in; ``gave`` tells whether one of them is the person's own."""
    if one.owner_id == user.pk:
        return given >= FEWEST or (given == 1 and gave)
    return given >= FEWEST and (gave or not one.is_running)
