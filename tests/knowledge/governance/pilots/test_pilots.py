"""A team tries a draft; others see what is live; then it becomes the standard, or not."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import GuidePage, RelatedArtifact, Tag
from knowledge.governance.pilots import services
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import Experience, Pilot
from knowledge.governance.services import moderation
from knowledge.governance.variants.services import deriving
from knowledge.practice.teams import services as teams
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>"


def words(text: str, key: str = "one") -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": key}


BODY = [{"type": "overview", "value": {"body": "<p>About it.</p>"}, "id": "o"}, words("Talk.")]


@pytest.fixture
def editor():
    return person("Editors", username="editor", email="editor@example.org")


@pytest.fixture
def member():
    return person("Viewers", username="member", email="member@example.org")


@pytest.fixture
def team(editor, member):
    team = teams.make(by=editor, name=f"Payments {HOSTILE}")
    teams.add_member(team=team, by=editor, person=member)
    return team


@pytest.fixture
def standard(home, editor):
    section = CategoryFactory(title="Product", slug="product")
    return ArtifactFactory(
        title="How we talk", slug="talk", parent=section, body=BODY, owner_user=editor
    )


def drafted(page, text: str) -> GuidePage:
    draft = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = draft._meta.get_field("body").to_python([BODY[0], words(text)])
    draft.save_revision()
    return GuidePage.objects.get(pk=page.pk)


@pytest.fixture
def start(editor, team):
    def _start(page, goal: str = "Is it quicker?", **more: Any) -> Pilot:
        fields = {"by": editor, "team": team, "at": timezone.now(), **more}
        return services.start(page=page, goal=goal, **fields)

    return _start


@pytest.fixture
def pilot(standard, start):
    return start(drafted(standard, "Write."))


def text_of(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def show(pilot) -> str:
    return f"/pilots/{pilot.pk}/"


class TestSeeing:
    def test_the_team_reads_the_draft_with_a_mark_and_others_what_is_live(
        self, client, standard, pilot, member, editor
    ) -> None:
        assert "Talk." in text_of(client, standard.url)
        client.force_login(person("Editors"))
        assert "Write." not in text_of(client, standard.url)
        client.force_login(member)

        answer = client.get(standard.url)

        said = " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())
        assert "Write." in said
        assert "Pilot for Payments" in said
        assert "everybody else reads the live version" in said
        assert "Not verified yet" in said
        assert "Version draft after 1.0" in said
        assert HOSTILE not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert "Talk." in text_of(client, f"{standard.url}?live")
        assert "Talk." in text_of(client, f"{standard.url}?version=1.0")

    def test_who_leaves_the_team_reads_what_is_live_at_once(
        self, client, standard, pilot, member, editor, team
    ) -> None:
        client.force_login(member)
        assert "Write." in text_of(client, standard.url)

        teams.remove_member(team=team, by=editor, person=member)

        assert "Talk." in text_of(client, standard.url)
        assert client.get(show(pilot)).status_code == 404

    def test_a_draft_that_was_never_published_is_there_for_the_team_alone(
        self, client, home, editor, member, start
    ) -> None:
        page = ArtifactFactory(draft=True, title="New", slug="new", body=BODY, owner_user=editor)
        start(page)
        for who in (None, person("Viewers")):
            if who is not None:
                client.force_login(who)
            assert client.get(page.url).status_code == 404
        client.force_login(member)

        assert "it is not published" in text_of(client, page.url)

    def test_a_draft_without_a_pilot_is_there_for_nobody(self, client, home, editor) -> None:
        page = ArtifactFactory(draft=True, slug="new", owner_user=editor)
        client.force_login(person("Administrators"))

        assert client.get(page.url).status_code == 404

    def test_what_is_closed_stays_closed(self, client, standard, pilot, member) -> None:
        close(standard.get_parent(), group("Insiders"))
        client.force_login(member)

        assert client.get(standard.url).status_code == 404
        assert client.get(show(pilot)).status_code == 404
        assert "How we talk" not in text_of(client, "/pilots/")

    def test_shows_what_was_opened_until_it_is_renewed(
        self, client, standard, pilot, member, editor
    ) -> None:
        drafted(standard, "Write a lot.")
        client.force_login(member)
        assert "Write a lot." not in text_of(client, standard.url)
        client.force_login(editor)
        client.post(show(pilot), {"action": "renew"})
        client.force_login(member)

        assert "Write a lot." in text_of(client, standard.url)

    def test_is_over_for_readers_when_it_is_live(self, client, standard, pilot, member) -> None:
        pilot.revision.publish()
        client.force_login(member)

        assert "Pilot for" not in text_of(client, standard.url)


class TestStarting:
    def test_tells_the_members(self, pilot) -> None:
        # The first says that the member is in the team.
        assert [one.to for one in mail.outbox] == [["member@example.org"]] * 2
        assert "Is it quicker?" in mail.outbox[1].body
        assert show(pilot) in mail.outbox[1].body

    def test_by_the_form(self, client, standard, editor, team) -> None:
        client.force_login(editor)
        url = f"/pilots/new/{standard.pk}/"
        assert HOSTILE not in client.get(url).content.decode()
        refused = client.post(url, {"team": team.pk, "goal": "Why?"})
        assert refused.status_code == 400
        assert "There is no draft" in refused.content.decode()
        drafted(standard, "Write.")
        for sent in ({"team": "", "goal": "Why?"}, {"team": team.pk, "goal": " "}):
            assert client.post(url, sent).status_code == 400

        client.post(url, {"team": team.pk, "goal": "Why?"})

        assert Pilot.objects.get().goal == "Why?"
        again = client.post(url, {"team": team.pk, "goal": "Why?"})
        assert "tries it already" in again.content.decode()

    def test_is_for_who_may_edit_and_knows_the_team(self, client, standard, member, start) -> None:
        page = drafted(standard, "Write.")
        for who in (member, person("Editors")):
            with pytest.raises(PermissionDenied):
                start(page, by=who)
        client.force_login(member)
        assert client.get(f"/pilots/new/{standard.pk}/").status_code == 404

    def test_needs_a_complete_draft(self, standard, start) -> None:
        draft = standard.get_latest_revision_as_object()
        draft.body = draft._meta.get_field("body").to_python([])
        draft.save_revision()

        with pytest.raises(IncompleteArtifact):
            start(standard)

    def test_is_offered_in_the_editor(self, client, standard, editor, team) -> None:
        client.force_login(editor)
        edit = f"/admin/pages/{standard.pk}/edit/"
        assert f"/pilots/new/{standard.pk}/" not in client.get(edit).content.decode()
        drafted(standard, "Write.")
        assert f"/pilots/new/{standard.pk}/" in client.get(edit).content.decode()


class TestSaying:
    def test_is_gathered_and_told_to_who_opened_it(self, client, pilot, member) -> None:
        client.force_login(member)
        for text in (f"Quick {HOSTILE}", "Quicker still"):
            client.post(show(pilot), {"action": "say", "verdict": "better", "text": text})

        answer = client.get(show(pilot)).content.decode()
        assert "Works better than before: <b>2</b>" in answer
        assert HOSTILE not in answer
        assert mail.outbox[-1].to == ["editor@example.org"]

    def test_keeps_what_was_typed(self, client, pilot, member) -> None:
        client.force_login(member)
        for sent in ({"verdict": ""}, {"verdict": "x"}, {"text": " "}):
            typed = {"action": "say", "verdict": "worse", "text": "Slower", **sent}
            answer = client.post(show(pilot), typed)

            assert answer.status_code == 400
            assert ("Slower" in answer.content.decode()) == ("text" not in sent)
        assert not Experience.objects.exists()

    def test_is_for_the_team_while_it_runs(self, pilot, member, editor) -> None:
        def say(by) -> None:
            services.say(pilot=pilot, by=by, verdict="better", text="A", at=timezone.now())

        with pytest.raises(PermissionDenied):
            say(person("Editors"))
        services.end(pilot=pilot, by=editor, reason="Enough.", at=timezone.now())
        with pytest.raises(PilotRefused, match="over"):
            say(member)

    def test_is_paged_at_a_fixed_cost(
        self, client, pilot, member, django_assert_max_num_queries
    ) -> None:
        client.force_login(member)
        counts = []
        for number in (1, 30):
            rows = [
                Experience(pilot=pilot, author=member, verdict="same", text="A", at=timezone.now())
                for _one in range(number)
            ]
            Experience.objects.bulk_create(rows)
            client.get(show(pilot))
            with django_assert_max_num_queries(60) as queries:
                answer = client.get(show(pilot))
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert 'rel="next"' in answer.content.decode()


class TestEnding:
    def test_needs_a_reason_and_happens_once(self, client, standard, pilot, member, editor) -> None:
        client.force_login(editor)
        assert client.post(show(pilot), {"action": "end", "reason": " "}).status_code == 400
        client.post(show(pilot), {"action": "end", "reason": "Nobody is quicker."})
        again = client.post(show(pilot), {"action": "promote", "note": "A"})

        assert "over already" in again.content.decode()
        assert "Nobody is quicker." in again.content.decode()
        client.force_login(member)
        assert "Talk." in text_of(client, standard.url)
        actions = PageLogEntry.objects.filter(page=standard.pk).values_list("action", flat=True)
        assert {"governance.pilot_opened", "governance.pilot_ended"} <= set(actions)
        assert GuidePage.objects.get(pk=standard.pk).has_unpublished_changes

    def test_is_not_for_plain_members(self, client, pilot, member) -> None:
        client.force_login(member)
        assert "What becomes of it" not in text_of(client, show(pilot))
        assert client.post(show(pilot), {"action": "end", "reason": "A"}).status_code == 403


class TestPromoting:
    def promote(self, pilot, by, note: str = "Twice as quick.") -> Any:
        return services.promote(pilot=pilot, by=by, note=note, at=timezone.now())

    def test_goes_through_moderation_with_a_note(
        self, client, standard, pilot, editor, team, committed
    ) -> None:
        page = self.promote(pilot, editor)

        assert page.current_workflow_state is not None
        assert "Talk." in text_of(client, standard.url)
        committed(lambda: moderation.approve(page=page, by=person("Reviewers")))
        said = text_of(client, standard.url)
        assert "Write." in said
        assert "Tried by Payments" in said
        assert "Twice as quick." in said
        pilot.refresh_from_db()
        assert pilot.state == Pilot.State.PROMOTED

    def test_a_newer_draft_has_to_be_tried_first(self, standard, pilot, editor) -> None:
        drafted(standard, "Untried.")

        with pytest.raises(PilotRefused, match="newer draft"):
            self.promote(pilot, editor)
        with pytest.raises(PilotRefused, match="what the pilot has shown"):
            self.promote(pilot, editor, note="")

    def test_a_variant_becomes_a_draft_of_its_standard(
        self, client, standard, editor, start, committed
    ) -> None:
        variant = deriving.derive(
            parent=standard,
            by=editor,
            place=standard.get_parent(),
            title="Ours",
            at=timezone.now(),
        )
        pilot = start(drafted(variant.page, "Write at once."))

        page = self.promote(pilot, editor)

        assert page.pk == standard.pk
        committed(lambda: moderation.approve(page=page, by=person("Reviewers")))
        assert "Write at once." in text_of(client, standard.url)
        variant.refresh_from_db()
        assert (variant.base.number, variant.behind, variant.own) == ("1.1", 0, 0)

    def test_a_variant_waits_for_drafts_rights_and_changes_of_the_standard(
        self, standard, editor, team, start, committed
    ) -> None:
        variant = deriving.derive(
            parent=standard,
            by=editor,
            place=standard.get_parent(),
            title="Ours",
            at=timezone.now(),
        )
        pilot = start(drafted(variant.page, "Write at once."))
        lead = person("Viewers")
        teams.add_member(team=team, by=editor, person=lead, role="lead")
        with pytest.raises(PermissionDenied):
            self.promote(pilot, lead)
        page = drafted(standard, "Talk loudly.")
        with pytest.raises(PilotRefused, match="draft of the standard waits"):
            self.promote(pilot, editor)
        committed(page.get_latest_revision().publish)
        with pytest.raises(PilotRefused, match="standard has changed"):
            self.promote(pilot, editor)
        committed(GuidePage.objects.get(pk=standard.pk).unpublish)
        with pytest.raises(PilotRefused, match="not available"):
            self.promote(pilot, editor)
        pilot.refresh_from_db()
        assert pilot.is_running


class TestList:
    def test_shows_those_of_own_teams_and_pages(self, client, pilot, member) -> None:
        client.force_login(member)
        team = f"/teams/{pilot.team.slug}/"
        for url in ("/pilots/", f"/pilots/?team={pilot.team.slug}", team):
            assert "How we talk" in text_of(client, url)
        assert show(pilot) in client.get(team).content.decode()
        client.force_login(person("Viewers"))
        assert "There is no pilot" in text_of(client, "/pilots/")

    def test_outlives_its_team_and_goes_with_its_page(
        self, client, standard, pilot, team, editor
    ) -> None:
        group_of = team.group
        team.delete()
        group_of.delete()
        client.force_login(editor)
        assert "Payments" in text_of(client, show(pilot))

        GuidePage.objects.get(pk=standard.pk).delete()

        assert not Pilot.objects.exists()


class TestWhatGoesWithIt:
    @pytest.fixture
    def variant(self, standard, editor):
        return deriving.derive(
            parent=standard,
            by=editor,
            place=standard.get_parent(),
            title=f"Ours {HOSTILE}",
            at=timezone.now(),
        )

    @pytest.fixture
    def tried(self, variant, start, standard):
        draft = drafted(variant.page, "Write at once.").get_latest_revision_as_object()
        draft.bottom_line = f"Write it {HOSTILE}"
        draft.maturity = 4
        draft.tags.set([Tag.objects.create(name="Meetings", slug="meetings")])
        other = ArtifactFactory(title="Letters", slug="letters", parent=standard.get_parent())
        draft.related_links = [RelatedArtifact(target_id=other.pk)]
        draft.save_revision()
        return start(GuidePage.objects.get(pk=variant.page_id))

    def draft_of(self, standard) -> GuidePage:
        return GuidePage.objects.get(pk=standard.pk).get_latest_revision_as_object()

    def test_is_all_but_the_title(self, standard, tried, editor) -> None:
        services.promote(pilot=tried, by=editor, note="Quicker.", at=timezone.now())

        draft = self.draft_of(standard)
        assert (draft.title, draft.slug) == ("How we talk", "talk")
        assert (draft.bottom_line, draft.maturity) == (f"Write it {HOSTILE}", 4)
        assert [tag.name for tag in draft.tags.all()] == ["Meetings"]
        assert [link.target.title for link in draft.related_links.all()] == ["Letters"]
        assert "Write at once." in str(draft.body.get_prep_value())

    def test_is_chosen_in_the_form(self, client, standard, tried, editor) -> None:
        client.force_login(editor)
        page = BeautifulSoup(client.get(show(tried)).content, "html.parser")
        boxes = {one["value"]: one.has_attr("checked") for one in page.select("[name=field]")}
        assert boxes == {
            "title": False,
            "bottom_line": True,
            "maturity": True,
            "tags": True,
            "related_links": True,
        }
        assert HOSTILE not in client.get(show(tried)).content.decode()
        sent = {"action": "promote", "fields": "1", "field": ["title", "tags", "slug"]}
        again = client.post(show(tried), sent)
        assert again.status_code == 400
        page = BeautifulSoup(again.content, "html.parser")
        assert [one["value"] for one in page.select("[name=field][checked]")] == ["title", "tags"]

        client.post(show(tried), {**sent, "note": "Quicker."})

        draft = self.draft_of(standard)
        assert (draft.title, draft.slug) == (f"Ours {HOSTILE}", "talk")
        assert draft.bottom_line == standard.bottom_line
        assert draft.maturity == standard.maturity
        assert [tag.name for tag in draft.tags.all()] == ["Meetings"]

    def test_is_not_offered_of_a_page_of_its_own(self, client, pilot, editor) -> None:
        client.force_login(editor)
        assert not BeautifulSoup(client.get(show(pilot)).content, "html.parser").select(
            "[name=fields]"
        )

    def test_an_older_draft_than_the_variant_has_is_not_submitted(
        self, standard, variant, tried, editor
    ) -> None:
        drafted(variant.page, "Untried.")

        with pytest.raises(PilotRefused, match="newer draft"):
            services.promote(pilot=tried, by=editor, note="Quicker.", at=timezone.now())
