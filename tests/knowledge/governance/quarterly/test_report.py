"""The governance report: its figures, planned beside actual reviews, as page, CSV and PDF."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Page

from knowledge.catalog.permissions import access_for
from knowledge.governance.quarterly.quarters import Quarter
from knowledge.governance.quarterly.report import Report, of_quarter
from knowledge.governance.services import feedback, lifecycle, moderation, reviews
from tests.factories import ArtifactFactory, close, group, person

pytestmark = pytest.mark.django_db


def report(user: Any = None) -> Report:
    today = timezone.localdate()
    return of_quarter(Quarter.of(today), access_for(user), today=today)


def figures(made: Report) -> dict[str, str]:
    return {label: value for one in made.groups for label, value in one.figures}


def test_quarters_have_their_days() -> None:
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter.named("2026-Q3") == Quarter.of(date(2026, 9, 30))
    assert Quarter.named("2026-Q5") is None


def test_approvals_are_told_with_their_time_in_review(home: Page) -> None:
    author, reviewer = person("Contributors"), person("Reviewers")
    for hours in (1, 2, 9):
        page = ArtifactFactory(draft=True, owner=author)
        state = moderation.submit(page=page, by=author)
        type(state).objects.filter(pk=state.pk).update(
            created_at=timezone.now() - timedelta(hours=hours)
        )
        moderation.approve(page=page, by=reviewer)
    told = figures(report())
    assert (told["Approved"], told["New artifacts"], told["Reviewed"]) == ("3", "3", "3")
    assert told["Hours in review, median"] == "2"
    assert told["Hours in review, 95th percentile"] == "9"
    assert told["Within the target of 4 hours"] == "2 / 3 (67 %)"


def test_planned_and_actual_reviews_stand_beside_the_decision(home: Page) -> None:
    editor, today = person("Editors"), timezone.localdate()
    late = ArtifactFactory(title="Late", next_review=today, last_reviewed=today)
    kept = ArtifactFactory(title="Kept", next_review=today, last_reviewed=today)
    ArtifactFactory(title="Open", next_review=today, last_reviewed=today)
    reviews.confirm(page=kept, by=editor, on=today, note="Read it")
    lifecycle.archive(page=late, by=editor, at=timezone.now())
    made = report()
    lines = {one.title: (one.planned, one.actual, one.decision) for one in made.reviews}
    assert lines == {
        "Kept": (today, today, "Still holds"),
        "Late": (today, today, "Archived"),
        "Open": (today, None, ""),
    }
    assert figures(made)["Planned for this quarter and overdue"] == "1"


def test_what_is_confirmed_twice_on_a_day_is_one_review(home: Page) -> None:
    editor, today = person("Editors"), timezone.localdate()
    page = ArtifactFactory(title="Kept", next_review=today, last_reviewed=today)
    for note in ("Read it", "", "Read it again"):
        reviews.confirm(page=page, by=editor, on=today, note=note)
    assert [one.title for one in report().reviews] == ["Kept"]
    reviews.confirm(page=page, by=person("Editors"), on=today)
    assert len(report().reviews) == 2


def test_who_confirms_again_what_somebody_else_confirmed_today_is_counted(home: Page) -> None:
    first, second = person("Editors"), person("Editors")
    today = timezone.localdate()
    page = ArtifactFactory(title="Kept", next_review=today)
    reviews.confirm(page=page, by=first, on=today - timedelta(days=300))
    reviews.confirm(page=page, by=second, on=today)
    reviews.confirm(page=page, by=first, on=today)
    page.refresh_from_db()
    assert page.reviewed_by == first
    assert [one.actual for one in report().reviews].count(today) == 2


def test_what_is_archived_before_its_quarter_is_no_early_review(home: Page) -> None:
    editor, today = person("Editors"), timezone.localdate()
    later = Quarter.of(today).last + timedelta(days=40)
    page = ArtifactFactory(title="Given up", next_review=later, last_reviewed=today)
    lifecycle.archive(page=page, by=editor, at=timezone.now())
    made = report()
    assert [(one.title, one.planned, one.days_late) for one in made.reviews] == [
        ("Given up", None, None)
    ]
    assert figures(made)["On time, of those that were planned"] == "–"
    ahead = of_quarter(Quarter.of(later), access_for(None), today=today)
    assert not ahead.reviews


def test_what_was_archived_and_taken_back_is_told_in_no_line(home: Page) -> None:
    editor, today = person("Editors"), timezone.localdate()
    page = ArtifactFactory(title="Back", next_review=today, last_reviewed=today)
    lifecycle.archive(page=page, by=editor, at=timezone.now() - timedelta(days=100))
    lifecycle.restore(page=page, by=editor)
    lifecycle.archive(page=page, by=editor, at=timezone.now())
    lifecycle.restore(page=page, by=editor)
    told = figures(report())
    assert (told["Archived"], told["Reviewed"]) == ("0", "0")
    past = of_quarter(Quarter.of(today - timedelta(days=100)), access_for(editor), today=today)
    assert [one.decision for one in past.reviews] == ["Archived"]


def test_it_speaks_of_nothing_that_is_closed_to_the_person(home: Page) -> None:
    editor, reader = person("Editors"), person("Viewers")
    page = ArtifactFactory(title="Secret", verified=True)
    reviews.confirm(page=page, by=editor, on=timezone.localdate())
    feedback.give(page=page, by=None, sort="helpful", text="")
    close(page, group("Editors"))
    hidden, shown = report(reader), report(editor)
    assert not hidden.reviews and figures(hidden)["Live artifacts"] == "0"
    assert figures(hidden)["Helpful"] == "0" and figures(hidden)["Versions published"] == "0"
    assert [one.title for one in shown.reviews] == ["Secret"]
    assert figures(shown)["Helpful"] == "1"


def test_page_csv_and_pdf_say_the_same(home: Page, client: Client) -> None:
    page = ArtifactFactory(title="=<b>Bold</b>", verified=True)
    reviews.confirm(page=page, by=person("Editors"), on=timezone.localdate())
    client.force_login(person("Editors"))
    shown = client.get(reverse("governance_report"))
    assert "<b>Bold</b>" not in shown.content.decode()
    assert "=<b>Bold</b>" in BeautifulSoup(shown.content, "html.parser").text
    text = client.get(reverse("governance_report_csv")).content.decode()
    assert [row[0] for row in csv.reader(io.StringIO(text)) if "Bold" in str(row)] == [
        "'=<b>Bold</b>"
    ]
    paper = client.get(reverse("governance_report_pdf"))
    assert paper["Content-Type"] == "application/pdf"
    words = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages)
    assert "Still holds" in words and "Bold" in words and "Reviewed" in words
    other = client.get(reverse("governance_report"), {"quarter": "2020-Q1"}).content.decode()
    assert "Governance report 2020-Q1" in other


@pytest.mark.parametrize(
    "name", ["governance_report", "governance_report_csv", "governance_report_pdf"]
)
def test_who_may_not_read_figures_has_no_report(home: Page, client: Client, name: str) -> None:
    client.force_login(person("Contributors"))
    assert client.get(reverse(name)).status_code in (302, 403)


def test_it_costs_the_same_for_any_number(home: Page, django_assert_num_queries: Any) -> None:
    editor = person("Editors")
    for _number in range(3):
        page = ArtifactFactory(verified=True)
        reviews.confirm(page=page, by=editor, on=timezone.localdate())
    access = access_for(editor)
    today = timezone.localdate()
    with django_assert_num_queries(13):
        of_quarter(Quarter.of(today), access, today=today)


def test_a_long_list_has_pages_and_the_paper_an_end(
    home: Page, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.governance.quarterly import files, views

    monkeypatch.setattr(views, "A_PAGE", 2)
    monkeypatch.setattr(files, "MOST_ON_PAPER", 2)
    editor = person("Editors")
    for _number in range(3):
        reviews.confirm(page=ArtifactFactory(verified=True), by=editor, on=timezone.localdate())
    client.force_login(editor)
    first = BeautifulSoup(client.get(reverse("governance_report")).content, "html.parser")
    assert len(first.select("tbody tr")) == 2
    assert "1 to 2 of 3" in first.text
    second = client.get(reverse("governance_report"), {"p": "2"})
    assert len(BeautifulSoup(second.content, "html.parser").select("tbody tr")) == 1
    assert client.get(reverse("governance_report"), {"p": "x"}).status_code == 200
    assert "1 more review stands in the CSV file" in files.as_markdown(report(editor))
    assert len(list(csv.reader(io.StringIO(files.as_csv(report(editor)))))) > 20
