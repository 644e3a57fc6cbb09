"""What the scripts of blocks add, seen by a reader."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from templates_lib.assessments.blocks import AssessmentBlock
from templates_lib.communication.blocks import CommunicationMatrixBlock
from templates_lib.faq.blocks import FaqBlock
from templates_lib.prose.blocks import CodeBlock, DiagramBlock
from tests.templates_lib.browser.pages import page_with

pytestmark = pytest.mark.browser

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
DIAGRAM = {
    "title": "From change to release",
    "source": "flowchart LR\n  Change --> Review\n  Review --> Release",
    "description": "A change is reviewed and then released.",
}
CODE = {"language": "python", "caption": "", "source": "if a < b:\n    print('<b>')"}
MATRIX = {
    "rows": [
        {"purpose": "Alerts", "channel": "Chat", "response_time": "10 minutes"},
        {"purpose": "Documents", "channel": "Wiki", "response_time": "2 days"},
    ]
}
ASSESSMENT = {
    "title": "How mature are we?",
    "scale_labels": ["Never", "Sometimes", "Always"],
    "pillars": [
        {
            "name": "Communication",
            "questions": [{"question": "Written?", "help": ""}, {"question": "Read?", "help": ""}],
            "low_score_below": "2.5",
        }
    ],
}


def drawing_of(page: Page):
    return page.frame_locator(".diagram__frame").locator("svg")


def test_diagram_is_drawn_and_its_text_folded_away(show):
    page = show(DiagramBlock(), DIAGRAM)
    expect(drawing_of(page)).to_contain_text("Release", timeout=20_000)
    expect(page.locator(".diagram__text")).not_to_have_attribute("open", "")
    expect(page.locator(".diagram__note")).to_be_hidden()
    frame = page.locator(".diagram__frame")
    expect(frame).to_have_attribute("title", "From change to release")
    expect(frame).to_have_attribute("sandbox", "allow-scripts")
    assert 20 < frame.bounding_box()["height"] < 400
    page.locator(".diagram__text summary").click()
    expect(page.locator(".diagram__text code")).to_have_text(DIAGRAM["source"])


def test_diagram_with_a_fault_shows_its_text(show):
    page = show(DiagramBlock(), {**DIAGRAM, "source": "flowchart LR\n  Change -->"})
    expect(page.locator(".diagram__note")).to_be_visible(timeout=20_000)
    expect(page.locator(".diagram__text code")).to_be_visible()
    expect(page.locator(".diagram__frame")).to_have_count(0)


HOSTILE_SOURCES = [
    'flowchart LR\n  A["<img src=x onerror=alert(1)>"] --> B',
    'flowchart LR\n  A --> B\n  click A href "javascript:alert(1)"',
    "%%{init: {'securityLevel': 'loose', 'htmlLabels': true}}%%\nflowchart LR\n"
    "  A[\"<b onclick='alert(1)'>x</b>\"] --> B",
    "---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n---\nflowchart LR\n"
    '  A["<iframe src=javascript:alert(1)></iframe>"] --> B',
]


def test_hostile_diagrams_run_nothing(show_anyway):
    # The browser may complain: Mermaid measures labels as HTML, and the policy stops their handlers.
    page = show_anyway(DiagramBlock(), *({**DIAGRAM, "source": one} for one in HOSTILE_SOURCES))
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for figure in page.locator(".diagram").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".diagram__frame[height], .diagram__note:not([hidden])").first.wait_for()
    assert len(page.frames) > 1
    for frame in page.frames[1:]:
        assert not frame.query_selector_all("img, iframe, script:not([src]), [onclick], [onerror]")
        links = frame.evaluate("[...document.querySelectorAll('a')].map((a) => a.outerHTML).join()")
        assert "javascript:" not in links


def test_frame_reaches_nothing_of_the_page(show):
    page = show(DiagramBlock(), DIAGRAM)
    expect(drawing_of(page)).to_be_visible(timeout=20_000)
    frame = page.frames[1]
    assert frame.evaluate("self.origin") == "null"
    assert (
        frame.evaluate("(() => { try { return parent.document.title } catch { return 'no' } })()")
        == "no"
    )


def test_diagram_follows_the_readers_theme(show):
    page = show(DiagramBlock(), DIAGRAM)
    expect(drawing_of(page)).to_be_visible(timeout=20_000)
    root = page.frame_locator(".diagram__frame").locator("html")
    expect(root).to_have_css("color-scheme", "light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(root).to_have_css("color-scheme", "dark")


def diagrams_of_the_demo():
    for path in sorted(DEMO.glob("*/*.yaml")):
        parts = yaml.safe_load(path.read_text(encoding="utf-8")).get("body") or []
        yield from (part["diagram"] for part in parts if "diagram" in part)


def test_every_diagram_of_the_demo_is_drawn(show):
    page = show(DiagramBlock(), *diagrams_of_the_demo())
    assert page.locator(".diagram").count() > 0
    for figure in page.locator(".diagram").all():
        figure.scroll_into_view_if_needed()
        expect(figure).to_contain_class("diagram--drawn", timeout=20_000)


def test_code_is_copied_with_one_press(show, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = show(CodeBlock(), CODE)
    button = page.get_by_role("button", name="Copy")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == CODE["source"]
    expect(page.get_by_role("button", name="Copy")).to_be_visible(timeout=5_000)


def test_matrix_is_narrowed_to_a_channel(show):
    page = show(CommunicationMatrixBlock(), MATRIX)
    page.get_by_label("Show channel").select_option("Wiki")
    expect(page.get_by_role("row", name="Alerts")).to_be_hidden()
    expect(page.get_by_role("row", name="Documents")).to_be_visible()
    page.get_by_label("Show channel").select_option("All channels")
    expect(page.get_by_role("row", name="Alerts")).to_be_visible()


def test_assessment_tells_the_mean_once_all_is_answered(show):
    page = show(AssessmentBlock(), ASSESSMENT)
    page.get_by_label("1 Never").first.check()
    expect(page.locator(".assessment__result")).to_be_hidden()
    page.get_by_label("3 Always").last.check()
    expect(page.locator(".assessment__result")).to_have_text("Mean 2.0: low.")
    page.get_by_label("3 Always").first.check()
    expect(page.locator(".assessment__result")).to_have_text("Mean 3.0: no need to act.")


def test_blocks_work_without_scripts(browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    faq = {"entries": [{"question": "Why?", "answer": "<p>Because.</p>"}]}
    page.set_content(page_with(DiagramBlock(), DIAGRAM) + page_with(FaqBlock(), faq))
    assert page.get_by_text("Review --> Release").is_visible()
    page.get_by_text("Why?").click()
    assert page.get_by_text("Because.").is_visible()
    context.close()
