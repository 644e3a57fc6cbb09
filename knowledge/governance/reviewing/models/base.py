"""What every step of a workflow shares: to whom it applies, who decides it, and that it ends once.

A step that does not apply is skipped and the history says why, but never so that nobody looks: the
last step of a workflow in which nobody has approved anything applies to everything.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.log_actions import log
from wagtail.models import Page, Task, TaskState, WorkflowState

from knowledge.governance.auditing import only_reads
from knowledge.governance.errors import AlreadyDecided, ModerationRefused, ReasonMissing
from knowledge.governance.reviewing.errors import Claimed
from knowledge.governance.reviewing.models.assignments import Assignment
from knowledge.governance.reviewing.models.fields import KindsField
from knowledge.governance.reviewing.selectors import sections
from knowledge.governance.reviewing.selectors.authors import changed_by
from knowledge.governance.reviewing.selectors.deputies import absent_for

if TYPE_CHECKING:
    from knowledge.governance.reviewing.selectors.standing import Standing

MAX_COMMENT_CHARS = 2000
SKIPPED = "governance.step_skipped"


class ApproveForm(TaskStateCommentForm):
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea({"rows": 2}),
    )


class ReturnForm(TaskStateCommentForm):
    """A contributor who gets work back must know why."""

    comment = forms.CharField(
        label=_("What has to change?"),
        required=True,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what has to change before you return it.")},
    )


class ReviewTask(Task):
    """Subclasses say who reviews: ``reviewed_by`` for one page and ``waiting_for`` for the queue."""

    due_days = models.PositiveSmallIntegerField(
        _("days until it is due"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("A draft that reaches this step is due after so many days."),
    )
    escalate_after_days = models.PositiveSmallIntegerField(
        _("days overdue until the owner of the section hears of it"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    kinds = KindsField(
        _("only for these kinds"),
        default=list,
        blank=True,
        help_text=_("None chosen: for every kind. Other kinds go past this step."),
    )

    TERMS = ("due_days", "escalate_after_days", "kinds")
    # Whether an author never decides, whatever holds in the section.
    NEVER_AUTHORS = False
    # Whether people without an account may be asked to decide.
    MAY_INVITE = True

    class Meta:
        abstract = True

    # Who

    def reviewed_by(self, page: Page, user: Any) -> bool:
        """Whether ``user`` is a reviewer of ``page`` in this step."""
        raise NotImplementedError

    @classmethod
    def waiting_for(cls, standing: "Standing") -> Q:
        """The same for the queue: which rows of ``Assignment`` of this sort wait for the person."""
        raise NotImplementedError

    def reviewers(self, page: Page) -> QuerySet[Any]:
        """All of them; accounts that are closed and authors are the caller's to leave out."""
        raise NotImplementedError

    def refusal(self, page: Page, user: Any) -> str:
        """Why ``user`` may not decide; empty when nothing speaks against it."""
        if not (user.is_active and self.reviewed_by(page, user)):
            return str(_("Nothing here waits for a decision of yours."))
        if only_reads(user):
            return str(_("Auditors read and change nothing."))
        if user.pk in self.refused_authors(page):
            return str(_("Nobody approves an own change here: someone else has to look at it."))
        return ""

    def refused_authors(self, page: Page) -> set[int]:
        if self.NEVER_AUTHORS or sections.load().refuses_own(page.path):
            return changed_by(page)
        return set()

    def why_not_now(self, page: Page, user: Any) -> str:
        """The same, and that somebody else has claimed it for whom ``user`` does not stand in."""
        if why := self.refusal(page, user):
            return why
        row = Assignment.objects.select_related("assignee").filter(
            page=page.pk, task_state__task=self.pk
        )
        holder = next((one.assignee for one in row), None)
        if holder is None or holder.pk == user.pk:
            return ""
        if holder.pk in absent_for(user, today=timezone.localdate()):
            return ""
        return str(Claimed(holder))

    # What Wagtail asks

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self.reviewed_by(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return not self.reviewed_by(obj, user)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return self.reviewed_by(obj, user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str | Promise, bool]]:
        if self.why_not_now(obj, user):
            return []
        return [
            ("reject", _("Return with a reason"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReturnForm if action == "reject" else ApproveForm

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet:
        from knowledge.governance.reviewing.selectors.standing import Standing

        waiting = Assignment.objects.filter(
            type(self).waiting_for(Standing(user, today=timezone.localdate())),
            task_state__task=self,
        )
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, pk__in=waiting.values("task_state")
        )

    # Begin and end

    def applies_to(self, draft: Page) -> bool:
        """Whether this step is for ``draft``, the specific page as its newest revision has it."""
        return not self.kinds or getattr(draft, "kind", None) in self.kinds

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        draft = workflow_state.content_object.get_latest_revision_as_object()
        if self.applies_to(draft) or self._would_leave_nobody(workflow_state):
            return super().start(workflow_state, user=user)
        return self._skip(workflow_state, draft, user)

    def _would_leave_nobody(self, workflow_state: WorkflowState) -> bool:
        if workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED).exists():
            return False
        steps = list(
            workflow_state.workflow.workflow_tasks.filter(task__active=True)
            .order_by("sort_order")
            .values_list("task", flat=True)
        )
        return not steps or steps[-1] == self.pk

    def _skip(self, workflow_state: WorkflowState, draft: Page, user: Any) -> TaskState:
        revision = draft.get_latest_revision()
        state = self.get_task_state_class()(
            workflow_state=workflow_state,
            revision=revision,
            task=self,
            status=TaskState.STATUS_SKIPPED,
            comment=str(_("Skipped: this step is not for it.")),
        )
        state.save()
        data = {"task": {"id": self.pk, "title": self.name}}
        log(draft, SKIPPED, user=user, data=data, revision=revision)
        return state

    def still_holds(self, state: TaskState, draft: Page) -> bool:
        """Whether what was decided in this step earlier holds for ``draft`` as it is now."""
        return state.status != TaskState.STATUS_SKIPPED or not self.applies_to(draft)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or return, once; of two at the same time the second is told.

        Whatever door it came through: of what a request brought along only what the step itself
        asks for is used.

        Raises:
            AlreadyDecided: the step has ended meanwhile.
            ReasonMissing: nothing says what has to change.
            ModerationRefused: parts that the kind requires are missing; they are named. Or the draft
                is no longer the revision ``seen``, when the form says which was shown.
        """
        locked = TaskState.objects.select_for_update().get(pk=task_state.pk)
        if locked.status != TaskState.STATUS_IN_PROGRESS:
            raise AlreadyDecided(locked)
        comment = str(kwargs.get("comment") or "").strip()[:MAX_COMMENT_CHARS]
        if action_name == "reject":
            if not comment:
                raise ReasonMissing
            task_state.reject(user=user, comment=comment)
        elif action_name == "approve":
            draft = task_state.workflow_state.content_object.get_latest_revision_as_object()
            demand_complete(draft)
            _demand_seen(draft, str(kwargs.get("seen") or ""))
            # What is approved is what stands there now, not what was submitted.
            task_state.revision = draft.get_latest_revision()
            _ask_again(task_state.workflow_state, draft)
            self.keep_answers(task_state, kwargs)
            task_state.approve(user=user, comment=comment)

    def keep_answers(self, task_state: TaskState, given: dict[str, Any]) -> None:
        """Note on ``task_state`` what the step asks for besides a comment."""


def demand_complete(draft: Any) -> None:
    missing = draft.missing_to_publish() if hasattr(draft, "missing_to_publish") else []
    if missing:
        raise ModerationRefused(_("Still missing: %s.") % ", ".join(missing))


def _demand_seen(draft: Page, seen: str) -> None:
    if seen and seen != str(draft.latest_revision_id):
        raise ModerationRefused(_("It was changed while you read it. Read it again, then decide."))


def _ask_again(workflow_state: WorkflowState, draft: Page) -> None:
    """Steps that were skipped or approved, and to which the draft has come back by a change."""
    done = workflow_state.task_states.filter(
        status__in=(TaskState.STATUS_SKIPPED, TaskState.STATUS_APPROVED)
    )
    for state in done.select_related("task"):
        task = state.task.specific
        if isinstance(task, ReviewTask) and not task.still_holds(state, draft):
            state.status = TaskState.STATUS_CANCELLED
            state.save(update_fields=["status"])
