"""Factories for tests. Traits name states: draft, overdue, private."""

from tests.factories.bodies import complete_body, part
from tests.factories.catalog import (
    ArtifactFactory,
    CategoryFactory,
    FaqEntryFactory,
    FaqPageFactory,
    HomeFactory,
    IndustryFactory,
    SectionFactory,
    ToolFactory,
    close,
    home,
)
from tests.factories.machines import machine
from tests.factories.teams import team
from tests.factories.users import UserFactory, group, person

__all__ = [
    "ArtifactFactory",
    "CategoryFactory",
    "FaqEntryFactory",
    "FaqPageFactory",
    "HomeFactory",
    "IndustryFactory",
    "SectionFactory",
    "ToolFactory",
    "UserFactory",
    "close",
    "complete_body",
    "group",
    "home",
    "machine",
    "part",
    "person",
    "team",
]
