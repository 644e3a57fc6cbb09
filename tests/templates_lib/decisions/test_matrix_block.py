import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_lib.decisions.blocks import DecisionMatrixBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    preview_of,
    render,
    render_preview,
    soup,
    value_of,
    words,
)

BLOCK = DecisionMatrixBlock()


def scores(**given_scores):
    return [{"criterion": name, "score": score} for name, score in given_scores.items()]


def matrix(**changes):
    return {
        "title": "Which interface?",
        "scale_max": 5,
        "criteria": [
            {"name": "Effort", "weight": "1", "help": "5 is least."},
            {"name": "Fit", "weight": "3"},
        ],
        "options": [
            {"name": "REST", "scores": scores(Effort="4", Fit="3")},
            {"name": "GraphQL", "scores": scores(Fit="5", Effort="2.5")},
        ],
    } | changes


def test_options_are_ranked_by_their_weighted_scores():
    ranking = value_of(BLOCK, matrix()).ranking
    assert [(one.name, one.total_words, one.is_best) for one in ranking] == [
        ("GraphQL", "4.38", True),
        ("REST", "3.25", False),
    ]


def test_equal_options_are_both_best_in_the_editors_order():
    even = matrix(
        options=[
            {"name": "One", "scores": scores(Effort="2", Fit="2")},
            {"name": "Two", "scores": scores(Effort="2", Fit="2")},
        ]
    )
    assert [(one.name, one.is_best) for one in value_of(BLOCK, even).ranking] == [
        ("One", True),
        ("Two", True),
    ]


def test_the_table_shows_the_score_first_and_then_what_it_is_made_of():
    page = soup(render(BLOCK, matrix()))
    heads = [" ".join(th.get_text(" ").split()) for th in page.select("thead th")]
    assert heads == ["Option", "Weighted score", "Effort weight 1", "Fit weight 3"]
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.select("tbody tr")
    ]
    assert rows == [["GraphQL", "4.38 best", "2.5", "5"], ["REST", "3.25", "4", "3"]]
    assert "Effort 5 is least." in words(str(page))


def test_reasons_stand_with_their_scores():
    raw = matrix()
    raw["options"][0]["scores"][0]["reason"] = "Known to all"
    assert "4 Known to all" in words(render(BLOCK, raw))
    assert "4: Known to all" in markdown(BLOCK, raw)


def test_a_matrix_in_markdown():
    assert markdown(BLOCK, matrix()) == (
        "## Which interface?\n"
        "\n"
        "| Option | Effort (weight 1) | Fit (weight 3) | Weighted score |\n"
        "| --- | --- | --- | --- |\n"
        "| GraphQL | 2.5 | 5 | **4.38** |\n"
        "| REST | 4 | 3 | 3.25 |\n"
        "\n"
        "- **Effort:** 5 is least."
    )


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (scores(Effort="4"), {"options.0.scores": "missing_score"}),
        (
            [*scores(Effort="4", Fit="3"), *scores(Fit="1")],
            {"options.0.scores.2.criterion": "duplicate_score"},
        ),
        (
            scores(Effort="4", Fit="3", Price="1"),
            {"options.0.scores.2.criterion": "unknown_criterion"},
        ),
        (scores(Effort="5.5", Fit="3"), {"options.0.scores.0.score": "off_scale"}),
        (scores(Effort="-1", Fit="3"), {"options.0.scores.0.score": "min_value"}),
        (
            scores(Effort="9"),
            {"options.0.scores.0.score": "off_scale", "options.0.scores": "missing_score"},
        ),
    ],
    ids=["missing", "twice", "unknown", "above", "below", "two faults"],
)
def test_every_option_is_scored_once_by_every_criterion(options, codes):
    assert error_codes(BLOCK, matrix(options=[{"name": "REST", "scores": options}])) == codes


def test_criteria_have_different_names_and_one_has_a_weight():
    twins = [{"name": "Fit", "weight": "0"}, {"name": "Fit", "weight": "0"}]
    one = [{"name": "REST", "scores": scores(Fit="3")}]
    assert error_codes(BLOCK, matrix(criteria=twins, options=one)) == {
        "criteria.1.name": "duplicate_name",
        "criteria.0.weight": "no_weight",
    }


def test_a_sound_matrix_is_accepted():
    assert error_codes(BLOCK, matrix()) == {}
    assert error_codes(BLOCK, BLOCK.get_prep_value(preview_of(BLOCK))) == {}


def test_a_draft_may_be_half_a_matrix():
    half = {
        "title": "",
        "criteria": [{"name": "", "weight": None}],
        "options": [{"name": "REST", "scores": [{"criterion": "Gone", "score": None}]}],
    }
    assert draft_error_codes(BLOCK, half) == {}
    assert "REST" in words(render(BLOCK, half))
    assert "REST" in markdown(BLOCK, half)


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_the_ranking_agrees_with_plain_arithmetic(weights, rows):
    names = [f"c{n}" for n in range(len(weights))]
    value = value_of(
        BLOCK,
        matrix(
            criteria=[
                {"name": name, "weight": str(weight)}
                for name, weight in zip(names, weights, strict=True)
            ],
            options=[
                {
                    "name": str(number),
                    "scores": [
                        {"criterion": name, "score": str(score)}
                        for name, score in zip(names, row, strict=False)
                    ],
                }
                for number, row in enumerate(rows)
            ],
        ),
    )
    totals = [
        sum(weight * score for weight, score in zip(weights, row, strict=False)) for row in rows
    ]
    expected = sorted(range(len(rows)), key=lambda number: -totals[number])
    assert [int(one.name) for one in value.ranking] == expected


def test_hostile_values_are_shown_as_text():
    assert_harmless(BLOCK)


def test_the_example_of_the_picker_is_shown():
    assert "best" in words(render_preview(BLOCK))
