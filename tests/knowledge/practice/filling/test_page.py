"""Filling a template: what is asked, what is refused by name, what is handed over."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from knowledge.catalog.models import TemplatePage
from knowledge.exchange.errors import DownloadFailed
from knowledge.practice import papers
from knowledge.practice.selectors import filling
from tests.factories import ArtifactFactory, close, person

pytestmark = pytest.mark.django_db

VARIABLES = [
    {"key": "service_name", "label": "Service name", "kind": "text", "required": True},
    {"key": "go_live", "label": "Day of going live", "kind": "date", "required": True},
    {"key": "format", "label": "Format of the logs", "kind": "choice", "options": ["JSON", "Text"]},
    {"key": "notes", "label": "Notes", "kind": "long_text", "help": "What else matters."},
]
SOURCE = "# {{ service_name }}\n\nGoes live on {{ go_live }}, logs as {{ format }}.\n\n{{ notes }}"
ANSWERS = {"service_name": "Billing", "go_live": "2026-12-01", "format": "JSON", "notes": ""}


@pytest.fixture
def artifact(home: Page) -> TemplatePage:
    return ArtifactFactory.of(
        TemplatePage,
        title="Launch note",
        slug="launch-note",
        body=[
            {"type": "variables", "value": {"variables": VARIABLES}},
            {"type": "document_body", "value": {"source": SOURCE}},
        ],
    )


@pytest.fixture
def url(artifact: TemplatePage) -> str:
    return reverse("practice:fill", args=[artifact.pk])


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_the_template_leads_to_its_form(artifact, url, client) -> None:
    assert (
        soup(client.get(artifact.url)).select_one(f'a[href="{url}"]').text
        == "Fill in this template"
    )
    other = ArtifactFactory()
    assert "Fill in this template" not in client.get(other.url).content.decode()


def test_every_field_has_its_label_and_help(url, client) -> None:
    form = soup(client.get(url)).select_one("main form")
    for variable in VARIABLES:
        field = form.select_one(f"[name={variable['key']}]")
        assert variable["label"] in form.select_one(f"label[for={field['id']}]").text
    assert form.select_one("#help-notes").text == "What else matters."
    assert form.select_one("[name=notes]")["aria-describedby"] == "help-notes"
    assert form.select_one("[name=go_live]")["type"] == "date"
    assert [one.text for one in form.select("option")][1:] == ["JSON", "Text"]


def test_the_finished_document_is_shown(url, client) -> None:
    shown = soup(client.post(url, ANSWERS))
    article = shown.select_one("article")
    assert "Billing" in article.h2.text
    assert "Goes live on 2026-12-01, logs as JSON." in article.text


def test_a_blank_that_is_required_is_refused_by_name_and_the_rest_stays(url, client) -> None:
    answer = client.post(url, ANSWERS | {"service_name": " ", "go_live": "soon"})
    assert answer.status_code == 400
    shown = soup(answer)
    summary = shown.select_one("[role=alert]")
    assert "Service name" in summary.text
    assert [link["href"] for link in summary.select("a")] == [
        "#field-service_name",
        "#field-go_live",
    ]
    field = shown.select_one("[name=service_name]")
    assert field["aria-invalid"] == "true"
    assert shown.select_one(f"#{field['aria-describedby']}")
    assert shown.select_one("option[selected]").text == "JSON"


def test_it_is_downloaded_as_markdown(url, client) -> None:
    answer = client.post(url, ANSWERS | {"_format": "md"})
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'attachment; filename="launch-note-' in answer["Content-Disposition"]
    text = answer.content.decode()
    assert text.startswith("# Billing\n\nGoes live on 2026\\-12\\-01") or text.startswith(
        "# Billing\n\nGoes live on 2026-12-01"
    )


def test_the_download_button_of_the_shown_document_gives_the_same(url, client) -> None:
    shown = soup(client.post(url, ANSWERS))
    form = shown.select_one("main form")
    data = {field["name"]: field["value"] for field in form.select("input")}
    data[form.button["name"]] = form.button["value"]
    assert (
        client.post(form["action"], data).content
        == client.post(url, ANSWERS | {"_format": "md"}).content
    )


def test_a_file_that_cannot_be_made_is_told_and_the_answers_stay(url, client, monkeypatch) -> None:
    def fail(paper):
        raise DownloadFailed

    broken = papers.PaperFormat("pdf", "PDF", "application/pdf", fail)
    monkeypatch.setattr(papers, "formats", lambda: [papers.MARKDOWN, broken])
    client.force_login(person("Viewers"))
    answer = client.post(url, ANSWERS | {"_format": "pdf"})
    assert answer.status_code == 503
    shown = soup(answer)
    assert "The file could not be made." in shown.select_one("[role=alert]").text
    assert "Billing" in shown.select_one("article").text
    kept = {one["name"]: one["value"] for one in shown.select("main form input[type=hidden]")}
    assert kept["service_name"] == "Billing"
    assert shown.select_one("button[name=_format][value=md]")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://example.com/pixel.png)",
        '"><svg onload=alert(1)>',
        "{{ go_live }}",
        "{% debug %}",
    ],
)
def test_markup_in_an_answer_is_text(url, client, attack: str) -> None:
    answer = client.post(url, ANSWERS | {"service_name": attack, "notes": attack})
    article = soup(answer).select_one("article")
    assert not article.select("script, img, svg, a")
    assert attack in article.get_text()
    again = client.post(url, ANSWERS | {"go_live": "", "notes": attack})
    assert soup(again).select_one("[name=notes]").text.strip() == attack


def test_an_answer_that_is_not_offered_or_far_too_long_is_refused(url, client) -> None:
    assert client.post(url, ANSWERS | {"format": "XML"}).status_code == 400
    assert client.post(url, ANSWERS | {"service_name": "x" * 100_000}).status_code == 400
    assert client.post(url, ANSWERS | {"service_name": "a\x00b"}).status_code in (200, 400)


def test_what_was_not_answered_stays_visible_as_a_blank(artifact) -> None:
    form = filling.form_of(artifact.body)
    result = filling.filled(form, {"service_name": "Billing", "go_live": "2026-12-01"})
    assert result.errors == {}
    assert "logs as \\_" in result.markdown


def test_what_a_person_may_not_see_cannot_be_filled(artifact, url, client) -> None:
    close(artifact)
    assert client.get(url).status_code == 404
    assert client.post(url, ANSWERS).status_code == 404


def test_only_templates_are_filled_and_only_by_asking_or_sending(url, client, home: Page) -> None:
    other = ArtifactFactory()
    assert client.get(reverse("practice:fill", args=[other.pk])).status_code == 404
    assert client.delete(url).status_code == 405
    assert client.head(url).status_code == 200


def test_a_template_without_parts_is_still_a_page(home: Page, client) -> None:
    bare = ArtifactFactory.of(TemplatePage, body=[])
    assert client.get(reverse("practice:fill", args=[bare.pk])).status_code == 200
    assert client.post(reverse("practice:fill", args=[bare.pk])).status_code == 200
