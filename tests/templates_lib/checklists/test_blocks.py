from types import SimpleNamespace

from templates_lib.checklists.blocks import ChecklistBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    preview_of,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

BLOCK = ChecklistBlock()
RELEASE = {
    "title": "Before a release",
    "steps": [
        {"task": "Tell the duty engineer", "evidence": "note"},
        {
            "task": "Attach the report",
            "detail": "<p>The one of <b>today</b>.</p>",
            "evidence": "link",
            "optional": True,
        },
        {"task": "Press the button", "evidence": "none"},
    ],
}


def test_every_step_has_a_box_with_its_task_as_label():
    page = soup(render(BLOCK, RELEASE, {"anchor": "before-a-release"}))
    boxes = page.select("ol input[type=checkbox]")
    labels = [page.find("label", attrs={"for": box["id"]}).get_text() for box in boxes]
    assert labels == ["Tell the duty engineer", "Attach the report", "Press the button"]
    assert boxes[0]["id"] == "before-a-release-step-1"


def test_a_step_says_whether_it_may_be_skipped_and_what_proves_it():
    page = soup(render(BLOCK, RELEASE))
    said = [
        " ".join(page.find(id=box["aria-describedby"]).get_text().split())
        for box in page.select("input")
    ]
    assert said == ["mandatory, evidence: a note", "optional, evidence: a link", "mandatory"]
    assert [box.has_attr("data-mandatory") for box in page.select("input")] == [True, False, True]


def test_ticks_belong_to_the_page_the_part_and_the_version():
    context = {"page": SimpleNamespace(pk=12, version="1.4"), "anchor": "before-a-release"}
    root = soup(render(BLOCK, RELEASE, context)).select_one("[data-checklist]")
    assert root["data-checklist"] == "12:before-a-release:1.4"


def test_without_a_page_the_preview_has_a_key_too():
    root = soup(render_preview(BLOCK)).select_one("[data-checklist]")
    assert root["data-checklist"] == "preview:checklist:"


def test_progress_and_reset_wait_for_the_script():
    page = soup(render(BLOCK, RELEASE))
    state = page.select_one(".checklist__state")
    assert state.has_attr("hidden")
    assert state.select_one("[aria-live=polite]")["data-done"] == "{done} of {all} done"
    assert state.select_one("button").get_text() == "Start again"


def test_two_lists_on_a_page_share_no_id():
    html = render(BLOCK, RELEASE, {"anchor": "one"}) + render(BLOCK, RELEASE, {"anchor": "two"})
    ids = [tag["id"] for tag in soup(html).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_markdown_form_is_a_task_list():
    assert markdown(BLOCK, RELEASE) == (
        "## Before a release\n"
        "\n"
        "- [ ] Tell the duty engineer *(evidence: a note)*\n"
        "- [ ] Attach the report *(optional, evidence: a link)*\n"
        "\n"
        "  The one of **today**.\n"
        "- [ ] Press the button"
    )


def test_search_finds_the_words_of_the_steps_and_no_names_of_settings():
    found = text(BLOCK, RELEASE)
    for words_of_step in ("Before a release", "Press the button", "The one of today."):
        assert words_of_step in found
    assert "None" not in found


def test_a_list_that_may_be_skipped_as_a_whole_is_refused():
    raw = {"title": "Loose", "steps": [{"task": "Perhaps", "optional": True, "evidence": "none"}]}
    assert error_codes(BLOCK, raw) == {"steps": "all_optional"}
    assert error_codes(BLOCK, RELEASE) == {}


def test_a_task_is_needed_for_each_step():
    raw = {"title": "Blank", "steps": [{"task": ""}]}
    assert error_codes(BLOCK, raw) == {"steps.0.task": "required"}


def test_a_draft_may_be_unfinished():
    assert draft_error_codes(BLOCK, {"title": "", "steps": []}) == {}
    optional = {"title": "Loose", "steps": [{"task": "Perhaps", "optional": True}]}
    assert draft_error_codes(BLOCK, optional) == {}


def test_a_list_without_steps_is_refused():
    assert list(error_codes(BLOCK, {"title": "Empty", "steps": []})) == ["steps"]


def test_the_preview_shows_both_sorts_of_step():
    shown = words(render_preview(BLOCK))
    assert "mandatory" in shown
    assert "optional" in shown
    assert len(preview_of(BLOCK).mandatory) == 4


def test_an_unknown_kind_of_evidence_in_old_data_is_passed_over():
    value = value_of(BLOCK, {"title": "Old", "steps": [{"task": "Do it", "evidence": "photo"}]})
    assert value["steps"][0].evidence_label == ""


def test_hostile_values_are_shown_as_text():
    assert_harmless(BLOCK)
