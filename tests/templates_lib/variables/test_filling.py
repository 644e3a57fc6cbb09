"""Answers reach the document as they were typed, wherever their placeholder stands."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_lib.markdown.render import render
from templates_lib.variables.filling import fill

ATTACKS = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/pixel.png)",
    "**bold** _it_ ~~gone~~",
    "# Heading",
    "1. one",
    "- one",
    "+ one",
    "---",
    "===",
    "> quote",
    "| a | b |",
    "`code`",
    "```\nfence",
    "~~~",
    "&lt;b&gt; &amp;",
    "a \\* b",
    "{{ service }}",
]


def page(source, **answers):
    return BeautifulSoup(render(fill(source, answers)), "html.parser")


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("{{ a }}", ["p"]),
        ("Before {{ a }} after", ["p"]),
        ("- {{ a }}", ["ul", "li"]),
        ("## {{ a }}", ["h2"]),
        ("`{{ a }}`", ["p", "code"]),
        ("```\n{{ a }}\n```", ["pre", "code"]),
        ("~~~bash\necho {{ a }}\n~~~", ["pre", "code"]),
    ],
)
def test_an_answer_cannot_become_markup(source, tags, attack):
    shown = page(source, a=attack)
    found = [tag.name for tag in shown.find_all(True) if tag.name not in ("br", "span")]
    assert found == tags
    said = " ".join(shown.get_text().split())
    typed = " ".join(attack.split())
    assert typed in said or typed.replace("`", "'") in said


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_answer_stays_in_its_cell(attack):
    shown = page("| a | b |\n| --- | --- |\n| {{ a }} | x |\n| y | z |", a=attack)
    assert [len(row.find_all("td")) for row in shown.select("tbody tr")] == [2, 2]
    assert " ".join(shown.td.get_text().split()) == " ".join(attack.split())


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_reads_the_same(answer):
    shown = page("Before {{ a }} after", a=answer)
    typed = " ".join(answer.split()) or "_____"
    assert " ".join(shown.get_text().split()) == " ".join(f"Before {typed} after".split())
    assert [tag.name for tag in shown.find_all(True)] == ["p"]


@given(st.text(st.sampled_from("-+*_=#>|`~&;<>[]()!1.) \n\\ab{}:"), min_size=1, max_size=25))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_alone_makes_paragraphs_only(answer):
    shown = page("{{ a }}", a=answer)
    assert {tag.name for tag in shown.find_all(True)} <= {"p", "br"}
    typed = "".join(answer.split()) or "_____"
    assert "".join(shown.get_text().split()) == typed


def test_alone_an_answer_keeps_its_lines_and_paragraphs():
    assert fill("Impact:\n\n{{ a }}\n\nEnd", {"a": "one\r\ntwo\n\n\nthree"}) == (
        "Impact:\n\none  \ntwo\n\nthree\n\nEnd"
    )


def test_among_words_an_answer_is_one_line():
    assert fill("# {{ a }}, {{b}}", {"a": "one\ntwo", "b": "three"}) == "# one two, three"


def test_an_answer_under_a_list_entry_stays_there():
    shown = page("- Impact\n\n  {{ a }}\n- Next", a="one\n\ntwo")
    assert [p.get_text() for p in shown.select("li:first-child p")] == ["Impact", "one", "two"]
    assert len(shown.find_all("li")) == 2


def test_code_shows_an_answer_without_escapes():
    source = "Run `kubectl get {{ a }}`:\n\n```bash\nkubectl get {{ a }}\n```\n\n{{ a }}"
    assert fill(source, {"a": "my_app*"}) == (
        "Run `kubectl get my_app*`:\n\n```bash\nkubectl get my_app*\n```\n\nmy\\_app\\*"
    )


def test_code_keeps_the_lines_of_an_answer_and_is_not_ended_by_it():
    assert fill("```\n{{ a }}\n```", {"a": "one\n```\n  two"}) == "```\none\n    ```\n  two\n```"


def test_after_the_code_answers_are_text_again():
    assert fill("````\n```\n{{ a }}\n````\n{{ a }}", {"a": "a*b"}) == (
        "````\n```\na*b\n````\na\\*b"
    )


def test_ticks_within_a_line_open_no_code_block():
    assert fill("```{{ a }}```\n{{ a }}", {"a": "a*b"}) == "```a*b```\na\\*b"


def test_an_empty_answer_is_a_line_to_write_on():
    assert fill("By {{ a }}", {"a": ""}) == "By \\_\\_\\_\\_\\_"
    assert fill("{{ a }}", {"a": ""}) == "\\_\\_\\_\\_\\_"
    assert fill("`{{ a }}`", {"a": ""}) == "`_____`"


def test_what_is_no_key_of_the_answers_stays_as_it_is():
    source = "{{ .Values.image }} and {{ other }}\n\n{{ other }}"
    assert fill(source, {"a": "x"}) == source


def test_an_answer_is_not_filled_again():
    assert fill("{{ a }} {{ b }}", {"a": "{{ b }}", "b": "x"}) == "{{ b }} x"
