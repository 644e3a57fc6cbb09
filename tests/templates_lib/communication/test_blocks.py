"""The communication matrix and messages that begin with the conclusion."""

import pytest

from templates_lib.communication.blocks import BlufBlock, CommunicationMatrixBlock
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

MATRIX = {
    "rows": [
        {
            "purpose": "Urgent alerts",
            "channel": "Chat",
            "response_time": "10 minutes",
            "owner_role": "Duty engineer",
        },
        {"purpose": "Documents", "channel": "Wiki", "response_time": "2 days"},
        {"purpose": "Questions", "channel": "Chat", "response_time": "4 hours"},
    ]
}
MESSAGE = {
    "bottom_line": "We move the release to Thursday.",
    "background": "Two tests fail.\n\nOnly on the new database.",
    "request": "Tell your customers",
    "deadline": "16:00 UTC",
}


@pytest.mark.parametrize("block", [BlufBlock(), CommunicationMatrixBlock()], ids=type)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


def test_matrix_is_a_table_with_purposes_as_row_heads():
    page = soup(render(CommunicationMatrixBlock(), MATRIX))
    assert page.h2.text == "Communication matrix"
    assert [th.text for th in page.thead.find_all("th")] == [
        "Purpose",
        "Channel",
        "Answer within",
        "Owner",
    ]
    assert [words(str(th)) for th in page.tbody.find_all("th", scope="row")] == [
        "Urgent alerts",
        "Documents",
        "Questions",
    ]
    assert page.tbody.tr.find_all("td")[0]["data-label"] == "Channel"


def test_matrix_offers_each_channel_once_and_hides_the_filter_without_scripts():
    page = soup(render(CommunicationMatrixBlock(), MATRIX, {"anchor": "talk"}))
    assert [option.text for option in page.find_all("option")] == ["All channels", "Chat", "Wiki"]
    assert page.find(class_="matrix__filter").has_attr("hidden")
    assert page.find("label")["for"] == page.find("select")["id"] == "talk-channel"


def test_matrix_of_one_channel_has_no_filter():
    assert not soup(render(CommunicationMatrixBlock(), {"rows": MATRIX["rows"][:1]})).find("select")


def test_matrix_as_markdown_and_text():
    assert markdown(CommunicationMatrixBlock(), {"rows": MATRIX["rows"][1:2]}) == (
        "## Communication matrix\n\n"
        "| Purpose | Channel | Answer within |\n| --- | --- | --- |\n| Documents | Wiki | 2 days |"
    )
    assert "Duty engineer" in text(CommunicationMatrixBlock(), MATRIX)


def test_matrix_needs_purpose_channel_and_time():
    assert error_codes(CommunicationMatrixBlock(), {"rows": [{}]}) == {
        "rows.0.purpose": "required",
        "rows.0.channel": "required",
        "rows.0.response_time": "required",
    }


def test_message_begins_with_its_conclusion():
    page = soup(render(BlufBlock(), MESSAGE))
    assert page.h2.text == "Bottom line up front"
    assert words(str(page.find(class_="bluf"))) == (
        "We move the release to Thursday. Two tests fail. Only on the new database. "
        "What is asked: Tell your customers By when: 16:00 UTC"
    )
    assert markdown(BlufBlock(), MESSAGE) == (
        "## Bottom line up front\n\n**We move the release to Thursday.**\n\n"
        "Two tests fail.\n\nOnly on the new database.\n\n"
        "**What is asked:** Tell your customers\n\n**By when:** 16:00 UTC"
    )
    assert "16:00 UTC" in text(BlufBlock(), MESSAGE)


def test_message_may_be_its_bottom_line_alone():
    raw = {"bottom_line": "No release today.", "background": "", "request": "", "deadline": ""}
    assert words(render(BlufBlock(), raw)) == "Bottom line up front No release today."
    assert error_codes(BlufBlock(), raw) == {}
    assert error_codes(BlufBlock(), {**raw, "bottom_line": ""}) == {"bottom_line": "required"}


def test_examples_of_the_picker_read_well():
    assert "Urgent alerts" in render_preview(CommunicationMatrixBlock())
    assert "Thursday" in render_preview(BlufBlock())
