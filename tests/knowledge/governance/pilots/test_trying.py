"""A pilot begins, gathers what its team says, and ends as the standard or not."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import GuidePage
from knowledge.governance.pilots import services
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import Experience, Pilot
from knowledge.governance.services import moderation
from knowledge.governance.variants.services import deriving
from knowledge.practice.teams import services as teams
from tests.factories import person
from tests.knowledge.governance.pilots.helpers import HOSTILE, drafted, show, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


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
        # Of one person the last word counts.
        assert "Works better than before: <b>1</b>" in answer
        assert "Quicker still" in answer
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
