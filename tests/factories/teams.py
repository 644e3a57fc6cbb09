"""Teams, made by an administrator and led by whom the test names first."""

from typing import Any

from knowledge.exchange.demo.voices import without_mails
from knowledge.practice.teams import services
from knowledge.practice.teams.models import Membership, Team
from tests.factories.users import UserFactory


def team(*people: Any, name: str = "Payments", about: str = "") -> Team:
    """A team; the first of ``people`` leads it, the others are members."""
    maker = UserFactory(administrator=True)
    made = services.make(by=maker, name=name, about=about)
    with without_mails():
        for place, one in enumerate(people):
            role = Membership.Role.LEAD if place == 0 else Membership.Role.MEMBER
            services.add_member(team=made, by=maker, person=one, role=role)
    if people:
        services.remove_member(team=made, by=maker, person=maker)
    return made
