"""The measures against values computed by hand."""

import pytest

from tests.search_quality import measures

GRADES = {"a": 2, "b": 1, "c": 1}


@pytest.mark.parametrize(
    ("ranked", "at_one", "at_five"),
    [
        (["a", "x"], 1, 1),
        (["x", "c"], 0, 1),
        (["x", "y", "z", "w", "b"], 0, 1),
        (["x", "y", "z", "w", "v", "a"], 0, 0),
        ([], 0, 0),
    ],
)
def test_success_needs_one_answer_among_the_first(ranked, at_one, at_five):
    assert measures.success_at(1, ranked, GRADES) == at_one
    assert measures.success_at(5, ranked, GRADES) == at_five


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["a", "b"], 1),
        (["x", "b", "a"], 1 / 2),
        (["x", "y", "z", "a"], 1 / 4),
        (["x"] * 10 + ["a"], 0),
        ([], 0),
    ],
)
def test_reciprocal_rank_is_one_over_the_first_answer(ranked, expected):
    assert measures.reciprocal_rank(ranked, GRADES) == expected


def test_ndcg_of_the_best_order_is_one():
    assert measures.ndcg(["a", "c", "b", "x"], GRADES) == 1


def test_ndcg_by_hand():
    # Gains 3, 1, 1; discounts 1, 1/1.5850, 1/2, 1/2.3219.
    ideal = 3 + 1 / 1.584963 + 1 / 2
    assert measures.ndcg(["x", "a", "y", "b"], GRADES) == pytest.approx(
        (3 / 1.584963 + 1 / 2.321928) / ideal, abs=1e-6
    )


def test_ndcg_counts_what_was_not_found():
    # One of two exact answers, first: 3 / (3 + 3 / 1.5850).
    assert measures.ndcg(["a"], {"a": 2, "d": 2}) == pytest.approx(0.613147, abs=1e-6)


def test_ndcg_stops_at_k():
    assert measures.ndcg(["x", "x2", "a"], {"a": 2}, k=2) == 0
    assert measures.ndcg(["x", "x2", "a"], {"a": 2}, k=3) == pytest.approx(1 / 2)


def test_ndcg_without_judgements_is_zero():
    assert measures.ndcg(["x"], {}) == 0
