"""The sorts of steps beside the editorial review."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState
from wagtail.permissions import policy_registry

from knowledge.catalog.models import Tag
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.reviewing.models.base import ApproveForm, ReviewTask
from knowledge.governance.reviewing.selectors import sections
from knowledge.governance.reviewing.selectors.deputies import absent_for, deputies_of

if TYPE_CHECKING:
    from knowledge.governance.reviewing.selectors.standing import Standing

MAX_POINTS = 30
POINT = "point_"
# Rights that make a peer: who writes in the section.
WRITES = ("add", "change")


class PeerReviewTask(ReviewTask):
    """Any other person who writes in the section; never an author of the change."""

    NEVER_AUTHORS = True
    admin_form_fields = [*Task.admin_form_fields, *ReviewTask.TERMS]

    class Meta:
        verbose_name = _("Peer review")
        verbose_name_plural = _("Peer reviews")

    def reviewed_by(self, page: Page, user: Any) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(
            policy.user_has_any_permission_for_instance(user, WRITES, page)
            and user.pk != _requested_by(page)
        )

    def reviewers(self, page: Page) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(Page)
        people: QuerySet[Any] = policy.users_with_any_permission_for_instance(
            WRITES, page, include_superusers=False
        )
        return people

    @classmethod
    def waiting_for(cls, standing: "Standing") -> Q:
        return Q(page__in=standing.pages_with(WRITES)) & ~standing.is_author

    @classmethod
    def get_description(cls) -> str:
        return str(_("Any other contributor or editor of the section approves, never an author"))


class _ByGroups(ReviewTask, AbstractGroupApprovalTask):
    """Members of the step's groups, whatever else they may do in the section."""

    class Meta:
        abstract = True

    def reviewed_by(self, page: Page, user: Any) -> bool:
        return bool(self._user_in_groups(user))

    def reviewers(self, page: Page) -> QuerySet[Any]:
        return get_user_model().objects.filter(groups__in=self.groups.all()).distinct()

    @classmethod
    def waiting_for(cls, standing: "Standing") -> Q:
        mine = cls.objects.filter(groups__in=standing.groups).values("pk")
        return Q(task_state__task__in=mine) & ~standing.is_refused_author


class QualityGateTask(_ByGroups):
    """A checklist; each point is answered before anything is approved."""

    points = models.TextField(
        _("points of the checklist"),
        help_text=_("One point a line, as a question that is answered with yes or no."),
    )
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "points", *ReviewTask.TERMS]

    class Meta:
        verbose_name = _("Quality gate")
        verbose_name_plural = _("Quality gates")

    def clean(self) -> None:
        super().clean()
        if not 0 < len(self.questions) <= MAX_POINTS:
            raise ValidationError(
                {"points": _("Write between 1 and %d points, one a line.") % MAX_POINTS}
            )

    @property
    def questions(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.points.splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str | Promise, bool]]:
        # Without the dialogue nobody could answer.
        actions = super().get_actions(obj, user)
        approve = ("approve", _("Answer the points and approve"), True)
        return [*actions[:1], approve] if actions else []

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        base = super().get_form_for_action(action)
        if action != "approve":
            return base
        fields: dict[str, Any] = {
            f"{POINT}{place}": PointField(label=question)
            for place, question in enumerate(self.questions)
        }
        return type("GateForm", (ApproveForm,), fields)

    def keep_answers(self, task_state: TaskState, given: dict[str, Any]) -> None:
        """Raises ``ModerationRefused`` when a point has no answer or was answered with no."""
        form = self.get_form_for_action("approve")(given)
        answers = {
            str(field.label): given.get(name)
            for name, field in form.fields.items()
            if name.startswith(POINT)
        }
        if not form.is_valid():
            open_points = [
                str(form.fields[name].label) for name in form.errors if name in form.fields
            ]
            raise ModerationRefused(_("Not answered with yes: %s") % "; ".join(open_points))
        task_state.answers = [
            {"point": point, "answer": answer} for point, answer in answers.items()
        ]

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups answer each point of a checklist"))


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NOT_APPLICABLE = "n/a", _("Does not apply")
    NO = "no", _("No")


class PointField(forms.ChoiceField):
    """Yes or does not apply. With no it cannot pass: it is returned, and the form says so."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        errors = {"required": _("Answer this point.")}
        super().__init__(choices=Answer.choices, error_messages=errors, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value == Answer.NO:
            raise ValidationError(
                _("With a no here it cannot be approved. Return it with the reason."), code="no"
            )


class QualityGateState(TaskState):
    """The answers stay with the approval."""

    answers = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    def get_comment(self) -> str:
        said = dict(Answer.choices)
        lines = [f"{one['point']} {said.get(one['answer'], '')}" for one in self.answers]
        return " · ".join(filter(None, [self.comment, *lines]))


QualityGateTask.task_state_class = QualityGateState


class SecurityReviewTask(_ByGroups):
    """Only what carries the tag, only these groups, and only for exactly what they have seen."""

    MAY_INVITE = False

    tag = models.ForeignKey(
        Tag,
        verbose_name=_("tag"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What carries it goes through this step and is not published without it."),
    )
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "tag", *ReviewTask.TERMS]

    class Meta:
        verbose_name = _("Security review")
        verbose_name_plural = _("Security reviews")

    def applies_to(self, draft: Page) -> bool:
        tags = draft.tags.all() if hasattr(draft, "tags") else []
        return super().applies_to(draft) and any(
            self.tag_id in (tag.pk, tag.merged_into_id) for tag in tags
        )

    def still_holds(self, state: TaskState, draft: Page) -> bool:
        if state.status == TaskState.STATUS_APPROVED and self.applies_to(draft):
            return state.revision_id == draft.latest_revision_id
        return super().still_holds(state, draft)

    @classmethod
    def get_description(cls) -> str:
        return str(_("What carries the chosen tag needs the approval of the chosen groups"))


class DecisionRightTask(ReviewTask):
    """Whoever has the right to decide in the section (``SectionRule``), found up the tree."""

    admin_form_fields = [*Task.admin_form_fields, *ReviewTask.TERMS]

    class Meta:
        verbose_name = _("Approval by the owner of the section")
        verbose_name_plural = _("Approvals by the owner of the section")

    def reviewed_by(self, page: Page, user: Any) -> bool:
        holder = sections.load().holder_of(page.path)
        # A right that is a person's passes on to who stands in for that person.
        return holder.includes(user) or holder.user_id in absent_for(
            user, today=timezone.localdate()
        )

    def reviewers(self, page: Page) -> QuerySet[Any]:
        holder = sections.load().holder_of(page.path)
        if holder.user_id is None:
            return holder.people()
        deputies = deputies_of([holder.user_id], today=timezone.localdate())
        both = [holder.user_id, *deputies.get(holder.user_id, [])]
        return get_user_model().objects.filter(pk__in=both)

    @classmethod
    def waiting_for(cls, standing: "Standing") -> Q:
        own_sort = Q(task_state__task__in=cls.objects.values("pk"))
        return own_sort & standing.is_held & ~standing.is_refused_author

    @classmethod
    def get_description(cls) -> str:
        return str(_("The person or group that owns the section approves"))


def _requested_by(page: Page) -> int | None:
    state = page.current_workflow_state
    return state.requested_by_id if state else None
