"""The gates of a standard stay in its variants unless its owner agrees."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import GuidePage
from knowledge.catalog.services import publishing
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.services import moderation
from knowledge.governance.variants.differing.gates import faults
from knowledge.governance.variants.errors import VariantRefused
from knowledge.governance.variants.models import GateRequest
from knowledge.governance.variants.services import gates
from tests.admin_forms import guide_form
from tests.factories import person
from tests.knowledge.governance.variants.conftest import BODY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>"


def gate(name: str = "Tests", criterion: str = "All green", key: str = "g1", **more) -> dict:
    value = {"name": name, "criterion": criterion, "evidence": "", "approver_role": "Lead"}
    return {"type": "item", "id": key, "value": {**value, "automated": False, **more}}


def with_gates(*rows: dict) -> list[dict]:
    part = {"type": "quality_gates", "id": "gates", "value": {"title": "", "gates": list(rows)}}
    return [*BODY, part] if rows else BODY


@pytest.fixture
def gated(standard, rewrite):
    return rewrite(standard, with_gates(gate(), gate("Review", "Two have read it", "g2")))


@pytest.fixture
def variant(gated, derive):
    return derive(gated)


@pytest.fixture
def draft(variant, rewrite):
    """A draft of the variant with these gates, not published."""

    def _draft(*rows: dict) -> GuidePage:
        page = GuidePage.objects.get(pk=variant.page_id).get_latest_revision_as_object()
        page.body = page._meta.get_field("body").to_python(with_gates(*rows))
        page.save_revision()
        return GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()

    return _draft


@pytest.fixture
def owner(gated):
    return gated.owner_user


class TestKeeping:
    def test_a_gate_that_is_dropped_or_weakened_is_named(self, draft) -> None:
        weaker = gate(criterion="Most green")

        assert draft(weaker).missing_to_publish() == [
            "gate “Tests” as the standard has it",
            "gate “Review” as the standard has it",
        ]
        assert draft(gate(), gate("Review", "Two have read it", "g2")).missing_to_publish() == []

    @pytest.mark.parametrize(
        ("row", "stands"),
        [
            (gate(), True),
            # What the standard leaves empty may be filled, and a name may be another.
            (gate("Our tests", evidence="Log"), True),
            (gate(criterion="All  GREEN", key="another", automated=True), True),
            (gate(criterion="Most green"), False),
            (gate(approver_role=""), False),
            (gate("Our tests", key="another"), False),
        ],
    )
    def test_stands_as_long_as_it_asks_no_less(self, row, stands) -> None:
        standard = with_gates(gate())

        assert bool(faults(standard, standard, with_gates(row))) != stands

    def test_no_door_leads_past_it(self, draft, keeper) -> None:
        page = draft(gate())

        with pytest.raises(IncompleteArtifact, match="Review"):
            publishing.publish(page=page, by=keeper)
        with pytest.raises(IncompleteArtifact, match="Review"):
            moderation.submit(page=page, by=keeper)

    def test_a_review_asks_again(self, draft, keeper) -> None:
        page = draft(gate(), gate("Review", "Two have read it", "g2"))
        moderation.submit(page=page, by=keeper)
        page = GuidePage.objects.get(pk=draft(gate()).pk)

        with pytest.raises(ModerationRefused, match="Review"):
            moderation.approve(page=page, by=person("Reviewers"))

    def test_the_editor_names_it_and_keeps_what_was_typed(self, client, draft, keeper) -> None:
        page = draft(gate())
        client.force_login(keeper)
        typed = guide_form(slug=page.slug, bottom_line="A new line.", owner_user=str(keeper.pk))

        answer = client.post(f"/admin/pages/{page.pk}/edit/", typed | {"action-publish": "1"})

        assert answer.status_code == 200
        said = str(answer.context["form"].errors["body"].as_data())
        assert "gate “Review” as the standard has it" in said
        assert "A new line." in answer.content.decode()
        assert GuidePage.objects.get(pk=page.pk).bottom_line != "A new line."

    def test_what_the_standard_dropped_itself_is_not_asked_for(self, draft, gated, rewrite) -> None:
        page = draft(gate())
        rewrite(gated, with_gates(gate()))

        assert page.missing_to_publish() == []

    def test_says_nothing_of_what_is_no_variant(self, gated) -> None:
        assert gated.missing_to_publish() == []


class TestAsking:
    def ask(self, variant, by, name_of, reason="We have one person.") -> GateRequest:
        fault = name_of
        return gates.ask(variant=variant, by=by, gate=fault, reason=reason, at=timezone.now())

    @pytest.fixture
    def fingerprint(self, draft, variant) -> str:
        from knowledge.governance.variants.selectors import bodies
        from knowledge.governance.variants.selectors.gates import unmet

        page = draft(gate())
        variant.refresh_from_db()
        (fault,) = unmet(variant, bodies.in_memory(page))
        return fault.gate.fingerprint

    def test_with_the_agreement_of_the_owner_it_may_go(
        self, client, variant, fingerprint, keeper, owner
    ) -> None:
        client.force_login(keeper)
        here = f"/variants/{variant.pk}/"
        html = BeautifulSoup(client.get(here).content, "html.parser")
        assert "Review" in html.select_one("[aria-labelledby=gates-heading]").text
        client.post(f"{here}gates/", {"gate": fingerprint, "reason": f"One person {HOSTILE}"})
        asked = GateRequest.objects.get()
        assert [one.to for one in mail.outbox] == [["owner@example.org"]]
        client.force_login(owner)
        assert f"/variants/gates/{asked.pk}/" in client.get("/variants/").content.decode()
        assert HOSTILE not in client.get(f"/variants/gates/{asked.pk}/").content.decode()

        client.post(f"/variants/gates/{asked.pk}/", {"decision": "agree", "word": "Until May."})

        page = GuidePage.objects.get(pk=variant.page_id)
        assert page.get_latest_revision_as_object().missing_to_publish() == []
        assert sorted(one.to[0] for one in mail.outbox[1:]) == [
            "keeper@example.org",
            "owner@example.org",
        ]
        actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
        assert {"governance.gate_asked", "governance.gate_agreed"} <= set(actions)

    def test_agreed_is_this_gate_and_nothing_weaker(
        self, variant, fingerprint, keeper, owner, draft
    ) -> None:
        draft(gate(), gate("Review", "One has read it", "g2"))
        asked = self.ask(variant, keeper, fingerprint)
        gates.decide(request=asked, by=owner, agree=True, word="", at=timezone.now())

        assert draft(gate(), gate("Review", "One has read it", "g2")).missing_to_publish() == []
        assert draft(gate(), gate("Review", "Somebody looked", "g2")).missing_to_publish()
        assert draft(gate()).missing_to_publish()

    def test_refused_it_stays_and_may_be_asked_again(
        self, client, variant, fingerprint, keeper, owner
    ) -> None:
        asked = self.ask(variant, keeper, fingerprint)
        client.force_login(owner)
        here = f"/variants/gates/{asked.pk}/"
        assert client.post(here, {"decision": "refuse"}).status_code == 400
        assert client.post(here, {"word": "No."}).status_code == 400

        client.post(here, {"decision": "refuse", "word": "No release unread."})

        asked.refresh_from_db()
        assert asked.state == GateRequest.State.REFUSED
        assert "No release unread." in mail.outbox[-1].body + mail.outbox[-2].body
        assert self.ask(variant, keeper, fingerprint).pk != asked.pk

    def test_is_asked_and_decided_once(self, variant, fingerprint, keeper, owner) -> None:
        asked = self.ask(variant, keeper, fingerprint)
        with pytest.raises(VariantRefused, match="asked about this already"):
            self.ask(variant, keeper, fingerprint)
        gates.decide(request=asked, by=owner, agree=True, word="", at=timezone.now())
        with pytest.raises(VariantRefused, match="already"):
            gates.decide(request=asked, by=owner, agree=False, word="No.", at=timezone.now())
        with pytest.raises(VariantRefused, match="as the standard has it"):
            self.ask(variant, keeper, "another")

    def test_needs_a_reason(self, client, variant, fingerprint, keeper) -> None:
        client.force_login(keeper)

        answer = client.post(f"/variants/{variant.pk}/gates/", {"gate": fingerprint, "reason": " "})

        assert answer.status_code == 400
        assert "Say why the team does without it." in answer.content.decode()

    def test_is_decided_by_the_owner_of_the_standard_alone(
        self, client, variant, fingerprint, keeper
    ) -> None:
        asked = self.ask(variant, keeper, fingerprint)
        for who in (keeper, person("Editors"), person("Viewers")):
            client.force_login(who)
            assert client.get(f"/variants/gates/{asked.pk}/").status_code == 404
            with pytest.raises(PermissionDenied):
                gates.decide(request=asked, by=who, agree=True, word="", at=timezone.now())

    def test_is_asked_by_who_may_edit_the_variant(self, variant, fingerprint) -> None:
        with pytest.raises(PermissionDenied):
            self.ask(variant, person("Contributors"), fingerprint)
