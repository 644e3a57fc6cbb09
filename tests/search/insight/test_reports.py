"""The report of searches: who reads it, what it says, and that no query does harm there."""

from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from search.insight.admin.reports import REPORTS, SearchesReport
from tests.factories import close, group, person
from tests.search.helpers import section, shelf
from tests.search.insight.conftest import logged

pytestmark = pytest.mark.django_db

URL = reverse(SearchesReport.url_name())


@pytest.fixture
def editor(client, home):
    user = person("Editors")
    client.force_login(user)
    return user


def table(client, **parameters: str) -> list[list[str]]:
    page = BeautifulSoup(client.get(URL, parameters).content, "html.parser")
    rows = page.select("table.listing tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def words(client, **parameters: str) -> list[str]:
    return [row[0] for row in table(client, **parameters)]


def sheet(client, **parameters: str) -> str:
    answer = client.get(URL, {**parameters, "export": "csv"})
    return b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("Editors", True),
        ("Reviewers", True),
        ("Administrators", True),
        ("Contributors", False),
        ("Viewers", False),
        ("", False),
    ],
)
def test_who_reads_it(client, home, report, role: str, allowed: bool) -> None:
    logged("secret wish")
    client.force_login(person(role))
    for results in (False, True):
        for export in ("", "?export=csv", "?export=xlsx"):
            answer = client.get(reverse(report.url_name(results=results)) + export)
            assert (answer.status_code == 200) is allowed
    shown = reverse(report.url_name()) in client.get("/admin/").content.decode()
    assert shown is allowed


def test_nobody_reads_it_without_logging_in(client, home) -> None:
    for report in REPORTS:
        assert client.get(reverse(report.url_name())).status_code == 302


def test_queries_are_counted_by_what_came_of_them(client, editor) -> None:
    logged("rollback", results=4, clicks=1, first_position=3, took_ms=20)
    logged("rollback", results=5, refinements=2, took_ms=700, degraded=True)
    logged("zebra", reworded=True)
    assert table(client) == [
        ["rollback", "2", "5", "0", "1", "1", "0", "3", "700", "1"],
        ["zebra", "1", "0", "1", "0", "0", "1", "", "12", "0"],
    ]
    page = BeautifulSoup(client.get(URL).content, "html.parser")
    figures = {
        one.dt.get_text(strip=True): " ".join(one.dd.get_text(" ", strip=True).split())
        for one in page.select(".insight-figures__one")
    }
    assert figures == {
        "Searches": "3",
        "Without a result": "33 % (1)",
        "Without a click": "33 % (1)",
        "Filtered, sorted or paged": "33 % (1)",
        "Followed by other words": "33 % (1)",
        "Slow": "33 % (1)",
        "Answered by the stand-in": "33 % (1)",
    }


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("nothing", ["zebra"]),
        ("no_click", ["ignored"]),
        ("refined", ["ignored"]),
        ("reworded", ["zebra"]),
        ("slow", ["slow"]),
        ("degraded", ["slow"]),
    ],
)
def test_it_shows_what_is_asked_for(client, editor, show: str, found: list[str]) -> None:
    logged("zebra", reworded=True)
    logged("ignored", results=2, refinements=1)
    logged("slow", results=2, clicks=1, took_ms=900, degraded=True)
    logged("fine", results=2, clicks=1)
    assert words(client, show=show) == found


def test_period_words_and_engine_narrow_it(client, editor) -> None:
    week_ago = timezone.now() - timedelta(days=7)
    logged("old", at=week_ago)
    logged("new", engine="elasticsearch")
    today = timezone.localdate().isoformat()
    assert words(client, at_from=today) == ["new"]
    assert words(client, at_to=(week_ago.date()).isoformat()) == ["old"]
    assert words(client, text="OL") == ["old"]
    assert words(client, engine="elasticsearch") == ["new"]


def test_columns_sort(client, editor) -> None:
    logged("b", results=1)
    logged("a", results=9)
    assert words(client, ordering="text") == ["a", "b"]
    assert words(client, ordering="-found") == ["a", "b"]
    assert words(client, ordering="found") == ["b", "a"]
    assert words(client, ordering="password") == ["a", "b"]


@pytest.mark.parametrize(
    "parameters",
    [{"p": "x"}, {"p": "-1"}, {"p": "999"}, {"at_from": "x"}, {"show": "x"}, {"text": "\0"}],
    ids=str,
)
def test_bad_input_is_a_page(client, editor, parameters: dict[str, str]) -> None:
    logged("fine")
    assert client.get(URL, parameters).status_code == 200


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!a0",
    "+1",
    "-2+3",
    '"><img src=x onerror=alert(1)>',
    "'); drop table x; --",
]


def test_no_query_becomes_markup(client, editor) -> None:
    for text in HOSTILE:
        logged(text)
    html = client.get(URL).content.decode()
    page = BeautifulSoup(html, "html.parser")
    assert "<script>alert" not in html
    assert not page.select("td script, td img")
    assert sorted(words(client)) == sorted(HOSTILE)


def test_no_query_becomes_a_formula(client, editor) -> None:
    for text in HOSTILE:
        logged(text)
    cells = [line.split(",")[0].strip('"') for line in sheet(client).splitlines()[1:]]
    assert len(cells) == len(HOSTILE)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    book = load_workbook(BytesIO(b"".join(client.get(f"{URL}?export=xlsx").streaming_content)))
    column = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert all(cell.data_type == "s" for cell in column)
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in column)


def test_the_export_has_the_filtered_rows_with_headings(client, editor) -> None:
    logged("zebra")
    logged("fine", results=2, clicks=1, first_position=1)
    lines = sheet(client, show="nothing").splitlines()
    assert lines[0].startswith("Words,Searches,Results,No result,No click,Refined")
    assert len(lines) == 2
    assert lines[1].startswith("zebra,1,0,1,0")


def test_what_was_asked_inside_closed_sections_is_for_those_who_see_everything(
    client, editor
) -> None:
    logged("project falcon", restricted=True, results=3)
    logged("rollback")
    assert words(client) == ["project falcon", "rollback"]  # nothing is closed to anybody
    close(section("Falcon", shelf()), group("Insiders"))
    assert words(client) == ["rollback"]
    assert "falcon" not in sheet(client)
    figures = BeautifulSoup(client.get(URL).content, "html.parser").select_one(
        ".insight-figures dd"
    )
    assert figures.get_text(strip=True) == "1"
    editor.groups.add(group("Insiders"))
    assert words(client) == ["project falcon", "rollback"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_the_number_of_queries_does_not_grow(client, editor, report) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(report.url_name())).status_code == 200
        return len(queries)

    shelf("One")
    logged("first", filters={"kind": ["guide"], "category": ["one"]})
    cost()  # what a process looks up once
    few = cost()
    for number in range(30):
        if number < 5:
            shelf(f"Shelf-{number}")
        logged(f"query {number}", filters={"kind": ["runbook"], "maturity": ["2"]})
    cost()
    assert cost() == few
    assert few <= 20
