"""A reader without login: finds, trusts, uses and takes along, and learns nothing that is closed."""

from urllib.parse import quote

import pytest
from django.core import mail

pytestmark = pytest.mark.django_db


def test_finds_an_artifact_reads_it_and_takes_it_along(library, visitor) -> None:
    reader = visitor().open("/")
    assert "Operations" in reader.text

    reader.click("Operations")
    assert "Restore the database" in reader.text

    reader.open("/search/?q=restore+database&kind=runbook&industry=software")
    reader.click("Restore the database")
    assert "Stop writes, restore the newest backup" in reader.text
    assert "Emeka Okafor" in reader.text
    assert "Not verified yet" in reader.text

    for ending, kind in ((".md", "text/markdown"), (".json", "application/json")):
        taken = reader.client.get(f"{library['runbook'].url}download{ending}")
        assert taken.status_code == 200
        assert taken["Content-Type"].startswith(kind)


def test_finds_an_answer_as_itself(library, visitor) -> None:
    reader = visitor().open("/search/?q=newest+backup+old")
    reader.click("How old is the newest backup?")
    assert reader.one("h1").get_text(strip=True) == "How old is the newest backup?"


def test_says_that_something_is_wrong_and_the_owner_hears_of_it(library, visitor) -> None:
    reader = visitor().open(library["runbook"].url)
    form = reader.one("form.feedback__form")
    reader.send(form["action"], sort="suggestion", text="Name the bucket.", website="")
    assert "Thank you" in reader.text
    (letter,) = mail.outbox
    assert letter.to == [library["owner"].email]
    assert "Name the bucket." in letter.body
    assert reader.click("Back to the artifact").status == 200


def test_fills_a_template(library, visitor) -> None:
    reader = visitor().open(library["template"].url).click("Fill in this template")
    form = reader.one("main form")
    reader.send(form["action"], service="")
    assert "Service" in reader.one("[role=alert]").get_text()
    reader.send(form["action"], service="Billing")
    assert "Incident in Billing" in reader.text


def test_learns_nothing_of_what_is_closed_at_any_door(library, visitor) -> None:
    hidden = library["hidden"]
    reader = visitor()
    doors = [
        "/",
        "/board/",
        hidden.url,
        f"{hidden.url}download.md",
        f"{hidden.url}download.json",
        f"{hidden.url}?version=1.0",
        "/board/download.zip",
        "/search/?q=merger",
        "/search/suggest/?q=merg",
        "/api/v1/search/?q=merger",
        "/kinds/guide/",
        "/feeds/latest.atom",
        "/sitemap.xml",
        "/llms.txt",
    ]
    for door in doors:
        answer = reader.client.get(door)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        # The way to the login bears the address that was asked.
        for asked in (door, quote(door)):
            body = body.replace(asked.encode(), b"")
        for word in (b"Secret merger", b"Board papers", b"/board/merger/"):
            assert word not in body, (door, word)

    insider = visitor("ines")
    assert insider.open(hidden.url).status == 200
    assert "Secret merger plan" in insider.open("/search/?q=merger").text


def test_is_answered_in_words_whatever_is_typed(library, visitor) -> None:
    reader = visitor()
    for address in (
        "/search/?q=" + "a" * 10_000,
        '/search/?q="((',
        "/search/?q=AND+OR+*",
        "/search/?page=-1",
        "/search/?page=99999",
        "/search/?kind=unknown",
        "/search/?q=%00",
        "/kinds/unknown/",
        "/no/such/page/",
    ):
        answer = reader.open(address)
        assert answer.status < 500, address
        assert answer.one("header.site-header"), address
