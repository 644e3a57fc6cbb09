"""A copy is begun, left, continued and finished; nothing that was typed is lost on the way."""

import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from docx import Document

from knowledge.exchange.downloads.availability import has_typst, pandoc_path
from knowledge.exchange.errors import DownloadFailed
from knowledge.practice import papers
from knowledge.practice.copies import services
from knowledge.practice.copies.errors import SavedMeanwhile, StillMissing
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.errors import RunRefused
from tests.knowledge.practice.copies.conftest import ANSWERS, FIELDS, publish

pytestmark = pytest.mark.django_db
HOSTILE = "<b>x</b> {{7*7}} {% now 'Y' %} {{ live }}"


def url(name: str, *args) -> str:
    return reverse(f"copies:{name}", args=args)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_from_the_page_of_the_template_to_the_finished_document(mine, template, me) -> None:
    fill = soup(mine.get(reverse("practice:fill", args=[template.pk])))
    assert fill.select_one("[formaction]")["formaction"] == url("new", template.pk)
    answer = mine.post(
        url("new", template.pk), {"service": "", "live": "soon", "parts": ["", "web"]}
    )
    copy = FilledCopy.objects.get()
    assert answer["Location"] == url("copy", copy.pk)
    assert copy.name.startswith("Launch note, ")
    form = soup(mine.get(url("copy", copy.pk)))
    assert form.select_one("[name=live]")["value"] == "soon"
    assert [one["value"] for one in form.select("[name=parts][checked]")] == ["web"]
    sent = {"_name": "Billing", "_seen": "1", "_do": "finish", "live": "soon"}
    refused = mine.post(url("copy", copy.pk), sent)
    assert refused.status_code == 400
    assert soup(refused).select_one("#error-service").text == "Fill in “Service”."
    assert soup(refused).select_one("[name=live]")["value"] == "soon"
    sent |= {"service": "Billing", "live": "2026-12-01", "parts": ["", "web", "api"]}
    assert mine.post(url("copy", copy.pk), sent).status_code == 302
    shown = soup(mine.get(url("copy", copy.pk)))
    assert "Live on 2026-12-01: web, api." in shown.article.text
    assert "Finished" in shown.select_one(".run-state").text


def test_a_preview_saves_nothing(mine, copy) -> None:
    sent = {"_name": "Other", "_seen": "1", "_do": "preview", "service": "Search"}
    shown = soup(mine.post(url("copy", copy.pk), sent))
    assert "Search" in shown.select_one("#preview-text").text
    copy.refresh_from_db()
    assert (copy.name, copy.answers["service"], copy.revision) == (
        "Billing goes live",
        "Billing",
        1,
    )


def test_who_saves_second_is_told_and_overwrites_nothing(mine, copy, me) -> None:
    first = {"_name": "A", "_seen": "1", "_do": "save", "service": "From the first window"}
    second = {"_name": "A", "_seen": "1", "_do": "save", "service": "From the second"}
    mine.post(url("copy", copy.pk), first)
    answer = mine.post(url("copy", copy.pk), second)
    assert answer.status_code == 409
    shown = soup(answer)
    row = shown.select_one("header table tbody tr")
    assert [one.text for one in row.select("th, td")] == [
        "Service",
        "From the first window",
        "From the second",
    ]
    assert shown.select_one("[name=service]")["value"] == "From the second"
    copy.refresh_from_db()
    assert copy.answers["service"] == "From the first window"
    again = second | {"_seen": shown.select_one("form[data-fill] [name=_seen]")["value"]}
    assert mine.post(url("copy", copy.pk), again).status_code == 302
    copy.refresh_from_db()
    assert copy.answers["service"] == "From the second"
    with pytest.raises(SavedMeanwhile):
        services.finish(copy=copy, by=me, seen=1, name="A", answers=ANSWERS)


def test_the_same_sent_twice_is_saved_once(mine, copy) -> None:
    sent = {"_name": "A", "_seen": "1", "_do": "save", "service": "Search"}
    for _again in range(2):
        answer = mine.post(url("copy", copy.pk), sent, follow=True)
        assert answer.status_code == 200
        assert "saved in another window" not in answer.content.decode()
    copy.refresh_from_db()
    assert copy.revision == 2


def test_what_differs_is_compared_and_else_nothing_is_promised(mine, copy, me) -> None:
    sent = {"_name": "A", "_seen": "1", "service": "Search"}
    mine.post(url("copy", copy.pk), sent | {"_do": "save"})
    other = mine.post(url("copy", copy.pk), sent | {"_do": "save", "service": "Billing"})
    assert "Compare both below" in other.content.decode()
    same = mine.post(url("copy", copy.pk), sent | {"_do": "finish"})
    assert "It says what you typed" in same.content.decode()
    assert "ompare both" not in same.content.decode()
    forget = mine.post(url("copy", copy.pk), sent | {"_do": "forget"}, follow=True)
    assert "This is how it is now" in forget.content.decode()
    assert "ompare both" not in forget.content.decode()


def test_a_name_is_needed_and_what_was_typed_stays(mine, copy) -> None:
    sent = {"_name": " ", "_seen": "1", "_do": "save", "service": "Search"}
    answer = mine.post(url("copy", copy.pk), sent)
    assert answer.status_code == 400
    assert soup(answer).select_one("#copy-name")["aria-invalid"] == "true"
    assert soup(answer).select_one("[name=service]")["value"] == "Search"


