"""Factories for tests. Traits name states: draft, overdue, private."""

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
    "group",
    "home",
    "person",
]
