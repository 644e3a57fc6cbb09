"""Every kind of field on the page: asked, previewed, refused at its place, taken along as a file."""

import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from wagtail.models import Page

from knowledge.catalog.models import TemplatePage
from knowledge.exchange.downloads.availability import has_typst, pandoc_path
from tests.factories import ArtifactFactory, person

pytestmark = pytest.mark.django_db
HOSTILE = "<b>x</b> {{7*7}} {% now 'Y' %} {{ lead }} #eval(1)"
VARIABLES = [
    {"key": "seats", "label": "Seats", "kind": "number", "required": True, "lowest": "1"},
    {"key": "price", "label": "Price", "kind": "number", "unit": "EUR", "default": "2"},
    {
        "key": "total",
        "label": "Total",
        "kind": "computed",
        "operation": "product",
        "of": ["seats", "price"],
        "unit": "EUR",
    },
    {"key": "lead", "label": "Lead", "kind": "person"},
    {"key": "parts", "label": "Parts", "kind": "several", "options": ["web", "api"]},
    {"key": "risky", "label": "Risky", "kind": "yes_no", "required": True},
    {
        "key": "why",
        "label": "Why",
        "kind": "long_text",
        "required": True,
        "only_if": {"key": "risky", "answers": ["yes"]},
    },
    {"key": "costs", "label": "Costs", "kind": "table", "columns": [{"label": "What"}]},
]
SOURCE = (
    "{{ seats }} seats at {{ price }}: {{ total }}. Lead: {{ lead }}. "
    "Risk: {{ risky }}\n\n{{ parts }}\n\n{{ costs }}\n\nDone."
)
ANSWERS = {
    "seats": "3",
    "price": "2.5",
    "lead": "Ada",
    "parts": ["", "web", "api"],
    "risky": ["", "yes"],
    "why": "Data moves.",
    "costs.0.0": "Rack",
    "costs.1.0": "",
}


@pytest.fixture
def artifact(home: Page) -> TemplatePage:
    only = {"key": "risky", "answers": ["yes"]}
    return ArtifactFactory.of(
        TemplatePage,
        title="Order",
        slug="order",
        body=[
            {"type": "variables", "value": {"variables": VARIABLES}},
            {"type": "document_body", "value": {"source": SOURCE}},
            {"type": "document_body", "value": {"source": "## Risk\n\n{{ why }}", "only_if": only}},
        ],
    )


@pytest.fixture
def url(artifact: TemplatePage) -> str:
    return reverse("practice:fill", args=[artifact.pk])


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_groups_are_named_and_what_is_computed_is_not_asked(url, client) -> None:
    form = soup(client.get(url)).select_one("form[data-fill]")
    assert [one.legend.get_text(" ", strip=True) for one in form.select("fieldset")] == [
        "Parts",
        "Risky (required)",
        "Costs",
    ]
    assert not form.select("[name=total]")
    assert form.select_one("output#field-total").text == "–"
    assert form.select_one("#ask-why")["data-only-if"] == "risky"
    assert "Only if “Risky” is: yes." in form.select_one("#ask-why").get_text()
    assert form.select_one("[name='costs.0.0']")["aria-label"] == "What 1"


def test_the_document_has_every_kind(url, client) -> None:
    article = soup(client.post(url, ANSWERS)).article
    text = " ".join(article.get_text(" ").split())
    assert "3 seats at 2.5 EUR: 7.5 EUR. Lead: Ada. Risk: Yes" in text
    assert [one.text for one in article.select("li")] == ["web", "api"]
    assert [one.text.strip() for one in article.select("td")] == ["Rack"]
    assert "Data moves." in text


def test_a_section_that_does_not_apply_is_left_out_and_not_asked_for(url, client) -> None:
    answer = client.post(url, ANSWERS | {"risky": "no", "why": ""})
    assert answer.status_code == 200
    assert "Risk: No" in soup(answer).article.get_text()
    assert not soup(answer).article.select("h2, h3")
    refused = soup(client.post(url, ANSWERS | {"why": ""}))
    assert refused.select_one("#error-why").text == "Fill in “Why”."


def test_the_preview_refuses_nothing_and_keeps_everything(url, client) -> None:
    answer = client.post(url, ANSWERS | {"seats": "", "why": "", "_do": "preview"})
    assert answer.status_code == 200
    shown = soup(answer)
    assert "_____ seats at 2.5 EUR" in shown.select_one("#preview-text").get_text()
    assert [one["value"] for one in shown.select("[name=parts][checked]")] == ["web", "api"]
    assert shown.select_one("[name='costs.0.0']")["value"] == "Rack"
    assert not shown.select(".field__error")


def test_a_table_grows_and_what_is_refused_is_shown_as_it_was_typed(url, client) -> None:
    few = len(soup(client.post(url, ANSWERS | {"_do": "preview"})).select("[name^='costs.']"))
    more = len(soup(client.post(url, ANSWERS | {"_do": "more.costs"})).select("[name^='costs.']"))
    assert more == few + 5
    refused = client.post(url, ANSWERS | {"seats": "many"})
    assert refused.status_code == 400
    assert soup(refused).select_one("[name=seats]")["value"] == "many"
    assert soup(refused).select_one("#error-seats").text == "“Seats” must be a number."


def test_the_shown_document_can_be_changed_and_downloaded_with_the_same_answers(
    url, client
) -> None:
    form = soup(client.post(url, ANSWERS)).select_one("main form")
    data: dict[str, list[str]] = {}
    for field in form.select("input"):
        data.setdefault(field["name"], []).append(field["value"])
    assert (
        client.post(url, data | {"_format": "md"}).content
        == client.post(url, ANSWERS | {"_format": "md"}).content
    )


@pytest.mark.parametrize("key", ["lead", "why", "costs.0.0"])
def test_hostile_answers_stay_words_in_every_format(url, client, key: str) -> None:
    client.force_login(person("Viewers"))
    data = ANSWERS | {key: HOSTILE}
    article = soup(client.post(url, data)).article
    assert HOSTILE in " ".join(article.get_text().split())
    assert not article.select("b")
    markdown = client.post(url, data | {"_format": "md"}).content.decode()
    assert "{{7\\*7}} {% now 'Y' %} {{ lead }} \\#eval(1)" in markdown
    assert "\\<b\\>" in markdown
    if pandoc_path():
        word = Document(io.BytesIO(client.post(url, data | {"_format": "docx"}).content))
        cells = [cell.text for table in word.tables for cell in table._cells]
        assert HOSTILE in "\n".join([*(one.text for one in word.paragraphs), *cells])
    if has_typst():
        paper = PdfReader(io.BytesIO(client.post(url, data | {"_format": "pdf"}).content))
        text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
        assert "{{7*7}}" in text
        assert "49" not in text


def test_files_that_cost_a_process_are_for_those_who_are_logged_in(url, client) -> None:
    answer = client.post(url, ANSWERS | {"_format": "pdf"})
    assert answer["Content-Type"].startswith("text/html")
    assert "PDF" not in soup(answer).select_one("main form").text
    client.force_login(person("Viewers"))
    answer = client.post(url, ANSWERS | {"_format": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"


def test_filling_costs_the_same_whatever_the_number_of_fields(
    url, client, django_assert_max_num_queries
) -> None:
    client.post(url, ANSWERS)
    with django_assert_max_num_queries(4):
        client.post(url, ANSWERS | {"_do": "preview"})
