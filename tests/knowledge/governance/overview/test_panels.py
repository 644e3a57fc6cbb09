"""What the panels on the first page of the admin count, and who sees them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.permissions import access_for
from knowledge.governance.kpis.models import Kpi, Reading
from knowledge.governance.lint import services as lint
from knowledge.governance.models import Feedback
from knowledge.governance.overview import selectors
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = pytest.mark.django_db


def lines(user: Any) -> list[selectors.Line]:
    return list(selectors.lines(user, access_for(user), today=timezone.localdate()))


@pytest.fixture
def shelves(home: Page) -> Any:
    ops, ai = CategoryFactory(title="Operations", slug="ops"), CategoryFactory(title="AI <i>")
    today = timezone.localdate()
    late = ArtifactFactory(parent=ops, next_review=today - timedelta(days=3), title="Late")
    ArtifactFactory(parent=ops, next_review=today + timedelta(days=3))
    ArtifactFactory(parent=ops, next_review=today + timedelta(days=90))
    ArtifactFactory(parent=ai, owner_user=None)
    ArtifactFactory(parent=ai, draft=True)
    ArtifactFactory(parent=ai, archived=True)
    for sort, state in (
        (Feedback.Sort.SUGGESTION, Feedback.State.OPEN),
        (Feedback.Sort.SUGGESTION, Feedback.State.DONE),
        (Feedback.Sort.HELPFUL, Feedback.State.OPEN),
    ):
        Feedback.objects.create(page=late, version="1.0", sort=sort, state=state)
    lint.check_all(now=timezone.now())
    return ops, ai


def test_each_section_has_a_line_of_what_it_wants(shelves: Any) -> None:
    ops, ai = lines(person("Editors"))
    assert (ops.artifacts, ops.overdue, ops.soon, ops.open) == (3, 1, 1, 1)
    assert ops.share_on_time == 67
    assert (ai.artifacts, ai.unowned, ai.to_mend, ai.open) == (1, 1, 1, 0)


def test_nobody_hears_of_sections_that_are_not_theirs(shelves: Any) -> None:
    assert lines(person("Viewers")) == []
    close(shelves[0], group("Insiders"))
    assert [one.slug for one in lines(person("Editors"))] == [shelves[1].slug]


def test_the_number_of_a_section_leads_to_as_many_results(client: Any, shelves: Any) -> None:
    client.force_login(person("Editors"))
    first = BeautifulSoup(client.get("/admin/").content, "html.parser")
    for link, number in zip(
        first.select(".overview tbody td:nth-of-type(1) a"), (3, 1), strict=True
    ):
        assert link.get_text() == str(number)
        found = BeautifulSoup(client.get(link["href"]).content, "html.parser").main
        assert f"{number} result" in " ".join(found.get_text(" ").split())


def test_the_first_page_shows_both_panels(client: Any, shelves: Any) -> None:
    kpi = Kpi.objects.first() or Kpi.objects.create(slug="x", name="X", unit="%", comparison="gt")
    Kpi.objects.filter(pk=kpi.pk).update(name="<b>Speed</b>", target=90, comparison="gt")
    Reading.objects.create(
        kpi=kpi, source="test", at=timezone.now(), day=timezone.localdate(), value=Decimal(5)
    )
    client.force_login(person("Administrators"))
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    rows = [row.get_text(" ", strip=True) for row in page.select("#my-sections-section tbody th")]
    assert rows == ["Operations", "AI <i>"]
    assert page.select_one(".overview-tile--missed h3").get_text() == "<b>Speed</b>"
    assert "1 of 1 measured indicators misses its target." in " ".join(page.get_text().split())

    link = page.select_one('#my-sections-section a[href*="rule=owner-missing"]')
    assert "No owner" in client.get(link["href"]).content.decode()


def test_who_looks_after_nothing_sees_no_panel(client: Any, home: Page) -> None:
    client.force_login(person("Contributors"))
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    assert not page.select("#my-sections-section, #indicators-section")


def test_the_query_count_does_not_grow(shelves: Any, django_assert_num_queries: Any) -> None:
    editor = person("Editors")
    access = access_for(editor)
    today = timezone.localdate()
    selectors.lines(editor, access, today=today)
    with django_assert_num_queries(3):
        selectors.lines(editor, access, today=today)
    for _ in range(4):
        ArtifactFactory(parent=CategoryFactory())
    access = access_for(editor)
    selectors.lines(editor, access, today=today)
    with django_assert_num_queries(3):
        selectors.lines(editor, access, today=today)