def test_only_what_is_whole_is_finished_and_it_can_be_opened_again(mine, copy, me) -> None:
    with pytest.raises(StillMissing) as refused:
        services.finish(copy=copy, by=me, seen=1, name="A", answers={"service": ""})
    assert refused.value.faults == {"service": "Fill in “Service”."}
    done = services.finish(copy=copy, by=me, seen=1, name="A", answers=ANSWERS)
    with pytest.raises(RunRefused):
        services.save(copy=done, by=me, seen=2, name="A", answers=ANSWERS)
    mine.post(url("copy", copy.pk), {"_seen": "2", "_do": "again"})
    copy.refresh_from_db()
    assert (copy.state, copy.finished_at) == ("draft", None)


def test_more_than_a_form_holds_is_refused(template, me) -> None:
    with pytest.raises(RunRefused, match="more text"):
        services.begin(page=template, by=me, name="A", answers={"service": "x" * 600_000})


@pytest.mark.parametrize("form", ["page", "md", "docx", "pdf"])
def test_hostile_words_stay_words_in_every_form(mine, template, me, form: str) -> None:
    if (form == "docx" and not pandoc_path()) or (form == "pdf" and not has_typst()):
        pytest.skip("not available here")
    copy = services.begin(
        page=template, by=me, name=HOSTILE[:60], answers=ANSWERS | {"service": HOSTILE}
    )
    copy = services.finish(copy=copy, by=me, seen=1, name=HOSTILE[:60], answers=copy.answers)
    if form == "page":
        shown = soup(mine.get(url("copy", copy.pk)))
        assert HOSTILE in shown.article.text
        assert not shown.select("article b, h1 b")
        return
    answer = mine.get(url("download", copy.pk, form))
    assert "no-store" in answer["Cache-Control"]
    if form == "md":
        assert "{{7\\*7}} {% now 'Y' %} {{ live }}" in answer.content.decode()
    elif form == "docx":
        text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
        assert HOSTILE in text
    else:
        assert answer.content.startswith(b"%PDF")


def test_an_unknown_format_is_not_found(mine, copy) -> None:
    assert mine.get(url("download", copy.pk, "exe")).status_code == 404


def test_a_file_that_cannot_be_made_is_told_on_the_page_of_the_copy(
    mine, copy, monkeypatch
) -> None:
    def fail(paper):
        raise DownloadFailed

    broken = papers.PaperFormat("pdf", "PDF", "application/pdf", fail)
    monkeypatch.setattr(papers, "formats", lambda: [papers.MARKDOWN, broken])
    answer = mine.get(url("download", copy.pk, "pdf"), follow=True)
    assert answer.redirect_chain == [(url("copy", copy.pk), 302)]
    assert "The file could not be made." in answer.content.decode()


class TestMovingOn:
    NEW = [
        {"key": "service", "label": "Name of the service", "kind": "text", "required": True},
        {"key": "live", "label": "Live on", "kind": "date", "highest": "2026-06-30"},
        {"key": "owner", "label": "Owner", "kind": "person"},
    ]

    def test_a_copy_stays_with_its_version_and_says_that_there_is_a_newer(
        self, mine, template, copy
    ) -> None:
        assert "moved on" not in mine.get(url("copy", copy.pk)).content.decode()
        publish(template, self.NEW)
        shown = soup(mine.get(url("copy", copy.pk)))
        assert "moved on from 1.0 to 1.1" in " ".join(shown.text.split())
        assert shown.select("[name=parts]")
        assert not shown.select("[name=owner]")

    def test_values_are_kept_by_name_and_the_lost_ones_listed(self, mine, template, copy) -> None:
        publish(template, self.NEW)
        asked = soup(mine.get(url("take_over", copy.pk)))
        text = " ".join(asked.main.get_text(" ").split())
        assert "Parts web" in text
        assert "must not be after 2026-06-30" in text
        assert [one.text for one in asked.select("main ul li")][-1] == "Owner"
        mine.post(url("take_over", copy.pk), {"_seen": "1"})
        copy.refresh_from_db()
        assert copy.version == "1.1"
        assert copy.answers == {"service": "Billing", "live": "2026-12-01"}
        assert copy.left_over == [{"label": "Parts", "said": "web", "version": "1.0"}]
        shown = soup(mine.get(url("copy", copy.pk)))
        assert "web" in shown.select_one(".fill__lost").text
        assert shown.select_one("label[for=field-service]").text.split("(")[0].strip() == (
            "Name of the service"
        )
        mine.post(url("copy", copy.pk), {"_seen": "2", "_do": "forget"})
        assert not soup(mine.get(url("copy", copy.pk))).select(".fill__lost")

    def test_an_answer_that_changed_its_shape_is_listed_and_not_forced(
        self, mine, template, copy
    ) -> None:
        fields = [FIELDS[0], FIELDS[2] | {"kind": "text"}]
        publish(template, fields)
        mine.post(url("take_over", copy.pk), {"_seen": "1"})
        copy.refresh_from_db()
        assert [one["label"] for one in copy.left_over] == ["Live on", "Parts"]

    def test_it_is_told_too_when_it_was_saved_meanwhile(self, mine, template, copy, me) -> None:
        publish(template, self.NEW)
        services.save(copy=copy, by=me, seen=1, name="A", answers=ANSWERS)
        answer = mine.post(url("take_over", copy.pk), {"_seen": "1"})
        assert answer.status_code == 400
        copy.refresh_from_db()
        assert copy.version == "1.0"

    def test_without_a_newer_version_there_is_nothing_to_take_over(self, mine, copy) -> None:
        assert mine.get(url("take_over", copy.pk)).status_code == 404
