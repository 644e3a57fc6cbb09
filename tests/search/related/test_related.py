"""What an artifact names beside itself: near by terms and text, with the reason, for this reader."""

import time

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu import Connection

from knowledge.catalog.models import (
    Artifact,
    Audience,
    ChecklistPage,
    FaqEntryPage,
    RelatedArtifact,
    SopPage,
)
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.reading import MAX_RELATED, related
from knowledge.catalog.services import queueing
from search.related import comparing, tasks
from search.related.models import Neighbour, Portrait, Trait
from search.related.reasons import reason, words_for
from tests.factories import ArtifactFactory, CategoryFactory, ToolFactory, close, group, person
from tests.search.helpers import artifact, shelf
from tests.silent import silent_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def named(page, access: Access | None = None) -> list[str]:
    return [one.card.title for one in related(page, access or Access())]


def reasons(page) -> dict[str, str]:
    return {one.card.title: one.reason for one in related(page, Access())}


def filler(number: int = 8) -> None:
    """Others, so that what two share is rare."""
    for one in range(number):
        artifact(f"Filler {one}", bottom_line=f"Unlike {one}.", text="-")


class TestNear:
    def test_a_rare_tag_brings_nearer_than_a_common_one(self) -> None:
        page = artifact("Alpha", tags=["rare", "common"])
        artifact("Beta", tags=["common"])
        artifact("Gamma", tags=["rare"])
        for number in range(6):
            artifact(f"Number {number}", tags=["common"])
        comparing.catch_up()
        assert named(page)[0] == "Gamma"

    def test_what_has_every_tag_is_not_nearest_to_everything(self) -> None:
        page = artifact("Alpha", tags=["a"])
        artifact("Hub", tags=[*"abcdefghijklmnop"])
        artifact("Zeta", tags=["a"])
        comparing.catch_up()
        assert named(page) == ["Zeta", "Hub"]

    def test_a_bound_on_the_work_keeps_what_tells_most(self, monkeypatch) -> None:
        monkeypatch.setattr(comparing, "ROWS", 3)
        page = artifact("Alpha", tags=["rare", "common"])
        artifact("Gamma", tags=["rare"])
        for number in range(6):
            artifact(f"Number {number}", tags=["common"])
        comparing.catch_up()
        assert named(page) == ["Gamma"]

    def test_similar_text_is_enough_and_says_so(self) -> None:
        page = artifact("Roll back a broken release", bottom_line="Return to the last version.")
        artifact("When a release is broken, roll it back", bottom_line="The version before.")
        filler()
        comparing.catch_up()
        assert reasons(page) == {"When a release is broken, roll it back": "Similar text"}

    def test_what_shares_nothing_is_not_named(self) -> None:
        page = artifact("Roll back", bottom_line="Return.", tags=["releases"])
        artifact("Feed the cat", bottom_line="Twice.", tags=["animals"])
        comparing.catch_up()
        assert named(page) == []

    def test_the_reason_names_the_tool_and_for_whom(self) -> None:
        tool = ToolFactory(name="Kafka", slug="kafka")
        people = Audience.objects.create(name="SRE", slug="sre")
        page = artifact("Drain a queue", tools=[tool], audiences=[people])
        artifact("Partitions", tools=[tool], audiences=[people])
        filler()
        comparing.catch_up()
        assert reasons(page) == {"Partitions": "Same tool: Kafka; also for SRE"}

    def test_a_renamed_term_is_called_by_its_new_name(self) -> None:
        tool = ToolFactory(name="Kafka", slug="kafka")
        page = artifact("Drain a queue", tools=[tool])
        artifact("Partitions", tools=[tool])
        comparing.catch_up()
        tool.name = "Apache 100% Kafka"
        tool.save()
        assert reasons(page) == {"Partitions": "Same tool: Apache 100% Kafka"}

    def test_a_term_that_is_gone_leaves_no_empty_words(self) -> None:
        assert reason(["tool:gone"], words_for(["tool:gone"])) == "Similar text"


class TestNever:
    def test_what_is_retired_or_a_draft_or_an_answer(self) -> None:
        page = artifact("Page", tags=["a"])
        successor = artifact("Successor", tags=["a"])
        artifact("Superseded", tags=["a"], superseded_by=successor)
        artifact("Archived", tags=["a"], archived_at=timezone.now())
        artifact("Answer?", tags=["a"], model=FaqEntryPage)
        artifact("Draft", tags=["a"], live=False)
        later = artifact("Archived later", tags=["a"])
        comparing.catch_up()
        Artifact.objects.filter(pk=later.pk).update(archived_at=timezone.now())
        assert named(page) == ["Successor"]

    def test_an_answer_leads_on(self) -> None:
        answer = artifact("What is a rota?", tags=["rota"], model=FaqEntryPage)
        artifact("Rota", tags=["rota"])
        comparing.catch_up()
        assert named(answer) == ["Rota"]

    def test_more_than_a_page_shows(self) -> None:
        page = artifact("Page", tags=["a"])
        for number in range(MAX_RELATED + 3):
            artifact(f"Other {number}", tags=["a"])
        comparing.catch_up()
        assert len(named(page)) == MAX_RELATED

    def test_what_the_page_names_elsewhere(self, client) -> None:
        checklist = ArtifactFactory.of(ChecklistPage, title="Restart checklist", tags=["a"])
        sop = ArtifactFactory.of(SopPage, title="Restart", linked_checklist=checklist, tags=["a"])
        ArtifactFactory(title="Stop", tags=["a"])
        comparing.catch_up()
        soup = BeautifulSoup(client.get(sop.url).content, "html.parser")
        shown = soup.select("section[aria-labelledby=related-heading] .card__link")
        assert [one.text for one in shown] == ["Stop"]


