"""May a reader rely on this today? The same answer in memory and in the database."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.trust import STALE_AFTER_DAYS, TrustState, trust_state, with_trust_state
from tests.factories import ArtifactFactory

TODAY = date(2026, 11, 21)
around = st.none() | st.integers(-45, 45).map(lambda days: TODAY + timedelta(days=days))


def state(**fields: object) -> TrustState:
    facts = {"next_review": None, "last_reviewed": None, "superseded": False, "archived": False}
    return trust_state(today=TODAY, **(facts | fields))


@pytest.mark.parametrize(
    ("due_in_days", "expected"),
    [
        (1, TrustState.VERIFIED),
        (0, TrustState.DUE),
        (-STALE_AFTER_DAYS, TrustState.DUE),
        (-STALE_AFTER_DAYS - 1, TrustState.STALE),
    ],
)
def test_the_day_of_the_next_review_decides(due_in_days: int, expected: TrustState) -> None:
    due = TODAY + timedelta(days=due_in_days)
    assert state(last_reviewed=TODAY - timedelta(days=90), next_review=due) == expected


def test_what_nobody_reviewed_is_not_verified() -> None:
    assert state(next_review=TODAY + timedelta(days=9)) == TrustState.UNVERIFIED
    assert state(last_reviewed=TODAY) == TrustState.UNVERIFIED


def test_archived_and_superseded_come_before_all_else() -> None:
    fresh = {"last_reviewed": TODAY, "next_review": TODAY + timedelta(days=9)}
    assert state(**fresh, superseded=True) == TrustState.SUPERSEDED
    assert state(**fresh, superseded=True, archived=True) == TrustState.ARCHIVED


@pytest.fixture
def artifact(home: Page) -> Artifact:
    return Artifact.objects.get(pk=ArtifactFactory().pk)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(last=around, due=around, superseded=st.booleans(), archived=st.booleans())
def test_function_and_query_agree(artifact, last, due, superseded: bool, archived: bool) -> None:
    rows = Artifact.objects.filter(pk=artifact.pk)
    rows.update(
        last_reviewed=last,
        next_review=due,
        superseded_by=artifact if superseded else None,
        archived_at=timezone.now() if archived else None,
    )
    (in_database,) = with_trust_state(rows, today=TODAY).values_list("trust", flat=True)
    assert in_database == rows.get().trust_on(TODAY).value


@pytest.mark.django_db
def test_annotated_artifacts_still_answer_for_themselves(artifact) -> None:
    (one,) = with_trust_state(Artifact.objects.filter(pk=artifact.pk), today=timezone.localdate())
    assert one.trust == TrustState.UNVERIFIED
