"""The judged set is sound, and means the same to everybody who reads it."""

from collections import Counter

import pytest
import yaml

from tests.search_quality import judged

QUERIES = judged.load()


def test_every_class_has_enough_queries():
    sizes = Counter(query.kind for query in QUERIES)
    assert set(sizes) == set(judged.CLASSES)
    assert min(sizes.values()) >= 20
    assert len(QUERIES) >= 180


def test_about_half_of_the_answers_are_in_the_demo():
    answered = [query for query in QUERIES if query.grades]
    of_demo = [
        query
        for query in answered
        if any(not judged.is_of_corpora(name) for name, grade in query.grades.items() if grade == 2)
    ]
    assert 0.4 <= len(of_demo) / len(answered) <= 0.6


def test_one_half_is_for_tuning_and_one_is_held_in_every_class():
    for kind in judged.CLASSES:
        splits = Counter(query.split for query in QUERIES if query.kind == kind)
        assert min(splits[judged.TUNE], splits[judged.HELD]) >= 0.25 * splits.total(), kind


def test_the_split_depends_on_the_words_alone():
    assert (
        judged.Query("on-call", "typo").split == judged.Query("on-call", "prefix", {"a": 2}).split
    )


def test_a_query_among_fewer_artifacts_keeps_what_is_there():
    query = judged.Query("q", "synonym", {"operations/a": 2, "gds-way/b.md": 1})
    assert query.among({"operations/a"}).grades == {"operations/a": 2}
    assert not query.among({"gds-way/b.md"}).is_answerable


@pytest.mark.parametrize(
    ("kind", "row", "message"),
    [
        ("typo", {"query": " "}, "no text"),
        ("typo", {"query": "a"}, "needs an exact answer"),
        ("typo", {"query": "a", "helps": ["b"]}, "needs an exact answer"),
        ("nothing", {"query": "a", "exactly": ["b"]}, "needs an exact answer"),
        ("nothing", {"query": "a", "helps": ["b"]}, "too many"),
        ("typo", {"query": "a", "exactly": ["b"], "helps": ["b"]}, "twice"),
        ("typo", {"query": "a", "exactly": list("bcdefg")}, "too many"),
        ("typo", {"query": "a", "exact": ["b"]}, "unknown keys"),
    ],
)
def test_a_query_that_cannot_be_meant_is_named(tmp_path, kind, row, message):
    for name in judged.CLASSES:
        rows = [row] if name == kind else []
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(rows))
    with pytest.raises(judged.BadQuery, match=message):
        judged.load(tmp_path)


def test_a_query_that_is_there_twice_is_named(tmp_path):
    for name in judged.CLASSES:
        rows = [{"query": "a", "exactly": ["b"]}] if name in ("typo", "prefix") else []
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(rows))
    with pytest.raises(judged.BadQuery, match="there twice"):
        judged.load(tmp_path)
