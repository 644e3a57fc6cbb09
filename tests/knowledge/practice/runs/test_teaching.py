"""What runs teach the readers of the artifact, and those who keep it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from knowledge.governance.models import Feedback
from knowledge.governance.services import moderation
from knowledge.practice.models import Run
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.services import runs
from tests.factories import close, group, person
from tests.knowledge.practice.runs.helpers import checklist, move, start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
NOW = timezone.now()


def carried_out(page, lead, minutes: int, *, failed: str = "", skipped: str = "", **fields) -> Run:
    """To its end; with success unless a step failed."""
    run = runs.start(page=page, by=lead, name="Shop", at=NOW - timedelta(minutes=minutes), **fields)
    for title in ("Read the changes", "Tell support"):
        to = "failed" if title == failed else "skipped" if title == skipped else "done"
        move(run, title, lead, to=to, text="As it was")
    outcome = "failed" if failed else "succeeded"
    return runs.end(run=run, by=lead, outcome=outcome, summary="So", at=NOW)


@pytest.fixture
def taught(lead, committed):
    """An artifact with four open runs of its live version and a closed one; the lead sees all."""
    page = checklist(effort_minutes=30)
    committed(
        lambda: [
            carried_out(page, lead, 10),
            carried_out(page, lead, 40, skipped="Read the changes"),
            carried_out(page, lead, 25),
            carried_out(page, lead, 99, failed="Tell support"),
            carried_out(page, lead, 5, failed="Read the changes", is_open=False),
        ]
    )
    page.refresh_from_db()
    return page


def words(answer, where: str) -> str:
    found = BeautifulSoup(answer.content, "html.parser").select_one(where)
    return " ".join(found.get_text(" ").split()) if found else ""


class TestReaders:
    def test_the_page_says_how_it_goes_and_names_nobody(self, client, taught) -> None:
        shown = words(client.get(taught.url), ".taught")
        assert "3 of 4 runs" in shown
        assert "25 minutes (stated: 30 minutes)" in shown
        assert "Fails most Tell support (1 run)" in shown
        assert "Skipped most Read the changes (1 run)" in shown

    def test_an_artifact_that_was_never_run_has_no_panel(self, client) -> None:
        assert not words(client.get(checklist().url), ".taught")

    def test_versions_stand_beside_each_other(self, client, lead, taught) -> None:
        before = taught.version
        taught.specific.save_revision().publish()
        taught.refresh_from_db()
        run = start(taught, lead)
        runs.end(run=run, by=lead, outcome="abandoned", summary="Wrong day")
        newest, older = selectors.taught(taught)
        assert (newest.version, newest.ended, newest.abandoned) == (taught.version, 0, 1)
        assert (older.version, older.succeeded, older.minutes) == (before, 3, 25)
        shown = words(client.get(f"/runs/of/{taught.pk}/"), "tbody")
        assert "3 of 4 (75 %)" in shown
        assert f"{taught.version} (live)" in shown

    def test_single_runs_are_listed_for_who_may_see_them(self, client, lead, taught) -> None:
        def listed() -> int:
            page = BeautifulSoup(client.get(f"/runs/of/{taught.pk}/").content, "html.parser")
            return len(page.select(".runs__run"))

        assert listed() == 0
        client.force_login(person("Viewers"))
        assert listed() == 4
        client.force_login(lead)
        assert listed() == 5

    def test_who_may_not_read_the_artifact_learns_nothing(self, client, taught) -> None:
        close(taught, group("Insiders"))
        assert client.get(f"/runs/of/{taught.pk}/").status_code == 404
        client.force_login(person("Viewers"))
        assert client.get(f"/runs/of/{taught.pk}/").status_code == 404

    def test_it_costs_the_same_for_few_runs_and_many(
        self, client, lead, taught, django_assert_max_num_queries
    ) -> None:
        for _more in range(5):
            carried_out(taught, lead, 7)
        with django_assert_max_num_queries(3):
            selectors.taught(taught)
        client.force_login(lead)
        with django_assert_max_num_queries(13):
            client.get(f"/runs/of/{taught.pk}/")


class TestRetrospective:
    def test_the_end_asks_for_the_work_and_for_no_names(self, client, lead, run) -> None:
        client.force_login(lead)
        page = client.get(f"/runs/{run.pk}/end/").content.decode()
        for asked in ("What happened", "What helped", "What we change in the artifact", "no names"):
            assert asked in page
        said = {
            "outcome": "abandoned",
            "summary": "Late",
            "helped": "The list",
            "lessons": "Earlier",
        }
        shown = words(client.post(f"/runs/{run.pk}/end/", said, follow=True), "#run-head")
        for piece in ("What happened Late", "What helped The list", "Earlier"):
            assert piece in shown

    def test_what_changes_reaches_the_owner_without_a_name(
        self, lead, run, mailoutbox, committed
    ) -> None:
        committed(
            lambda: runs.end(
                run=run, by=lead, outcome="abandoned", summary="Late", lessons="Ask support first"
            )
        )
        told = Feedback.objects.get()
        assert (told.sort, told.author) == ("suggestion", None)
        # The run has the name of its lead.
        assert told.text == "Ask support first"
        assert "/runs/" not in mailoutbox[0].body
        assert lead.username not in mailoutbox[0].body

    def test_without_a_lesson_nobody_is_told(self, lead, run) -> None:
        runs.end(run=run, by=lead, outcome="abandoned", summary="Late")
        assert not Feedback.objects.exists()


class TestApproval:
    def test_the_run_says_who_let_its_version_out(self, client, lead, run) -> None:
        client.force_login(lead)
        run.artifact.specific.save_revision(user=lead).publish(user=lead)
        run.artifact.refresh_from_db()
        newer = start(run.artifact, lead)
        shown = words(client.get(f"/runs/{newer.pk}/"), "#run-approval")
        assert f"Version {newer.version} was published" in shown
        assert "without an approval by somebody else" in shown

    def test_and_who_approved_it_when_somebody_did(self, client, lead) -> None:
        reviewer = person("Reviewers", first_name="Rita", last_name="Reed")
        author = person("Contributors")
        page = checklist(live=False, owner=author)
        moderation.submit(page=page, by=author)
        run = start(moderation.approve(page=page, by=reviewer), lead)
        client.force_login(lead)
        shown = words(client.get(f"/runs/{run.pk}/"), "#run-approval")
        assert f"Version {run.version} was approved in “Editorial review” by Rita Reed" in shown


class TestWithoutNetwork:
    def test_the_worker_works_below_runs_only(self, client) -> None:
        answer = client.get("/runs/worker.js")
        assert answer["Content-Type"].startswith("text/javascript")
        assert answer["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
        assert "no-store" in answer["Cache-Control"]

    def test_what_stands_for_a_lost_page_bears_no_name(self, client, lead) -> None:
        client.force_login(lead)
        page = client.get("/runs/offline/").content.decode()
        assert lead.username not in page
        assert "data-account" not in page
