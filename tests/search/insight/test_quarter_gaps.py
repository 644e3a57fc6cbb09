"""What readers missed stands in the report of the quarter."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.permissions import access_for
from knowledge.governance.lint import services as lint
from knowledge.governance.quarterly.quarters import Quarter
from knowledge.governance.quarterly.report import of_quarter
from search.insight.models import Wish
from tests.factories import close, group, person
from tests.search.helpers import artifact, shelf
from tests.search.insight.conftest import logged

pytestmark = pytest.mark.django_db


def gaps(user: object = None) -> dict[str, str]:
    today = timezone.localdate()
    made = of_quarter(Quarter.of(today), access_for(user), today=today)
    (group_,) = (one for one in made.groups if one.heading == "Gaps")
    return dict(group_.figures)


def test_the_quarter_tells_what_was_missed(home: Page) -> None:
    artifact("One", parent=shelf("Operations"), owner_user=None)
    shut = artifact("Two", parent=shelf("Secret"), owner_user=None)
    lint.check_all(now=timezone.now())
    close(shut.get_parent(), group("Insiders"))
    logged("zebra")
    logged("guide", results=3)
    logged("long ago", at=timezone.now() - timedelta(days=100))
    Wish.objects.create(text="zebra")
    told = gaps(person())
    assert told["Searches without a result"] == "1 / 2"
    assert told["Wishes of readers"] == "1"
    assert told["Places that must be mended today"] == "1"
    assert told["Empty places of category and kind today"] == "15 / 16"
    assert gaps(person("Insiders"))["Places that must be mended today"] == "2"
