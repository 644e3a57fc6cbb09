"""Signals to watch for, and common mistakes."""

import pytest

from templates_lib.rendering import LinkTarget, RenderContext, rendering
from templates_lib.signals.blocks import PitfallsBlock, SignalsBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

SIGNALS = {
    "purpose": "under_use",
    "signals": [
        {"signal": "Nobody opened it", "meaning": "It is not known.", "response": "Drill once."}
    ],
}
MISTAKE = {
    "mistake": "Two steps in one",
    "consequence": "Old code, new schema",
    "remedy": "Expand first.",
}


@pytest.mark.parametrize("block", [PitfallsBlock(), SignalsBlock()], ids=type)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


@pytest.mark.parametrize(
    ("purpose", "heading"),
    [
        ("adoption", "Signals of adoption"),
        ("under_use", "Signals of under-use"),
        ("readiness", "Signals of readiness"),
        ("misconfiguration", "Signals of misconfiguration"),
    ],
)
def test_heading_says_what_the_signals_are_of(purpose, heading):
    assert soup(render(SignalsBlock(), {**SIGNALS, "purpose": purpose})).h2.text == heading
    titled = {**SIGNALS, "title": "Watch out", "purpose": purpose}
    assert soup(render(SignalsBlock(), titled)).h2.text == "Watch out"


def test_signal_has_a_meaning_and_a_response():
    page = soup(render(SignalsBlock(), SIGNALS))
    assert [th.text for th in page.thead.find_all("th")] == [
        "Signal",
        "What it means",
        "What to do",
    ]
    assert words(str(page.tbody)) == "Nobody opened it It is not known. Drill once."
    assert markdown(SignalsBlock(), SIGNALS) == (
        "## Signals of under-use\n\n"
        "| Signal | What it means | What to do |\n| --- | --- | --- |\n"
        "| Nobody opened it | It is not known. | Drill once. |"
    )
    assert "Drill once." in text(SignalsBlock(), SIGNALS)


def test_column_that_nobody_filled_is_left_out():
    raw = {
        "purpose": "adoption",
        "signals": [{"signal": "Used daily", "meaning": "", "response": ""}],
    }
    assert [th.text for th in soup(render(SignalsBlock(), raw)).thead.find_all("th")] == ["Signal"]


def test_mistake_without_a_remedy_is_flagged():
    raw = {"pitfalls": [MISTAKE, {"mistake": "No backup"}]}
    page = soup(render(PitfallsBlock(), raw))
    assert page.h2.text == "Common mistakes"
    assert [flag.text for flag in page.find_all(class_="flag")] == ["No remedy named."]
    assert "No backup" in page.find(class_="flag").parent.text
    assert "No backup<br>*No remedy named.*" in markdown(PitfallsBlock(), raw)


def test_remedy_may_be_a_page():
    block = PitfallsBlock()
    value = value_of(block, {"pitfalls": [{"mistake": "No backup"}]})
    value["pitfalls"][0]["remedy_page"] = 7
    target = LinkTarget(url="/operations/backup/", title="Backup runbook")
    with rendering(RenderContext(pages={7: target})):
        page = soup(block.render(value))
        assert page.tbody.a["href"] == "/operations/backup/"
        assert not page.find(class_="flag")
        assert "[Backup runbook](/operations/backup/)" in block.as_markdown(value)


def test_first_words_are_required():
    assert error_codes(SignalsBlock(), {**SIGNALS, "signals": [{}]}) == {
        "signals.0.signal": "required"
    }
    assert error_codes(PitfallsBlock(), {"pitfalls": [{}]}) == {"pitfalls.0.mistake": "required"}


def test_examples_of_the_picker_read_well():
    assert "Nobody opened the runbook" in render_preview(SignalsBlock())
    assert "Expand first" in render_preview(PitfallsBlock())
