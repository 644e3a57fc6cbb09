"""What one person may decide, as a filter on what waits: the same answer as ``reviewed_by``."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import cached_property
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from knowledge.catalog.rights import outside
from knowledge.governance.reviewing.models import Assignment
from knowledge.governance.reviewing.models.base import ReviewTask
from knowledge.governance.reviewing.selectors import sections
from knowledge.governance.reviewing.selectors.deputies import absent_for
from knowledge.governance.roles import AUDITORS

PATH = "page__path"


class Standing:
    """Looked up when it is asked for, and once."""

    def __init__(self, user: Any, *, today: date) -> None:
        self.user = user
        self.today = today

    @cached_property
    def _groups(self) -> dict[int, str]:
        return dict(self.user.groups.values_list("pk", "name"))

    @property
    def groups(self) -> list[int]:
        return list(self._groups)

    @property
    def only_reads(self) -> bool:
        """As ``auditing.only_reads``, without another query."""
        return not self.user.is_superuser and AUDITORS.name in self._groups.values()

    @cached_property
    def rules(self) -> sections.SectionRules:
        return sections.load()

    @cached_property
    def absent(self) -> list[int]:
        """For whom the person stands in today."""
        return absent_for(self.user, today=self.today)

    def pages_with(self, rights: Collection[str]) -> QuerySet[Page]:
        """Pages on which the person has one of these rights, whoever made them."""
        policy = policy_registry.get_by_type(Page)
        if self.user.is_superuser:
            return Page.objects.all()
        roots = Q(pk__in=[])
        for permission in policy.get_cached_permissions_for_user(self.user):
            if permission.permission.codename.removesuffix("_page") in rights:
                roots |= Q(path__startswith=permission.page.path)
        return outside(Page.objects.filter(roots), self.user)

    @cached_property
    def is_author(self) -> Q:
        drafts = Revision.objects.filter(
            user=self.user,
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id=Cast(OuterRef("page_id"), CharField()),
            pk__gt=Coalesce(OuterRef("page__live_revision_id"), Value(0)),
        )
        return Q(task_state__workflow_state__requested_by=self.user.pk) | Q(Exists(drafts))

    @cached_property
    def is_refused_author(self) -> Q:
        return self.rules.where_own_is_refused(PATH) & self.is_author

    @cached_property
    def is_held(self) -> Q:
        return self.rules.where_held_by(PATH, [self.user.pk, *self.absent], self.groups)

    def may_decide(self) -> QuerySet[Assignment]:
        """Everything that waits for the person, whoever has claimed it."""
        if self.only_reads:
            return Assignment.objects.none()
        found = Q(pk__in=[])
        for sort in sorts():
            own = Q(task_state__task__in=sort.objects.values("pk"))
            found |= own & sort.waiting_for(self)
        return Assignment.objects.filter(found)


def sorts() -> list[type[ReviewTask]]:
    """Every concrete sort of step."""

    def below(sort: type[ReviewTask]) -> list[type[ReviewTask]]:
        kinds = [] if sort._meta.abstract else [sort]
        return kinds + [one for sub in sort.__subclasses__() for one in below(sub)]

    return below(ReviewTask)
