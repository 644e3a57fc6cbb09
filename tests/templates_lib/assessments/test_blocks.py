"""Self-assessments by pillar."""

from templates_lib.assessments.blocks import AssessmentBlock
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

RAW = {
    "title": "How mature are we?",
    "scale_labels": ["Never", "Sometimes", "Always"],
    "pillars": [
        {
            "name": "Communication",
            "questions": [
                {"question": "Are decisions written down?", "help": "Count last week's."},
                {"question": "Do they arrive?", "help": ""},
            ],
            "low_score_below": "2.5",
            "low_score_pages": [],
        }
    ],
}


def changed(**fields):
    return {**RAW, "pillars": [{**RAW["pillars"][0], **fields}]}


def test_hostile_text_stays_text():
    assert_harmless(AssessmentBlock())


def test_each_question_has_the_whole_scale():
    page = soup(render(AssessmentBlock(), RAW, {"anchor": "check"}))
    assert page.h2.text == "How mature are we?"
    assert page.h3.text == "Communication"
    first, second = page.find_all("fieldset")
    assert first.legend.text == "Are decisions written down?"
    assert [words(str(label)) for label in first.find_all("label")] == [
        "1 Never",
        "2 Sometimes",
        "3 Always",
    ]
    assert {radio["name"] for radio in first.find_all("input")} == {"check-1-1"}
    assert {radio["name"] for radio in second.find_all("input")} == {"check-1-2"}
    assert page.find(class_="assessment__pillar")["data-low"] == "2.5"


def test_low_score_names_what_the_reader_may_see():
    block = AssessmentBlock()
    value = value_of(block, RAW)
    value["pillars"][0]["low_score_pages"] = [7, 8]
    target = LinkTarget(url="/operations/talk/", title="Clear communication")
    with rendering(RenderContext(pages={7: target})):
        page = soup(block.render(value))
        help_pages = page.find(class_="assessment__help-pages")
        assert words(str(help_pages)) == "With a mean below 2.5, begin with: Clear communication"
        assert [a["href"] for a in help_pages.find_all("a")] == ["/operations/talk/"]
        assert "- [Clear communication](/operations/talk/)" in block.as_markdown(value)
    with rendering(RenderContext()):
        assert not soup(block.render(value)).find(class_="assessment__help-pages")


def test_other_forms_hold_every_word():
    assert markdown(AssessmentBlock(), RAW) == (
        "## How mature are we?\n\n**Scale:** 1 Never, 2 Sometimes, 3 Always\n\n"
        "### Communication\n\n"
        "1. Are decisions written down?\n\n   Count last week's.\n2. Do they arrive?\n\n"
        "**A mean below this is low:** 2.5"
    )
    assert text(AssessmentBlock(), RAW).splitlines() == [
        "How mature are we?",
        "Never",
        "Sometimes",
        "Always",
        "Communication",
        "Are decisions written down?",
        "Count last week's.",
        "Do they arrive?",
    ]


def test_low_score_must_lie_on_the_scale():
    assert error_codes(AssessmentBlock(), changed(low_score_below="2.5")) == {}
    for low in ("0.5", "3.5"):
        assert error_codes(AssessmentBlock(), changed(low_score_below=low)) == {
            "pillars.0.low_score_below": "off_scale"
        }


def test_scale_has_two_to_seven_steps():
    assert "scale_labels" in error_codes(AssessmentBlock(), {**RAW, "scale_labels": ["One"]})
    eight = [str(number) for number in range(8)]
    assert "scale_labels" in error_codes(AssessmentBlock(), {**RAW, "scale_labels": eight})


def test_draft_may_lack_its_scale_and_questions():
    assert draft_error_codes(AssessmentBlock(), {**RAW, "scale_labels": []}) == {}
    assert draft_error_codes(AssessmentBlock(), changed(questions=[], low_score_below=None)) == {}


def test_example_of_the_picker_reads_well():
    assert "Do decisions reach everybody" in render_preview(AssessmentBlock())
