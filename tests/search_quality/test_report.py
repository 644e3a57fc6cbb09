"""What the runner tells: means for each class, and what to learn from."""

import json

from tests.search_quality import report
from tests.search_quality.asking import ALL, Asked, Run
from tests.search_quality.judged import Query

FIRST = Asked(Query("release list", "typo", {"a": 2}), ("a", "x"), ("Release checklist", "X"), 4.0)
THIRD = Asked(Query("relase", "typo", {"a": 2}), ("x", "y", "a"), ("X", "Y", "A"), 8.0)
LOST = Asked(Query("ship it", "paraphrase", {"a": 2, "b": 1}), ("x",), ("Shipping",), 6.0)
EMPTY = Asked(Query("banana bread", "nothing"), (), (), 2.0)
FULL = Asked(Query("pizza", "nothing"), ("x",), ("Ordering",), 2.0)
RUN = Run("Elasticsearch", False, [LOST, FIRST, THIRD, EMPTY, FULL])


def test_a_row_is_the_mean_of_its_class():
    row = {row.name: row for row in RUN.rows()}["typo"]
    assert (row.queries, row.success_1, row.success_5) == (2, 0.5, 1.0)
    assert row.mrr == (1 + 1 / 3) / 2
    assert row.median_ms == 6.0


def test_hopeless_queries_count_for_themselves_only():
    rows = {row.name: row for row in RUN.rows()}
    assert rows["nothing"].left_empty == 0.5
    assert rows["nothing"].success_1 is None
    assert rows[ALL].queries == 3


def test_the_table_has_a_line_for_each_class_and_says_which_engine():
    text = report.tables([RUN])
    assert "**Elasticsearch, without vectors**" in text
    assert "| typo | 2 | 0.50 | 1.00 | 0.67 | 0.75 |  | 6 |" in text
    assert "| nothing | 2 |  |  |  |  | 0.50 | 2 |" in text


def test_misses_say_what_was_wanted_and_what_came_instead():
    text = report.misses(RUN)
    assert "2 misses" in text
    assert "“ship it”" in text
    assert "wanted: a, b" in text
    assert "1. Shipping" in text
    assert "“pizza”" in text
    assert "relase" not in text  # the third of five is no miss


def test_the_file_for_tools_holds_every_answer():
    (run,) = json.loads(report.as_json([RUN]))
    assert [one["rank"] for one in run["queries"]] == [0, 1, 3, 0, 0]


def test_writing_leaves_the_text_around_the_figures(tmp_path, monkeypatch):
    document = tmp_path / "quality.md"
    document.write_text(f"Before\n{report.BEGIN}\nold\n{report.END}\nAfter\n")
    monkeypatch.setattr(report, "DOCUMENT", document)
    report.write([RUN], "Measured today.")
    text = document.read_text()
    assert text.startswith("Before\n")
    assert text.endswith("After\n")
    assert "old" not in text
    assert "Measured today." in text
