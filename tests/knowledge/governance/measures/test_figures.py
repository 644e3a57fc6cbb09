"""Figures of use as editors read them: in the list, by section and kind, for one artifact."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.catalog.models import Artifact, ChecklistPage
from knowledge.governance import roles as role
from knowledge.governance.charts import Series, line_chart
from knowledge.governance.measures.recording import writing
from knowledge.governance.measures.selectors import usage
from knowledge.governance.measures.selectors.usage import Period
from knowledge.governance.services import feedback, roles
from tests.factories import ArtifactFactory, CategoryFactory, SectionFactory, group, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def used(page: Artifact, days_ago: int = 0, **counts: int) -> Artifact:
    day = TODAY() - timedelta(days=days_ago)
    writing.add({(page.pk, day, what): count for what, count in counts.items()})
    return page


def said(page: Artifact, *sorts: str) -> None:
    for sort in sorts:
        feedback.give(page=page, by=None, sort=sort, text="")


def texts(response: Any, selector: str = "main table.listing tbody tr") -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select(selector)]


def test_the_list_sorts_by_use_and_leaves_other_days_out(home: Page, client: Client) -> None:
    used(ArtifactFactory(title="Seldom"), view=2, pdf=1)
    often = used(ArtifactFactory(title="Often"), view=30)
    used(often, days_ago=60, view=1000)
    said(often, "helpful", "helpful", "not-helpful")
    client.force_login(person("Editors"))
    address = reverse("report_use_of_artifacts")
    first, second = texts(client.get(address))
    assert first.startswith("Often Guide 30 0 0 0 67 %")
    assert second.startswith("Seldom Guide 2 1 0 0 –")
    assert texts(client.get(address, {"ordering": "-downloads"}))[0].startswith("Seldom")
    long_ago = (TODAY() - timedelta(days=90)).isoformat()
    everything = client.get(address, {"period_from": long_ago, "ordering": "-views"})
    assert "1,030" in texts(everything)[0] or "1030" in texts(everything)[0]


def test_the_export_holds_every_format_and_runs_no_formula(home: Page, client: Client) -> None:
    used(ArtifactFactory(title='=HYPERLINK("x")'), view=1, pdf=2, docx=3, md=4, json=5)
    client.force_login(person("Editors"))
    response = client.get(reverse("report_use_of_artifacts"), {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(response.getvalue().decode()))
    assert row["Artifact"] == '\'=HYPERLINK("x")'
    assert [row[name] for name in ("PDF", "Word document", "Markdown", "JSON", "Downloads")] == [
        *("2", "3", "4", "5", "14"),
    ]


def test_a_person_sees_only_figures_of_pages_to_look_after(home: Page, client: Client) -> None:
    mine, other = CategoryFactory(), CategoryFactory()
    used(ArtifactFactory(title="Mine", parent=mine), view=1)
    foreign = used(ArtifactFactory(title="Foreign", parent=other), view=9)
    editors = group("Editors of a section")
    roles.grant_section(group=editors, section=mine, role=role.EDITORS)
    client.force_login(person("Editors of a section"))
    assert [row.split()[0] for row in texts(client.get(reverse("report_use_of_artifacts")))] == [
        "Mine"
    ]
    adoption = texts(client.get(reverse("report_adoption")))
    assert any(mine.title in row for row in adoption)
    assert not any(other.title in row for row in adoption)
    assert client.get(reverse("artifact_usage", args=[foreign.pk])).status_code in (302, 403)


@pytest.mark.parametrize("name", ["report_use_of_artifacts", "report_adoption"])
def test_a_reader_is_refused(home: Page, client: Client, name: str) -> None:
    client.force_login(person("Viewers"))
    assert client.get(reverse(name)).status_code in (302, 403)


def test_adoption_adds_up_by_section_and_kind(home: Page, client: Client) -> None:
    section = SectionFactory(parent=CategoryFactory(title="Operations"), title="On call")
    used(ArtifactFactory(parent=section, verified=True), view=5, pdf=1)
    used(ArtifactFactory.of(ChecklistPage, parent=section.get_parent()), view=2)
    ArtifactFactory(parent=section)
    client.force_login(person("Editors"))
    rows = texts(client.get(reverse("report_adoption")))
    assert "Operations 3 2 (67 %) 7 1 0 0 – 1 (33 %)" in rows
    assert "On call 2 1 (50 %) 5 1 0 0 – 1 (50 %)" in rows
    assert "Checklist 1 1 (100 %) 2 0 0 0 – 0 (0 %)" in rows
    export = client.get(reverse("report_adoption"), {"export": "csv"}).getvalue().decode()
    assert "Section,Operations,3,2,7,1,0,0,0,0,1" in export


def test_one_artifact_has_a_page_of_figures_with_a_chart_and_its_table(
    home: Page, client: Client
) -> None:
    page = used(ArtifactFactory(title="<b>Bold</b>"), view=4, pdf=1)
    client.force_login(person("Editors"))
    response = client.get(reverse("artifact_usage", args=[page.pk]))
    soup = BeautifulSoup(response.content, "html.parser")
    assert "<b>Bold</b>" not in response.content.decode()
    picture = soup.select_one("svg.chart__picture")
    named = picture["aria-labelledby"].split()
    assert all(soup.find(id=one) for one in named)
    assert len(soup.select(".chart__table tbody tr")) == 30
    assert soup.select_one(".chart__table tbody td").text == "4"
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("artifact_usage", args=[page.pk]) in edit


def test_figures_cost_the_same_for_any_number_of_artifacts(
    home: Page, django_assert_num_queries: Any
) -> None:
    period = Period.until(TODAY())
    for number in range(3):
        used(ArtifactFactory(), view=number + 1)
    with django_assert_num_queries(4):
        assert len(usage.by_artifact(Artifact.objects.all(), period, today=TODAY())) == 3


def test_a_chart_of_two_units_has_two_scales_and_refuses_a_third() -> None:
    day = TODAY()
    days = [(day - timedelta(days=1), 1), (day, 3)]
    chart = line_chart("Both", [Series("Time", "h", days, target=4), Series("Size", "lines", days)])
    assert (chart.left_unit, chart.right_unit) == ("h", "lines")
    assert chart.left[0].words == "0"
    assert chart.lines[0].target_y is not None
    assert [row.cells for row in chart.rows] == [("3", "3"), ("1", "1")]
    with pytest.raises(ValueError, match="two units"):
        line_chart("Three", [Series(unit, unit, days) for unit in "abc"])
