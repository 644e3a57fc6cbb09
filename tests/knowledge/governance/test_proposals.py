"""Readers propose other words; editors take them over into a draft, or say why not."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from knowledge.governance.errors import ProposalRefused
from knowledge.governance.proposals import parts, services
from knowledge.governance.proposals import views as proposal_views
from knowledge.governance.proposals.models import Proposal
from knowledge.governance.services import moderation
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def artifact(home: Page):
    return ArtifactFactory(
        title="Hand over a shift",
        body=[
            {"type": "overview", "value": {"body": "<p>An overview.</p>"}},
            {"type": "paragraph", "value": "<p>Call the <b>lead</b>.</p>"},
            {"type": "markdown", "value": {"source": "Ask *twice*."}},
            {"type": "takeaways", "value": {"points": ["Write it down."]}},
        ],
    )


@pytest.fixture
def rosa(home: Page):
    return person("Viewers", username="rosa")


@pytest.fixture
def editor(home: Page):
    return person("Editors")


def target(artifact, name: str) -> str:
    if name in parts.FIELDS:
        return name
    return str(next(one.id for one in artifact.body if one.block_type == name))


def proposed(artifact, by, name="paragraph", text="Call the *lead* and wait.", **fields):
    return services.propose(
        page=artifact, by=by, target=target(artifact, name), text=text, reason="Clearer.", **fields
    )


def accepted(proposal, by, **fields) -> Proposal:
    return services.accept(proposal=proposal, by=by, at=timezone.now(), **fields)


def draft(artifact):
    return type(artifact).objects.get(pk=artifact.pk).get_latest_revision_as_object()


def text_of(artifact, name: str) -> str:
    return parts.find(draft(artifact), target(artifact, name)).text


class TestProposing:
    def test_it_is_kept_and_the_owner_hears(self, client, artifact, rosa) -> None:
        client.force_login(rosa)
        url = reverse("proposals:new", args=[artifact.pk])
        part = target(artifact, "paragraph")
        assert "Call the **lead**." in client.get(url, {"part": part}).content.decode()

        client.post(url, {"part": part, "text": "Call the lead first.", "reason": "Clearer."})

        kept = Proposal.objects.get()
        assert (kept.author, kept.before, kept.version) == (rosa, "Call the **lead**.", "1.0")
        assert mail.outbox[0].to == [artifact.owner_user.email]
        shown = client.get(reverse("proposals:show", args=[kept.pk]))
        assert shown.status_code == 200

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"text": ""}, "Write what should stand there"),
            ({"text": "Call the **lead**.\r\n"}, "stands there already"),
            ({"reason": " "}, "Say why"),
            ({"part": "gone"}, "no longer on the page"),
            ({"part": "bottom_line", "text": "a" * 301}, "At most 300"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_lost(
        self, client, artifact, rosa, change, said
    ) -> None:
        client.force_login(rosa)
        form = {"part": target(artifact, "paragraph"), "text": "Mine.", "reason": "Because."}
        answer = client.post(reverse("proposals:new", args=[artifact.pk]), form | change)
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert said in shown
        assert (form | change)["text"].strip() in shown
        assert not Proposal.objects.exists()

    def test_nobody_without_a_name_and_nothing_of_what_is_closed(
        self, client, artifact, rosa
    ) -> None:
        url = reverse("proposals:new", args=[artifact.pk])
        assert client.get(url).status_code == 302
        close(artifact, group("Board"))
        client.force_login(rosa)
        assert client.get(url).status_code == 404
        with pytest.raises(PermissionDenied):
            proposed(artifact, rosa)

    def test_too_many_in_an_hour_are_refused_in_words(
        self, client, artifact, rosa, monkeypatch
    ) -> None:
        monkeypatch.setattr(proposal_views, "LIMIT_PER_HOUR", 1)
        client.force_login(rosa)
        url = reverse("proposals:new", args=[artifact.pk])
        form = {"part": "title", "text": "Mine.", "reason": "Because."}
        statuses = [client.post(url, form).status_code for _ in range(2)]
        assert statuses == [302, 429]


class TestAccepting:
    @pytest.mark.parametrize(
        ("name", "text", "stored"),
        [
            ("paragraph", "Call *them*, [all](https://example.org).", None),
            ("overview", "Another overview.", None),
            ("markdown", "Ask **once**.", None),
            ("title", "Hand a shift over", None),
            ("bottom_line", "Two\nlines.", "Two lines."),
        ],
    )
    def test_the_words_stand_in_a_draft_that_bears_the_proposers_name(
        self, artifact, rosa, editor, name, text, stored
    ) -> None:
        taken = accepted(proposed(artifact, rosa, name, text), editor)

        assert text_of(artifact, name) == (stored or text)
        assert taken.revision.user == rosa
        page = type(artifact).objects.get(pk=artifact.pk)
        assert page.has_unpublished_changes
        assert page.title == "Hand over a shift"
        done = PageLogEntry.objects.get(action="governance.proposal_accepted")
        assert done.user == editor
        assert mail.outbox[-1].to == [rosa.email]

    def test_other_parts_stay_as_they_are(self, artifact, rosa, editor) -> None:
        accepted(proposed(artifact, rosa), editor)
        assert text_of(artifact, "overview") == "An overview."
        assert [one.block_type for one in draft(artifact).body] == [
            *("overview", "paragraph", "markdown", "takeaways")
        ]

    def test_hostile_words_come_out_as_words(self, client, artifact, rosa, editor) -> None:
        text = f"{HOSTILE} [a](javascript:alert(1)) <img src=x onerror=alert(1)>"
        proposal = proposed(artifact, rosa, text=text)
        client.force_login(editor)
        for url in (
            reverse("proposals:show", args=[proposal.pk]),
            reverse("proposal_decide", args=[proposal.pk]),
            reverse("proposals"),
        ):
            assert HOSTILE not in client.get(url).content.decode()
        accepted(proposal, editor)
        draft(artifact).save_revision().publish()
        shown = client.get(artifact.url).content.decode()
        assert HOSTILE not in shown
        assert "<img src=x" not in shown
        assert 'href="javascript' not in shown

    def test_a_part_with_fields_is_left_to_the_editor(self, artifact, rosa, editor) -> None:
        taken = accepted(proposed(artifact, rosa, "takeaways", "- Write it down twice."), editor)
        assert taken.state == "accepted"
        assert taken.revision is None
        assert not type(artifact).objects.get(pk=artifact.pk).has_unpublished_changes

    def test_a_change_meanwhile_is_said_and_nothing_is_lost(
        self, client, artifact, rosa, editor
    ) -> None:
        proposal = proposed(artifact, rosa)
        page = draft(artifact)
        parts.write(page, proposal.target, "Somebody else wrote this.")
        page.save_revision(user=editor)

        with pytest.raises(ProposalRefused):
            accepted(proposal, editor)
        client.force_login(editor)
        shown = client.get(reverse("proposal_decide", args=[proposal.pk])).content.decode()
        assert "The part was changed since" in shown
        assert "Somebody else wrote this." in shown

        accepted(proposal, editor, despite_change=True)
        assert text_of(artifact, "paragraph") == "Call the *lead* and wait."

    def test_nobody_decides_twice(self, artifact, rosa, editor) -> None:
        proposal = proposed(artifact, rosa)
        accepted(proposal, editor)
        with pytest.raises(ProposalRefused):
            services.decline(proposal=proposal, by=editor, at=timezone.now(), note="No.")

    def test_not_while_a_draft_is_under_review(self, artifact, rosa, editor) -> None:
        proposal = proposed(artifact, rosa)
        writer = person("Editors")
        page = draft(artifact)
        page.save_revision(user=writer)
        moderation.submit(page=type(artifact).objects.get(pk=artifact.pk), by=writer)
        with pytest.raises(ProposalRefused):
            accepted(proposal, editor)

    @pytest.mark.parametrize("role", ["Viewers", "Contributors"])
    def test_who_may_not_edit_the_page_does_not_decide(self, client, artifact, rosa, role) -> None:
        proposal = proposed(artifact, rosa)
        user = person(role)
        with pytest.raises(PermissionDenied):
            accepted(proposal, user)
        client.force_login(user)
        answer = client.post(reverse("proposal_decide", args=[proposal.pk]), {"action": "accept"})
        assert answer.status_code in (302, 403)
        assert Proposal.objects.get().is_open


def test_a_no_has_its_reason_and_the_proposer_hears_it(client, artifact, rosa, editor) -> None:
    proposal = proposed(artifact, rosa)
    client.force_login(editor)
    url = reverse("proposal_decide", args=[proposal.pk])
    client.post(url, {"action": "decline", "note": ""})
    assert Proposal.objects.get().is_open

    client.post(url, {"action": "decline", "note": "The rota says otherwise."})

    assert "The rota says otherwise." in mail.outbox[-1].body
    client.force_login(rosa)
    assert "The rota says otherwise." in client.get(reverse("governance:mine")).content.decode()


def test_both_sides_talk_and_others_do_not_listen(client, artifact, rosa, editor) -> None:
    proposal = proposed(artifact, rosa)
    client.force_login(editor)
    client.post(
        reverse("proposal_decide", args=[proposal.pk]), {"action": "remark", "remark": "Why?"}
    )
    assert "Why?" in mail.outbox[-1].body
    url = reverse("proposals:show", args=[proposal.pk])
    client.force_login(rosa)
    client.post(url, {"remark": f"Because. {HOSTILE}"})
    assert client.post(url, {"remark": " "}).status_code == 400
    shown = client.get(url).content.decode()
    assert "Why?" in shown
    assert "Because." in shown
    assert HOSTILE not in shown
    client.force_login(person("Viewers"))
    assert client.get(url).status_code == 404
    assert client.post(url, {"remark": "Me too."}).status_code == 404


def test_the_list_holds_what_one_looks_after_at_a_fixed_cost(
    client, artifact, rosa, editor, django_assert_max_num_queries
) -> None:
    for number in range(5):
        proposed(artifact, rosa, text=f"Words {number}.")
    client.force_login(editor)
    url = reverse("proposals")
    client.get(url)
    with django_assert_max_num_queries(20):
        shown = client.get(url).content.decode()
    assert shown.count("Hand over a shift") == 5
    elsewhere = group("Squad")
    from knowledge.governance import roles as role
    from knowledge.governance.services import roles

    roles.grant_section(group=elsewhere, section=CategoryFactory(slug="else"), role=role.EDITORS)
    client.force_login(person("Squad"))
    assert "Hand over a shift" not in client.get(url).content.decode()
