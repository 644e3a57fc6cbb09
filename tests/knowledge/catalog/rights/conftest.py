"""A closed section with a page in it, and somebody with rights above it."""

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, close, group, person
from tests.knowledge.catalog.rights.helpers import give


@pytest.fixture
def section(home: Page) -> Page:
    made = SectionFactory(parent=CategoryFactory(parent=home), title="Closed zebrafish room")
    close(made, group("Insiders"))
    return made


@pytest.fixture
def inside(section: Page) -> Page:
    made = ArtifactFactory(parent=section, title="Zebrafish plan", slug="inside")
    # The settings of tests do not index by themselves.
    get_search_backend().add(made)
    return made


@pytest.fixture(params=["Editors", "Reviewers"])
def outsider(request, client, home):
    one = person(request.param)
    rights_of_owner = ["bulk_delete_page", "publish_page", "change_page", "add_page"]
    for codename in rights_of_owner:
        give(one.groups.get(), codename, home)
    client.force_login(one)
    return one
