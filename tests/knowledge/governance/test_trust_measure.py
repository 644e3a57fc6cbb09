"""The measure of trust: bounded, never lowered by anything that got better, live on its page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from knowledge.catalog.services import freshness
from knowledge.catalog.trust import TrustState
from knowledge.governance.models import Feedback
from knowledge.governance.services import feedback
from knowledge.governance.trust import selectors
from knowledge.governance.trust.measure import (
    CHECK,
    HALF_LIFE_DAYS,
    Evidence,
    Word,
    lower_bound,
    score,
    shares,
    tally,
    word,
)
from knowledge.practice.models import Run
from tests.factories import ArtifactFactory, close

# A loaded machine draws slowly; that is no fault of the measure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ages = st.floats(0, 5000)
answers = st.lists(st.tuples(st.booleans(), ages), max_size=30)
evidence = st.builds(
    Evidence,
    state=st.sampled_from(TrustState),
    missing_parts=st.integers(0, 8),
    claims_without_source=st.integers(0, 40),
    runs=answers.map(tally),
    helpful=answers.map(tally),
    open_reports=st.integers(0, 50),
)


@patient
@given(evidence)
def test_everything_stays_between_nothing_and_whole(one: Evidence) -> None:
    assert 0 <= score(one) <= 1
    assert all(0 <= share <= 1 for share in shares(one).values())


@patient
@given(evidence, st.sampled_from(TrustState))
def test_a_better_check_never_lowers_it(one: Evidence, state: TrustState) -> None:
    other = replace(one, state=state)
    low, high = sorted((one, other), key=lambda each: CHECK[each.state])
    assert score(low) <= score(high)


@patient
@given(evidence, answers, ages, st.sampled_from(["runs", "helpful"]))
def test_another_good_answer_never_lowers_it(one, said, age, part: str) -> None:
    before = replace(one, **{part: tally(said)})
    after = replace(one, **{part: tally([*said, (True, age)])})
    assert score(after) >= score(before) - 1e-12


@patient
@given(evidence, answers, ages)
def test_a_bad_answer_never_raises_it(one: Evidence, said, age) -> None:
    before = replace(one, runs=tally(said))
    after = replace(one, runs=tally([*said, (False, age)]))
    assert score(after) <= score(before) + 1e-12


@patient
@given(evidence)
def test_fewer_reports_and_faults_never_lower_it(one: Evidence) -> None:
    for name in ("open_reports", "missing_parts", "claims_without_source"):
        worse = replace(one, **{name: getattr(one, name) + 1})
        assert score(worse) <= score(one)


def test_what_is_a_half_life_old_counts_half() -> None:
    old = tally([(True, HALF_LIFE_DAYS)])
    assert (old.good, old.all, round(old.good_weight, 6)) == (1, 1, 0.5)
    assert lower_bound(old.good_weight, old.all_weight) < lower_bound(1, 1)


def test_few_answers_count_for_little() -> None:
    # Wilson's bound for 9 of 10 at 95 per cent, as the tables have it.
    assert round(lower_bound(9, 10), 3) == 0.596
    assert lower_bound(1, 1) < lower_bound(10, 10) < lower_bound(100, 100)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Evidence(TrustState.VERIFIED), Word.DEPENDABLE),
        (Evidence(TrustState.VERIFIED, runs=tally([(True, 1)] * 5)), Word.PROVEN),
        (Evidence(TrustState.VERIFIED, open_reports=3), Word.CARE),
        (Evidence(TrustState.DUE), Word.CARE),
        (Evidence(TrustState.UNVERIFIED), Word.CARE),
        (Evidence(TrustState.STALE), Word.DOUBTFUL),
        (Evidence(TrustState.ARCHIVED, runs=tally([(True, 1)] * 90)), Word.DOUBTFUL),
    ],
)
def test_the_words(said: Evidence, expected: Word) -> None:
    assert word(said) == expected


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def artifact(self, home: Page):
        return ArtifactFactory(verified=True, title="Hand over a shift")

    def why(self, client, artifact) -> str:
        answer = client.get(reverse("governance:trust", args=[artifact.pk]))
        assert answer.status_code == 200
        assert "private" in answer["Cache-Control"]
        return " ".join(answer.content.decode().split())

    def test_it_names_each_part(self, client, artifact) -> None:
        now = timezone.now()
        for state in ("succeeded", "succeeded", "failed", "abandoned"):
            Run.objects.create(
                artifact=artifact, version="1.0", state=state, ended_at=now, name="A", title="A"
            )
        Run.objects.create(
            artifact=artifact, version="0.9", state="failed", ended_at=now, name="A", title="A"
        )
        closed = {"artifact": artifact, "version": "1.0", "is_open": False}
        Run.objects.create(**closed, state="failed", ended_at=now, name="A", title="A")
        feedback.give(page=artifact, by=None, sort="helpful")
        feedback.give(page=artifact, by=None, sort="not-helpful", text="Step 2 is <b>wrong</b>.")

        shown = self.why(client, artifact)

        assert "2 of 3 runs succeeded" in shown
        assert "It helped 1 of 2 readers" in shown
        assert "1 waits for the owner" in shown
        assert "All parts that this kind needs are there" in shown
        assert "Dependable" in shown

    def test_the_artifact_bears_the_word_and_leads_to_the_reasons(self, client, artifact) -> None:
        shown = client.get(artifact.url).content.decode()
        assert reverse("governance:trust", args=[artifact.pk]) in shown
        assert "Dependable" in shown

    def test_reports_change_the_word_on_the_kept_page_at_once(
        self, client, artifact, committed
    ) -> None:
        client.get(artifact.url)
        for _ in range(3):
            committed(
                lambda: feedback.give(page=artifact, by=None, sort="suggestion", text="Wrong.")
            )
        assert "Use with care" in client.get(artifact.url).content.decode()

    def test_a_click_that_changes_no_word_keeps_the_pages(self, artifact, committed) -> None:
        stamp = freshness.current()
        committed(lambda: feedback.give(page=artifact, by=None, sort="helpful"))
        assert freshness.current() == stamp

    def test_of_what_is_closed_nothing_is_told(self, client, artifact) -> None:
        close(artifact)
        assert client.get(reverse("governance:trust", args=[artifact.pk])).status_code == 404

    def test_counts_of_the_library_by_word(self, artifact, django_assert_num_queries) -> None:
        ArtifactFactory(stale=True)
        ArtifactFactory(archived=True)
        ArtifactFactory(draft=True, verified=True)
        now, today = timezone.now(), timezone.localdate()
        Feedback.objects.create(page=artifact, version="1.0", sort="helpful")
        with django_assert_num_queries(5):
            found = selectors.counts_by_word(now=now, today=today)
        assert found == {"proven": 0, "dependable": 1, "care": 0, "doubtful": 2}

    def test_old_answers_fade(self, artifact) -> None:
        for _ in range(20):
            Feedback.objects.create(page=artifact, version="1.0", sort="helpful")
        now, today = timezone.now(), timezone.localdate()
        assert selectors.word_of(artifact, now=now, today=today) == Word.PROVEN
        Feedback.objects.update(created_at=now - timedelta(days=10 * HALF_LIFE_DAYS))
        assert selectors.word_of(artifact, now=now, today=today) == Word.DEPENDABLE
