"""Proposals for those who may read them."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.governance.comparing.edits import Budget
from knowledge.governance.comparing.result import Span
from knowledge.governance.comparing.texts import compare
from knowledge.governance.proposals.models import Proposal


def looked_after_by(user: Any) -> QuerySet[Proposal]:
    """Of pages that the person may change; the open ones first, the newest first."""
    pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, ["change", "publish"]
    )
    rows = Proposal.objects.filter(page__in=pages.values("pk"))
    # "open" comes after "accepted" and "declined".
    return rows.select_related("page", "author").order_by("-state", "-created_at")


def of_person(person: Any, access: Access) -> QuerySet[Proposal]:
    """What the person proposed for pages that they may still see."""
    pages = visible(Artifact.objects.all(), access)
    mine = Proposal.objects.filter(author=person, page__in=pages.values("pk"))
    return mine.select_related("page").order_by("-created_at")


def difference(old: str, new: str) -> tuple[Span, ...]:
    return compare(old, new, Budget())


def looks_after_pages(user: Any) -> bool:
    return bool(
        policy_registry.get_by_type(Page).user_has_any_permission(user, ["change", "publish"])
    )
