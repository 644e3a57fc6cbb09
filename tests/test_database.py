"""The helper on which the browser tests stand: it leaves no trace."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Page

from tests.database import left_as_found
from tests.factories import CategoryFactory, home


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: Any) -> str:
    """The rows as they were before something was written, outside any transaction."""
    with django_db_blocker.unblock():
        rows = connection.creation.serialize_db_to_string()
        with left_as_found():
            home()
            CategoryFactory()
            Group.objects.all().delete()
    return rows


@pytest.mark.django_db
def test_what_the_migrations_made_is_there_again(before: str) -> None:
    assert connection.creation.serialize_db_to_string() == before
    assert Page.get_first_root_node().is_root()
    assert CategoryFactory().url
