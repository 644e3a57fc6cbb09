from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_lib.metrics.blocks import GoalsBlock, MetricsBlock
from templates_lib.metrics.sparkline import HEIGHT, MARGIN, WIDTH, sparkline
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    value_of,
    words,
)

REVIEW = {
    "name": "Code review cycle time",
    "unit": "hours",
    "comparison": "lt",
    "target": "4",
    "actual": "3.20",
    "source": "Merge requests",
    "formula": "median(merged - opened)",
    "why": "A slow review stops the next piece of work.",
    "history": [{"period": "July", "value": "5.1"}, {"period": "August", "value": "3.2"}],
}


def tile(**changes):
    return soup(render(MetricsBlock(), {"metrics": [REVIEW | changes]}))


def test_a_tile_shows_actual_target_reason_formula_and_source():
    shown = words(str(tile()))
    for piece in (
        "Code review cycle time 3.2 hours Target met Target: less than 4 hours",
        "A slow review stops the next piece of work.",
        "Formula: median(merged - opened)",
        "Source: Merge requests",
    ):
        assert piece in shown


@pytest.mark.parametrize(
    ("comparison", "target", "actual", "badge"),
    [
        ("lt", "4", "4", "Target missed"),
        ("le", "4", "4", "Target met"),
        ("gt", "90", "90", "Target missed"),
        ("ge", "90", "90", "Target met"),
        ("eq", "100", "100.0", "Target met"),
        ("lt", "4", "0", "Target met"),
        ("lt", "4", None, "Not measured yet"),
    ],
)
def test_the_state_of_a_metric_is_told_in_words(comparison, target, actual, badge):
    html = tile(comparison=comparison, target=target, actual=actual)
    assert html.select_one(".badge").get_text() == badge


def test_a_metric_whose_target_is_not_set_is_neither_met_nor_missed():
    assert not tile(target=None).select(".badge")


def test_the_trend_is_drawn_and_told():
    html = tile()
    line = html.find("polyline")
    assert line["points"] == "3.0,3.0 117.0,29.0"
    assert line["stroke"] == "currentColor"
    assert html.find("svg")["aria-hidden"] == "true"
    assert words(str(html.find("figcaption"))) == "Getting better July: 5.1, August: 3.2"


@pytest.mark.parametrize(
    ("comparison", "target", "values", "direction"),
    [
        ("lt", "4", ["3", "5"], "Getting worse"),
        ("ge", "4", ["3", "5"], "Getting better"),
        ("eq", "4", ["9", "5"], "Getting better"),
        ("eq", "4", ["4", "5"], "Getting worse"),
        ("eq", "4", ["3", "5"], "Steady"),
        ("lt", "4", ["3", "9", "3"], "Steady"),
    ],
)
def test_the_direction_is_seen_from_the_target(comparison, target, values, direction):
    history = [{"period": str(n), "value": value} for n, value in enumerate(values)]
    html = tile(comparison=comparison, target=target, history=history)
    assert html.select_one("figcaption strong").get_text() == direction


def test_one_figure_makes_no_trend():
    assert not tile(history=REVIEW["history"][:1]).find("svg")
    assert not tile(history=[]).find("svg")


def test_metrics_in_markdown():
    assert markdown(MetricsBlock(), {"metrics": [REVIEW, {**REVIEW, "actual": None}]}) == (
        "## Metrics\n"
        "\n"
        "### Code review cycle time\n"
        "\n"
        "- **Target:** less than 4 hours\n"
        "- **Actual:** 3.2 hours (met)\n"
        "- **Trend:** Getting better (July: 5.1, August: 3.2)\n"
        "- **Why it matters:** A slow review stops the next piece of work.\n"
        "- **Formula:** median(merged - opened)\n"
        "- **Source:** Merge requests\n"
        "\n"
        "### Code review cycle time\n"
        "\n"
        "- **Target:** less than 4 hours\n"
        "- **Actual:** not measured yet\n"
        "- **Trend:** Getting better (July: 5.1, August: 3.2)\n"
        "- **Why it matters:** A slow review stops the next piece of work.\n"
        "- **Formula:** median(merged - opened)\n"
        "- **Source:** Merge requests"
    )


def test_a_metric_needs_a_target():
    raw = {"metrics": [REVIEW | {"target": None}]}
    assert error_codes(MetricsBlock(), raw) == {"metrics.0.target": "required"}
    assert draft_error_codes(MetricsBlock(), raw) == {}
    assert error_codes(MetricsBlock(), {"metrics": [REVIEW]}) == {}


def test_a_draft_with_blank_figures_is_shown():
    html = tile(actual=None, target=None, history=[{"period": "", "value": None}] * 3)
    assert "Not measured yet" in words(str(html))
    assert not html.find("svg")


@given(st.lists(st.decimals(-10_000, 10_000, places=2), min_size=2, max_size=40))
def test_a_trend_stays_inside_its_picture(values):
    drawn = sparkline(values)
    spots = [tuple(map(float, spot.split(","))) for spot in drawn.points.split(" ")]
    assert len(spots) == len(values)
    assert all(MARGIN <= x <= WIDTH - MARGIN for x, _y in spots)
    assert all(MARGIN <= y <= HEIGHT - MARGIN for _x, y in spots)
    assert [x for x, _y in spots] == sorted(x for x, _y in spots)
    # What is higher stands higher, as far as a tenth of a pixel shows it.
    highest, lowest = values.index(max(values)), values.index(min(values))
    assert spots[highest][1] <= spots[lowest][1]
    assert spots[-1] == (drawn.last_x, drawn.last_y)


def test_equal_figures_make_a_level_line():
    assert sparkline([Decimal(5), Decimal(5)]).points == f"3.0,{HEIGHT / 2} 117.0,{HEIGHT / 2}"


class _Page:
    pk = 3


GOALS = {
    "goals": [
        {"goal": "Live the next day", "workflow_name": "Release", "metric": "Lead time"},
        {"goal": "Nobody is woken", "metric": "Change failure rate"},
    ]
}


def test_a_goal_leads_to_its_workflow_and_its_metric():
    value = value_of(GoalsBlock(), GOALS)
    value["goals"][1]["workflow"] = _Page()
    with rendering(RenderContext(pages={3: LinkTarget("/operations/rollback/", "Roll back")})):
        page = soup(str(GoalsBlock().render(value, context={})))
        written = GoalsBlock().as_markdown(value)
    rows = page.select("tbody tr")
    assert words(str(rows[0])) == "Live the next day Release Lead time"
    assert rows[1].find("a")["href"] == "/operations/rollback/"
    assert written == (
        "## Goals\n"
        "\n"
        "| Goal | Workflow | Metric |\n"
        "| --- | --- | --- |\n"
        "| Live the next day | Release | Lead time |\n"
        "| Nobody is woken | [Roll back](/operations/rollback/) | Change failure rate |"
    )


def test_a_workflow_that_the_reader_may_not_see_is_not_named():
    value = value_of(GoalsBlock(), {"goals": [{"goal": "Nobody is woken", "metric": "Rate"}]})
    value["goals"][0]["workflow"] = _Page()
    with rendering(RenderContext()):
        assert not soup(str(GoalsBlock().render(value, context={}))).find("a")


BLOCKS = [MetricsBlock(), GoalsBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
