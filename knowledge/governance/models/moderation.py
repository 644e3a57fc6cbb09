"""The step of the default workflow: a reviewer approves, or returns with a reason.

A reviewer is who stands in one of the task's groups and may publish the page: rights that are
given on a section bound what its holders can moderate, whatever the workflow says.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page
from wagtail.permissions import policy_registry

from knowledge.governance.reviewing.models import ReviewTask

if TYPE_CHECKING:
    from knowledge.governance.reviewing.selectors.standing import Standing


class EditorialReviewTask(ReviewTask, AbstractGroupApprovalTask):
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, *ReviewTask.TERMS]

    class Meta:
        verbose_name = _("Editorial review")
        verbose_name_plural = _("Editorial reviews")

    def reviewed_by(self, page: Page, user: Any) -> bool:
        if user.is_superuser:
            return True
        return self._user_in_groups(user) and page.permissions_for_user(user).can_publish()

    def reviewers(self, page: Page) -> QuerySet[Any]:
        members = get_user_model().objects.filter(groups__in=self.groups.all())
        policy = policy_registry.get_by_type(Page)
        return policy.users_with_permission_for_instance(
            "publish", page, include_superusers=False
        ).filter(pk__in=members.values("pk"))

    @classmethod
    def waiting_for(cls, standing: "Standing") -> Q:
        may = ~standing.is_refused_author
        if standing.user.is_superuser:
            return may
        mine = cls.objects.filter(groups__in=standing.groups).values("pk")
        return may & Q(task_state__task__in=mine, page__in=standing.pages_with(("publish",)))

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve, or return with a reason"))
