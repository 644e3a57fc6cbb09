"""Walking a decision tree on the server, and decisions as their pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, access_for, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.models import Approval, Decision
from knowledge.practice.permissions import names_approvers, readable
from knowledge.practice.selectors.links import links_in
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.models import Team
from templates_lib.base import Prose, prose
from templates_lib.decisions.tree import WalkState, answers_of, is_number
from templates_lib.limits import figure, words
from templates_lib.markdown import write
from templates_lib.rendering import rendering

# Of the parameters of a walk: "a.data=Yes". The key of a question never has a dot.
PREFIX = "a."


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through the first decision tree of an artifact, as far as it got."""

    heading: str
    state: WalkState
    given: Mapping[str, str]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What the next question offers: what is sent, and what is read."""
        question = self.state.question
        return [
            (one.get("label"), _label(one, question.get("unit"))) for one in answers_of(question)
        ]

    @property
    def asks_number(self) -> bool:
        return self.state.question is not None and is_number(self.state.question)

    @property
    def field(self) -> str:
        return f"{PREFIX}{self.state.question.get('key')}" if self.state.question else ""


def tree_of(page: Artifact) -> Any | None:
    """The first decision tree in the body; ``page`` is of its own kind."""
    return next((one for one in page.body if one.block_type == "decision_tree"), None)


def walk(page: Artifact, parameters: Mapping[str, str]) -> Walk | None:
    """Where the answers among the parameters lead; None when there is no tree."""
    part = tree_of(page)
    if part is None:
        return None
    said = {
        key.removeprefix(PREFIX): value
        for key, value in parameters.items()
        if key.startswith(PREFIX)
    }
    state = part.value.walk(said)
    given = {f"{PREFIX}{step.question.get('key')}": step.given for step in state.path}
    return Walk(part.block.heading_for(part.value), state, given)


@dataclass(frozen=True, slots=True)
class ShownDecision:
    row: Decision
    detail: SafeString | str
    # Empty when the artifact is gone, or the reader may not see it.
    artifact_url: str
    # None for readers who are not in it.
    team: Team | None
    # Both only when the reader may see them.
    successor: Decision | None
    replaced: Sequence[Decision]
    approvals: Sequence[Approval]
    # Whether the word of the reader is waited for.
    asks_reader: bool
    # The role for which the reader names somebody else, because who was named is gone; empty without.
    left: str


def show(decision: Decision, user: Any, access: Access) -> ShownDecision:
    """Everything of the page of one decision. Five queries, those for the rights on its team, and while it
    waits, for who may name approvers those for the rights of each.
    """
    page = None
    if decision.artifact_id:
        pages = visible(Artifact.objects.filter(pk=decision.artifact_id), access)
        page = pages.values_list("url_path", flat=True).first()
    with rendering(links_in([decision.detail], access)):
        detail = Prose(decision.detail).__html__() if decision.detail else ""
    others = readable(Decision.objects.all(), user, access)
    successor = None
    if decision.superseded_by_id:
        successor = others.filter(pk=decision.superseded_by_id).first()
    approvals = list(decision.approvals.select_related("person"))
    is_open = decision.state == Decision.State.PROPOSED
    return ShownDecision(
        row=decision,
        detail=detail,
        artifact_url=site_path(page) if page else "",
        team=shown_to(decision, user),
        successor=successor,
        replaced=list(others.filter(superseded_by=decision.pk)),
        approvals=approvals,
        asks_reader=is_open
        and any(one.person_id == user.pk and one.is_given is None for one in approvals),
        left=next((one.role for one in left(decision, approvals)), "")
        if names_approvers(decision, user)
        else "",
    )


def left(decision: Decision, approvals: Iterable[Approval]) -> list[Approval]:
    """Those of its ``approvals`` that it waits for in vain: who was named is gone, or may not read its
    artifact any more.
    """
    if decision.state != Decision.State.PROPOSED:
        return []
    waiting = (one for one in approvals if one.is_given is None)
    return [one for one in waiting if not _may_approve(one.person, decision)]


def _may_approve(person: Any, decision: Decision) -> bool:
    if person is None or not person.is_active:
        return False
    return decision.artifact is None or access_for(person).opens(decision.artifact.path)


def waiting_for(user: Any, access: Access) -> QuerySet[Decision]:
    """Decisions that this person is to approve, the oldest first."""
    return readable(asking(Decision.objects.all(), user), user, access).order_by("decided_at")


def asking(rows: QuerySet[Decision], user: Any) -> QuerySet[Decision]:
    """Those of ``rows`` that wait for the word of this person."""
    open_ones = Approval.objects.filter(
        decision=OuterRef("pk"), person=user.pk, is_given__isnull=True
    )
    return rows.filter(Exists(open_ones), state=Decision.State.PROPOSED)


def as_markdown(shown: ShownDecision) -> str:
    """The record, to keep beside code or in another system: what its page tells the same reader."""
    decision = shown.row
    trail = [
        write.join(
            f"{write.escape(step['question'])} **{write.escape(step['answer'])}**",
            write.paragraphs(step["reason"]),
        )
        for step in decision.trail
    ]
    facts = [
        write.labelled(_("Status"), decision.get_state_display()),
        write.labelled(_("Decided on"), _day(decision.decided_at)),
        write.labelled(_("Decided by"), called(decision.decided_by)),
        write.labelled(_("Framework"), f"{decision.title}, {decision.version}"),
        *_places(shown),
    ]
    return write.join(
        write.heading(decision.name, 1),
        write.bullets(fact for fact in facts if fact),
        write.paragraphs(decision.context),
        write.heading(_("The way to it"), 2),
        write.bullets(trail),
        write.heading(_("Outcome"), 2),
        f"**{write.escape(decision.outcome)}**",
        prose(Prose(decision.detail)) if decision.detail else "",
        write.heading(_("Approval"), 2) if shown.approvals else "",
        write.bullets(_approval(one, decision) for one in shown.approvals),
    )


def _places(shown: ShownDecision) -> list[str]:
    """What it takes the place of, and what takes its own, as far as the reader may see them."""
    states = Decision.State
    state = shown.row.state
    is_in_force = state in (states.ACCEPTED, states.SUPERSEDED)
    label = _("Takes the place of") if is_in_force else _("Is to take the place of")
    found = [write.labelled(label, one.name) for one in shown.replaced]
    if shown.successor and state == states.SUPERSEDED:
        found.append(write.labelled(_("Another decision takes its place"), shown.successor.name))
    return found


def _approval(one: Approval, decision: Decision) -> str:
    said = [
        f"{write.escape(one.role)}: **{write.escape(called(one.person) or _('nobody any more'))}**"
    ]
    if one.given_at:
        said += [_("Approved") if one.is_given else _("Not approved"), _day(one.given_at)]
    elif decision.state == Decision.State.PROPOSED:
        said.append(_("has not answered yet"))
    return write.join(", ".join(said), write.paragraphs(one.note))


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _label(answer: Any, unit: str | None) -> str:
    limit = words("ge", answer.get("at_least"), unit)
    return f"{answer.get('label')} ({limit})" if limit else str(answer.get("label") or "")


def said_in_words(step: Any) -> str:
    """The answer of a step, with the number that was given where one was asked."""
    label = str(step.answer.get("label") or "")
    if not is_number(step.question):
        return label
    return f"{figure(step.given, step.question.get('unit'))} ({label})"
