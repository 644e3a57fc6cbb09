"""A few questions and answers inside an artifact."""

from templates_lib.faq.blocks import FaqBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    words,
)

RAW = {
    "entries": [
        {"question": "Who may stop a release?", "answer": "<p>Anyone <b>on duty</b>.</p>"},
        {"question": "And at night?", "answer": "<p>The same.</p>"},
    ]
}


def test_hostile_text_stays_text():
    assert_harmless(FaqBlock())


def test_each_question_opens_to_its_answer():
    page = soup(render(FaqBlock(), RAW))
    assert page.h2.text == "Questions and answers"
    assert [summary.text for summary in page.find_all("summary")] == [
        "Who may stop a release?",
        "And at night?",
    ]
    assert words(str(page.find(class_="faq__answer"))) == "Anyone on duty ."


def test_other_forms_hold_every_word():
    assert markdown(FaqBlock(), RAW) == (
        "## Questions and answers\n\n### Who may stop a release?\n\nAnyone **on duty**.\n\n"
        "### And at night?\n\nThe same."
    )
    assert text(FaqBlock(), RAW).splitlines()[1:] == [
        "Who may stop a release?",
        "Anyone on duty.",
        "And at night?",
        "The same.",
    ]


def test_question_and_answer_belong_together():
    raw = {"entries": [{"question": "Why?", "answer": ""}, {"question": "", "answer": "<p>x</p>"}]}
    assert error_codes(FaqBlock(), raw) == {
        "entries.0.answer": "required",
        "entries.1.question": "required",
    }


def test_example_of_the_picker_reads_well():
    assert "Anyone on duty" in render_preview(FaqBlock())
