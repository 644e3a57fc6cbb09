"""A person without an account decides one step, once, by a link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState

from knowledge.catalog.models import GuidePage, Tag
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.reviewing.models import (
    Invitation,
    PeerReviewTask,
    QualityGateTask,
    SectionRule,
    SecurityReviewTask,
)
from knowledge.governance.reviewing.services import invitations
from knowledge.governance.services import moderation
from tests.factories import ArtifactFactory, CategoryFactory, close, group, person
from tests.knowledge.governance.reviewing.helpers import by_groups, step_of, submitted, workflow

pytestmark = pytest.mark.django_db
EXPERT = {"name": "Dr <b>Ida</b> Brandt", "email": "ida@example.net"}


@pytest.fixture
def section(home: Page) -> Page:
    section = CategoryFactory(title="Operations")
    workflow(section, by_groups(EditorialReviewTask, "Editorial", group("Reviewers")))
    return section


@pytest.fixture
def author(home: Page):
    return person("Contributors")


@pytest.fixture
def reviewer(home: Page):
    return person("Reviewers", first_name="Mira")


@pytest.fixture
def page(section, author):
    return submitted(author, section, title="Hand over a shift")


def invite(page, by, **who: str) -> Invitation:
    return invitations.invite(
        state_id=step_of(page).pk, by=by, at=timezone.now(), **{**EXPERT, **who}
    )


def link() -> str:
    return re.search(r"/reviews/invited/\S+", mail.outbox[-1].body)[0]


def live(page) -> bool:
    return GuidePage.objects.get(pk=page.pk).live


def test_the_link_shows_the_draft_and_decides_once(client, page, reviewer) -> None:
    invite(page, reviewer)
    assert mail.outbox[-1].to == ["ida@example.net"]
    address = link()

    shown = client.get(address)
    assert shown.status_code == 200
    assert "An overview." in shown.content.decode()
    assert "Dr &lt;b&gt;Ida" in shown.content.decode()
    assert shown["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown["Cache-Control"]
    assert "noindex" in shown["X-Robots-Tag"]
    for _look in range(2):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert not live(page)

    done = client.post(address, {"decision": "approve", "name": "Ida Brandt", "comment": "Clear."})

    assert "Thank you" in done.content.decode()
    assert live(page)
    kept = Invitation.objects.get()
    assert (kept.name, kept.decision, kept.comment) == ("Ida Brandt", "approve", "Clear.")
    entry = PageLogEntry.objects.get(action="governance.invited_decision")
    assert entry.data["email"] == "ida@example.net"
    assert entry.data["decision"] == "approve"
    words = TaskState.objects.get(status="approved").comment
    assert words == "Ida Brandt <ida@example.net>, invited by Mira: Clear."
    again = client.post(address, {"decision": "reject", "name": "Ida", "comment": "No!"})
    assert again.status_code == 410
    assert "This link was used: Approved" in again.content.decode()


def test_a_return_wants_a_reason_and_nothing_typed_is_lost(client, page, author, reviewer) -> None:
    invite(page, reviewer)
    address = link()
    mail.outbox.clear()

    for name, comment, fault in (
        ("", "Too long.", "Give your name"),
        ("Ida <i>B</i>", " ", "Say what has to change"),
    ):
        again = client.post(address, {"decision": "reject", "name": name, "comment": comment})
        assert again.status_code == 400
        assert fault in again.content.decode()
        assert "<i>B</i>" not in again.content.decode()
        assert (comment.strip() or "Ida &lt;i&gt;") in again.content.decode()
    client.post(address, {"decision": "reject", "name": "Ida", "comment": "Name the lead."})

    assert not live(page)
    (letter,) = mail.outbox
    assert letter.to == [author.email]
    assert "Name the lead." in letter.body


def test_what_decides_nothing_says_why(client, section, author, reviewer) -> None:
    expired, revoked, decided, cancelled, gone = (submitted(author, section) for _n in range(5))
    links = []
    for one in (expired, revoked, decided, cancelled, gone):
        invite(one, reviewer)
        links.append(link())
    old = timezone.now() - timedelta(minutes=1)
    rows = Invitation.objects.order_by("pk")
    Invitation.objects.filter(pk=rows[0].pk).update(expires_at=old)
    invitations.revoke(invitation=rows[1], by=reviewer, at=timezone.now())
    moderation.approve(page=decided, by=reviewer)
    cancelled.current_workflow_state.cancel(user=author)
    gone.delete()

    for address, status, words in zip(
        [*links, "/reviews/invited/never-made/"],
        [410, 410, 410, 410, 404, 404],
        [
            "expired on",
            "was revoked",
            "no decision any more",
            "no decision any more",
            "no such",
            "no such",
        ],
        strict=True,
    ):
        for answer in (client.get(address), client.post(address, {"decision": "approve"})):
            assert answer.status_code == status, words
            assert words in answer.content.decode()
    assert not live(expired)
    assert not live(revoked)


def test_a_link_of_who_has_no_account_any_more_is_void(client, page, reviewer) -> None:
    invite(page, reviewer)
    reviewer.is_active = False
    reviewer.save()

    assert "was revoked" in client.get(link()).content.decode()


def test_the_table_holds_no_link(page, reviewer) -> None:
    invite(page, reviewer)
    token = link().split("/")[3]

    assert len(token) >= 40
    assert all(token not in str(value) for value in Invitation.objects.values_list().get())


def test_who_guesses_is_slowed_down(client, page, reviewer) -> None:
    for _try in range(60):
        assert client.get("/reviews/invited/guess/").status_code == 404
    invite(page, reviewer)
    assert client.get(link()).status_code == 429


def test_reviewers_and_editors_invite_others_do_not(client, page, reviewer, author) -> None:
    for one in (author, person("Contributors"), person("Viewers")):
        with pytest.raises(ModerationRefused):
            invite(page, one)
    made = invite(page, person("Editors"))
    with pytest.raises(ModerationRefused):
        invitations.revoke(invitation=made, by=author, at=timezone.now())
    invitations.revoke(invitation=made, by=reviewer, at=timezone.now())
    assert Invitation.objects.get().revoked_at


def test_no_author_gets_round_the_rule_of_the_section_by_a_link(section) -> None:
    SectionRule.objects.create(page=section, own_changes="refused")
    editor, reviewer = person("Editors"), person("Reviewers")
    page = submitted(editor, section)

    with pytest.raises(ModerationRefused):
        invite(page, editor)
    with pytest.raises(ModerationRefused, match="address of an author"):
        invite(page, reviewer, email=editor.email.upper())
    workflow(section, PeerReviewTask.objects.create(name="Peer"))
    with pytest.raises(ModerationRefused):
        invite(submitted(editor, section), editor)


def test_nobody_is_invited_to_decide_for_security(section, author) -> None:
    tag = Tag.objects.create(name="security", slug="security")
    workflow(section, by_groups(SecurityReviewTask, "Security", group("Guards"), tag=tag))
    page = submitted(author, section, tags=["security"])

    with pytest.raises(ModerationRefused):
        invite(page, person("Guards"))


def test_the_points_of_a_gate_are_asked_of_the_invited_too(client, section, author) -> None:
    workflow(section, by_groups(QualityGateTask, "Gate", group("Quality"), points="Is it true?"))
    page = submitted(author, section)
    invite(page, person("Quality"))

    again = client.post(link(), {"decision": "approve", "name": "Ida"})
    assert "Answer this point." in again.content.decode()
    client.post(link(), {"decision": "approve", "name": "Ida", "point_0": "yes"})
    assert live(page)
    state = TaskState.objects.get(status="approved").specific
    assert state.answers == [{"point": "Is it true?", "answer": "yes"}]


def test_a_change_is_compared_and_closed_pages_stay_closed(
    client, section, author, reviewer
) -> None:
    board = CategoryFactory(title="Board papers")
    close(board, group("Insiders"))
    secret = ArtifactFactory(parent=board, title="Merger with Acme")
    page = submitted(author, section)
    moderation.approve(page=page, by=reviewer)
    page = GuidePage.objects.get(pk=page.pk)
    page.bottom_line, page.superseded_by = "Tell the duty manager.", secret
    page.save_revision(user=author)
    moderation.submit(page=page, by=author)
    invite(page, reviewer)

    shown = client.get(link()).content.decode()
    assert "What changes for readers" in shown
    assert "duty manager" in shown
    assert "Merger" not in shown


def test_the_desk_invites_lists_and_revokes(client, page, reviewer) -> None:
    client.force_login(reviewer)
    state = step_of(page).pk
    door = reverse("review_invite", args=[state])

    bad = client.post(door, {"name": "Ida", "email": "nowhere"}).content.decode()
    assert "Enter a valid email address." in bad
    assert 'value="nowhere"' in bad
    assert 'value="Ida"' in bad
    client.post(door, EXPERT)
    shown = client.get(reverse("review_desk", args=[state])).content.decode()
    assert "ida@example.net" in shown
    assert "<b>Ida" not in shown
    revoke = reverse("review_uninvite", args=[Invitation.objects.get().pk])
    client.force_login(person("Contributors"))
    client.post(revoke)
    assert Invitation.objects.get().revoked_at is None
    client.force_login(person("Editors"))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)
    assert reverse("review_desk", args=[state]) in edit.content.decode()
    client.post(revoke)
    assert Invitation.objects.get().revoked_at


def test_too_many_links_are_not_sent(page, reviewer) -> None:
    for number in range(invitations.MOST_OPEN):
        invite(page, reviewer, email=f"expert{number}@example.net")
    with pytest.raises(ModerationRefused, match="Revoke one first"):
        invite(page, reviewer)


def test_what_was_changed_while_it_was_read_is_read_again(client, page, author, reviewer) -> None:
    invite(page, reviewer)
    address = link()
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]
    draft = page.get_latest_revision_as_object()
    draft.bottom_line = "Another promise."
    draft.save_revision(user=reviewer)
    sent = {"decision": "approve", "name": "Ida", "comment": "Clear.", "seen": seen}

    refused = client.post(address, sent).content.decode()
    assert "changed while you read it" in refused
    assert "Another promise." in refused
    assert "Clear." in refused
    assert not live(page)

    sent["seen"] = re.search(r'name="seen" value="(\d+)"', refused)[1]
    client.post(address, sent)
    assert live(page)
