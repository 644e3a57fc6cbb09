"""A team, a standard and a pilot of it."""

from typing import Any

import pytest
from django.utils import timezone

from knowledge.governance.pilots import services
from knowledge.governance.pilots.models import Pilot
from knowledge.practice.teams import services as teams
from tests.factories import ArtifactFactory, CategoryFactory, person
from tests.knowledge.governance.pilots.helpers import BODY, HOSTILE, drafted


@pytest.fixture
def editor():
    return person("Editors", username="editor", email="editor@example.org")


@pytest.fixture
def member():
    return person("Viewers", username="member", email="member@example.org")


@pytest.fixture
def team(editor, member):
    team = teams.make(by=editor, name=f"Payments {HOSTILE}")
    teams.add_member(team=team, by=editor, person=member)
    return team


@pytest.fixture
def standard(home, editor):
    section = CategoryFactory(title="Product", slug="product")
    return ArtifactFactory(
        title="How we talk", slug="talk", parent=section, body=BODY, owner_user=editor
    )


@pytest.fixture
def start(editor, team):
    def _start(page, goal: str = "Is it quicker?", **more: Any) -> Pilot:
        fields = {"by": editor, "team": team, "at": timezone.now(), **more}
        return services.start(page=page, goal=goal, **fields)

    return _start


@pytest.fixture
def pilot(standard, start):
    return start(drafted(standard, "Write."))
