"""What is found, and in which order, on both engines."""

import pytest

from knowledge.catalog import models
from search.models import SynonymSet
from tests.search.helpers import artifact, find, titles

pytestmark = pytest.mark.django_db


def test_title_outweighs_body(ready):
    artifact("Weekly planning", text="Sometimes a rollback is planned here.")
    artifact("Rollback of a release", text="How to go back.")
    ready()
    assert titles("q=rollback") == ["Rollback of a release", "Weekly planning"]


def test_other_forms_of_a_word_are_found(ready):
    artifact("Deploying services", text="Pipelines that deployed before.")
    ready()
    assert titles("q=deployment") == [] or titles("q=deployment") == ["Deploying services"]
    assert titles("q=deploys") == ["Deploying services"]
    assert titles("q=pipeline") == ["Deploying services"]


def test_all_words_are_wanted_first(ready):
    artifact("Incident review", text="After the fact.")
    artifact("Incident runbook", text="During it.")
    artifact("Budget review", text="Once a year.")
    ready()
    assert titles("q=incident+review") == ["Incident review"]


def test_most_of_a_question_serves_when_no_artifact_has_all_of_it(ready):
    artifact("Incident review", text="What happened, and in which order.")
    artifact("Budget review")
    ready()
    assert titles("q=order+of+the+incident+review+zeppelin") == ["Incident review"]


def test_when_nothing_fits_there_is_no_result(ready):
    for number in range(20):
        artifact(f"Review {number}")
    ready()
    assert titles("q=review+zeppelin+airships") == []
    assert titles("q=sourdough+bread") == []


def test_filters_that_leave_nothing_do_not_loosen_the_words(ready):
    artifact("Incident review", maturity=1)
    artifact("Budget review", maturity=2)
    ready()
    assert find("q=incident+review&maturity=2").count == 0


def test_an_exact_title_comes_first(ready):
    for number in range(5):
        artifact(f"Checklist {number} for the release checklist", text="release checklist " * 20)
    artifact("Release checklist")
    ready()
    assert titles("q=release+checklist")[0] == "Release checklist"


def test_question_words_do_not_count(ready):
    artifact("Escalation", text="Whom to call.")
    artifact("How what who do does", text="how what who do does how what")
    ready()
    assert titles("q=how+do+I+escalate") == ["Escalation"]


def test_a_query_of_question_words_only_still_works(ready):
    artifact("The Who and the how", text="whodunit")
    ready()
    assert find("q=how+who").count in (0, 1)


# The rank of a database knows of each word where it stands, and not with which others.
@pytest.mark.parametrize("engine", ["elasticsearch"], indirect=True)
def test_half_of_an_expression_in_a_title_is_no_title_of_it(ready):
    SynonymSet.objects.create(expressions="split test, experiment")
    artifact("Test, test and test again", text="Kinds of test. A split test is one of them.")
    artifact("Two prices", bottom_line="What a split test of a price needs.")
    artifact("Elsewhere", text="Neither.")
    ready()
    assert titles("q=split+test") == ["Two prices", "Test, test and test again"]


def test_a_phrase_must_stand_together(ready):
    artifact("Apart", text="The call came. Later they went on with it.")
    artifact("Together", text="Who is on call tonight?")
    ready()
    assert titles('q="call tonight"') == ["Together"]
    assert titles('q="tonight call"') == []


def test_a_word_can_be_excluded(ready):
    artifact("Rollback by hand")
    artifact("Rollback by pipeline")
    ready()
    assert titles("q=rollback+-pipeline") == ["Rollback by hand"]


def test_names_of_tags_and_tools_are_found(ready):
    artifact("Dashboards", tags=["Observability"])
    artifact("Events", tools=[models.Tool.objects.create(name="PostHog", slug="posthog")])
    ready()
    assert titles("q=observability") == ["Dashboards"]
    assert titles("q=posthog") == ["Events"]


def test_the_kind_is_one_of_the_words(ready):
    """Who looks for a checklist says so; the page says it by what it is."""
    items = [{"type": "item", "value": {"text": "Ready?"}, "id": "a"}]
    body = [{"type": "checklist", "value": {"items": items}}]
    artifact("Before a release", model=models.ChecklistPage, body=body)
    artifact("About a release")
    ready()
    assert titles("q=release+checklist")[0] == "Before a release"


def test_what_is_superseded_comes_last_and_is_marked(ready):
    new = artifact("Rollback guide 2")
    artifact("Rollback", superseded_by=new, text="rollback rollback rollback")
    ready()
    hits = find("q=rollback").hits
    assert [hit.card.title for hit in hits][0] == "Rollback guide 2"
    assert hits[1].card.is_superseded


def test_an_answer_is_a_result_of_its_own(ready):
    from tests.factories import FaqEntryFactory

    FaqEntryFactory(title="How many reviewers does a change need?")
    ready()
    hit = find("q=reviewers").hits[0]
    assert hit.card.kind == "faq"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", ["alpha plan", "Beta plan", "Gamma plan"]),
        ("maturity", ["Gamma plan", "alpha plan", "Beta plan"]),
    ],
)
def test_results_can_be_sorted(ready, sort, order):
    artifact("Beta plan")
    artifact("alpha plan", maturity=4)
    artifact("Gamma plan", maturity=2)
    ready()
    assert titles(f"q=plan&sort={sort}") == order
    assert titles(f"sort={sort}") == order


def test_the_newest_come_first_without_words(ready):
    from datetime import UTC, datetime

    artifact("Old", last_published_at=datetime(2026, 1, 1, tzinfo=UTC))
    artifact("New", last_published_at=datetime(2026, 6, 1, tzinfo=UTC))
    artifact("Never")
    ready()
    assert titles("") == ["New", "Old", "Never"]


def test_pages_are_stable_and_complete(ready):
    for number in range(25):
        artifact(f"Plan {number:02}")
    ready()
    pages = [titles(f"q=plan&page={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({*pages[0], *pages[1], *pages[2]}) == 25


def test_who_browses_sees_more_at_once(ready):
    for number in range(25):
        artifact(f"Plan {number:02}")
    ready()
    assert [len(titles(f"page={page}")) for page in (1, 2)] == [20, 5]


def test_the_title_wins_among_more_than_are_weighed(ready, monkeypatch):
    from search.engines.elastic import query

    monkeypatch.setattr(query, "WEIGHED", 3)
    for number in range(8):
        artifact(f"Plan {number} of many", text="A rollback. " * 9)
    artifact("Rollback", text="How to go back.")
    ready()
    found = titles("q=rollback")
    assert found[0] == "Rollback"
    assert len(set(found)) == 9
