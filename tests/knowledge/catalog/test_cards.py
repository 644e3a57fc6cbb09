"""A card shows what people wrote as they wrote it, and says what is no longer in force."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils.safestring import SafeString

from knowledge.catalog.selectors.cards import Card
from knowledge.catalog.templatetags.cards import artifact_card

EVIL = "<script>alert('x')</script> & \"more\""
CARD = Card(
    id=1,
    url="/a/?one=1&two=2",
    title=EVIL,
    bottom_line=EVIL,
    kind="guide",
    kind_label="Guide",
    trust_state="verified",
    trust_label="Verified",
    effort_label="2 hours",
    maturity_label="Maturity 3, Defined",
    proved_on=date(2026, 1, 5),
)


def soup(card: Card) -> BeautifulSoup:
    return BeautifulSoup(artifact_card(card), "html.parser")


def test_words_of_people_are_shown_and_not_run() -> None:
    shown = soup(
        replace(CARD, passages=(SafeString("a <mark>b</mark>"),), section=EVIL, section_url="/a/#b")
    )
    assert shown.find("script") is None
    assert shown.select_one(".card__link").text == EVIL
    assert shown.select_one(".card__line").text == EVIL
    assert shown.select_one(".card__section").text == f"Under “{EVIL}”"
    assert shown.select_one(".card__passage mark").text == "b"
    assert shown.select_one(".card__link")["href"] == CARD.url


def test_the_line_with_marks_stands_in_the_place_of_the_plain_one() -> None:
    shown = soup(replace(CARD, marked_line=SafeString("the <mark>word</mark>")))
    assert shown.select_one(".card__line").decode_contents() == "the <mark>word</mark>"


def test_facts_are_told_where_there_are_any() -> None:
    assert [one.text for one in soup(CARD).select(".card__fact")] == [
        "Run with success 5 Jan 2026",
        "Effort: 2 hours",
        "Maturity 3, Defined",
    ]
    bare = soup(replace(CARD, effort_label="", maturity_label="", proved_on=None))
    assert bare.select(".card__fact") == []
    assert bare.select_one(".trust--verified").text == "Verified"


@pytest.mark.parametrize(
    ("state", "retired"), [("verified", False), ("superseded", True), ("archived", True)]
)
def test_what_is_retired_looks_so(state: str, retired: bool) -> None:
    assert bool(soup(replace(CARD, trust_state=state)).select(".card--retired")) is retired