class TestReaders:
    @pytest.fixture
    def pages(self):
        secret = shelf("Secret section", "secret")
        page = artifact("Open page", tags=["shared"])
        artifact("Secret artifact", tags=["shared"], parent=secret)
        artifact("Open artifact", tags=["shared"])
        close(secret, group("Insiders"))
        comparing.catch_up()
        return page

    def test_what_is_closed_is_named_to_those_it_is_open_to_only(self, pages, client) -> None:
        insider, outsider = person("Insiders"), person("Viewers")
        for user, sees in ((insider, True), (outsider, False), (insider, True)):
            client.force_login(user)
            html = client.get(pages.url).content.decode()
            assert ("Secret artifact" in html) == sees
            assert "Open artifact" in html
        client.logout()
        assert "Secret" not in client.get(pages.url).content.decode()

    def test_the_room_of_what_is_closed_is_taken_by_others(self, pages) -> None:
        closed = Access((shelf("Secret section", "secret").path,))
        assert named(pages, closed) == ["Open artifact"]


class TestFollows:
    def test_publishing_compares_and_a_warm_page_shows_it(self, client, committed) -> None:
        page = committed(lambda: ArtifactFactory(title="Page", tags=["rota"]))
        other = committed(lambda: ArtifactFactory(title="Newcomer", tags=["rota"]))
        assert "Newcomer" in client.get(page.url).content.decode()

        def retag() -> None:
            other.tags.set(["something else"])
            other.title = other.bottom_line = "Quite another matter"
            other.body = other._meta.get_field("body").to_python([])
            other.save_revision(clean=False).publish(skip_permission_checks=True)

        committed(retag)
        assert not Neighbour.objects.filter(page=page.pk, shared__contains="rota").exists()
        assert "Newcomer" not in client.get(page.url).content.decode()

    def test_unpublishing_forgets_it(self) -> None:
        page, other = artifact("Page", tags=["a"]), artifact("Other", tags=["a"])
        comparing.catch_up()
        other.unpublish()
        comparing.catch_up()
        assert named(page) == []
        assert not Neighbour.objects.exists()
        assert not Trait.objects.filter(page=other.pk).exists()

    def test_a_newcomer_is_named_by_the_old_ones(self) -> None:
        page = artifact("Page", tags=["a"])
        comparing.catch_up()
        artifact("Newcomer", tags=["a"])
        comparing.catch_up()
        assert named(page) == ["Newcomer"]

    def test_twice_is_once(self) -> None:
        artifact("Page", tags=["a"])
        artifact("Other", tags=["a"])
        assert comparing.catch_up() == 2
        before = list(Neighbour.objects.order_by("pk").values())
        assert comparing.catch_up() == 0
        comparing.compare_all()
        assert list(Neighbour.objects.order_by("pk").values()) == before

    def test_a_broker_that_hangs_is_not_waited_for_and_the_next_round_finds_it(
        self, committed, monkeypatch
    ) -> None:
        page = committed(lambda: ArtifactFactory(tags=["a"]))
        app = tasks.catch_up.app
        with silent_server() as broker, monkeypatch.context() as patch:
            # The other queues of publishing have asked it just before.
            patch.setattr(queueing._Broker, "quiet_until", time.monotonic() + 60)
            patch.setattr(app.conf, "task_always_eager", False)
            patch.setattr(
                app, "connection_for_write", lambda: Connection(f"redis://{broker.netloc}/0")
            )
            committed(lambda: ArtifactFactory(title="Newcomer", tags=["a"]))
            assert broker.callers() == 0
        assert named(page) == []
        tasks.catch_up()
        assert named(page) == ["Newcomer"]

    def test_a_deleted_page_leaves_nothing(self) -> None:
        artifact("Page", tags=["a"])
        other = artifact("Other", tags=["a"])
        comparing.catch_up()
        other.delete()
        assert not Neighbour.objects.exists()
        assert Portrait.objects.count() == 1

    def test_what_becomes_common_counts_less_with_the_next_daily_round(self) -> None:
        page = artifact("Page", tags=["a"])
        artifact("Other", tags=["a"])
        filler()
        comparing.catch_up()
        before = Neighbour.objects.get(page=page.pk).score
        for number in range(8):
            artifact(f"More {number}", tags=["a"])
        comparing.compare_all()
        assert Neighbour.objects.filter(page=page.pk).first().score < before


def test_reading_costs_the_same_for_few_and_many() -> None:
    def cost(page) -> int:
        with CaptureQueriesContext(connection) as queries:
            related(page, Access())
        return len(queries)

    page = artifact("Page", tags=["a"])
    artifact("Other", tags=["a"])
    comparing.catch_up()
    few = cost(page)
    for number in range(5):
        tool = ToolFactory()
        artifact(f"More {number}", tags=["a", f"b{number}"], tools=[tool])
    comparing.catch_up()
    assert cost(page) == few <= 4


def test_the_page_shows_each_with_its_reason(client) -> None:
    page = artifact("Page", tags=["a"])
    artifact("Near", tags=["a"])
    chosen = artifact("Chosen", parent=CategoryFactory())
    RelatedArtifact.objects.create(
        source=Artifact.objects.get(pk=page.pk), target=Artifact.objects.get(pk=chosen.pk)
    )
    comparing.catch_up()
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    shown = soup.select("section[aria-labelledby=related-heading] .related")
    assert [(one.select_one(".card__link").text, one.select_one("li > p").text) for one in shown][
        0
    ] == ("Chosen", "Chosen by the editors")
    assert "Same topic: a" in shown[1].text
