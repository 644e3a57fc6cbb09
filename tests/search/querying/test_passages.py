"""Passages are escaped; only the mark is markup."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.text import Form, Term, Text, parse
from search.querying.passages import passage
from tests.search.helpers import artifact, find

HOSTILE = '<img src=x onerror="alert(1)"> & <mark>fake</mark> <script>alert(2)</script>'


@given(st.text(), st.text())
def test_nothing_but_the_mark_is_markup(text, query):
    found = passage(text, parse(query))
    assert not re.search(r"[<>\"']", re.sub(r"</?mark>", "", found))


def test_words_are_marked_in_their_other_forms():
    found = passage("We deployed the services twice.", parse("deploying service"))
    assert found == "We <mark>deployed</mark> the <mark>services</mark> twice."


def test_the_densest_place_is_shown():
    text = "rollback " + "filler " * 100 + "the rollback plan of the release " + "filler " * 100
    found = passage(text, parse("rollback plan release"))
    assert "<mark>plan</mark>" in found
    assert found.startswith("…")
    assert found.endswith("…")


def test_the_small_words_of_an_expression_are_marked_in_it_only():
    text = understood("on call")
    assert passage("Hold on: who is on-call on Monday?", text) == (
        "Hold on: who is <mark>on-call</mark> on Monday?"
    )


def understood(query: str) -> Text:
    """As "on call" is understood where it is an expression."""
    begun = Form(query, begins=True)
    return replace(parse(query), wanted=(Term(query, phrase=True, others=(begun,)),))


def test_nothing_matches_nothing_is_shown():
    assert passage("Some text.", parse("zeppelin")) == ""
    assert passage("Some text.", parse("")) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["text", "bottom_line", "tags"])
def test_hostile_text_is_shown_as_text(ready, field):
    hostile = [f"rollback {HOSTILE}"[:90]] if field == "tags" else f"rollback {HOSTILE}"
    artifact("Plain", **{field: hostile})
    ready()
    hits = find("q=rollback").hits
    assert hits
    for shown in hits[0].passages:
        assert "<mark>rollback</mark>" in shown
        assert "<img" not in shown
        assert "<script" not in shown
        assert "<mark>fake" not in shown
    assert hits[0].passages
