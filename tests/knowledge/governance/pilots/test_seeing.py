"""A team tries a draft; others see what is live."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from knowledge.catalog.models import GuidePage, RelatedArtifact, Tag
from knowledge.governance.pilots import services
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import Pilot
from knowledge.governance.variants.services import deriving
from knowledge.practice.teams import services as teams
from tests.factories import ArtifactFactory, close, group, person
from tests.knowledge.governance.pilots.helpers import BODY, HOSTILE, drafted, show, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


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
