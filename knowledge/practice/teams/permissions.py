"""Who is in a team, who leads it, and who may make one.

Membership is asked of the database each time, so who is taken out loses what is the team's at once.
"""

from typing import Any

from django.db.models import Exists, OuterRef

from knowledge.practice.teams.models import Membership, Team

ADD, CHANGE = "practice_teams.add_team", "practice_teams.change_team"


def may_make(user: Any) -> bool:
    """Rights of the group: administrators, editors and owners of sections have it from the start."""
    return bool(user.has_perm(ADD))


def administers(user: Any) -> bool:
    """Whether the person looks after every team, a member or not."""
    return bool(user.has_perm(CHANGE))


def is_member(team: Team | int | None, user: Any) -> bool:
    """Whether the person is in the team, in whatever role. ``team`` may be its number; nobody is in
    None. Administrators are members only of teams that they were added to.
    """
    return _role(team, user) is not None


def leads(team: Team | int | None, user: Any) -> bool:
    """Whether the person is a lead of the team."""
    return _role(team, user) == Membership.Role.LEAD


def manages(team: Team, user: Any) -> bool:
    """Whether the person says who is in it and what it is called."""
    return administers(user) or leads(team, user)


def may_see(team: Team, user: Any) -> bool:
    """Whether the team exists for the person. What is the team's is not seen by this alone."""
    return administers(user) or is_member(team, user)


def of_own_team(user: Any) -> Exists:
    """A condition on rows with a ``team``: the person is a member of it."""
    return Exists(Membership.objects.filter(team=OuterRef("team_id"), person=user.pk or 0))


def _role(team: Team | int | None, user: Any) -> str | None:
    number = team.pk if isinstance(team, Team) else team
    if number is None or not user.is_authenticated:
        return None
    found = Membership.objects.filter(team=number, person=user.pk)
    return found.values_list("role", flat=True).first()
