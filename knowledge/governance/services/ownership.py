"""Who answers for an artifact: a person or a group, never nobody."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, Revision

from knowledge.catalog.models import Artifact
from knowledge.governance.roles import ADMINISTRATORS, EDITORS, REVIEWERS
from knowledge.governance.services.reviews import announce

# Where several groups may publish in the same section.
ORDER = (EDITORS.name, REVIEWERS.name)


@transaction.atomic
def change(*, page: Artifact, by: Any, user: Any = None, group: Group | None = None) -> None:
    """Give the artifact another owner, a person or a group. No new version: the text is the same.

    Raises:
        PermissionDenied: ``by`` may not publish the page.
        ValueError: not exactly one of both is given.
    """
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied("Only those who may publish this page change its owner.")
    _set(page, user, group, by)


@transaction.atomic
def pass_on(*, person: Any) -> int:
    """Somebody leaves: what they own goes to the group that publishes nearest to it.

    Called for accounts that are closed or deleted. The deepest section whose publishing group has
    another active member decides; editors before reviewers before others; administrators when
    there is none.

    Returns:
        How many artifacts got another owner.
    """
    pages = list(Artifact.objects.filter(owner_user=person.pk))
    if not pages:
        return 0
    rights = list(
        GroupPagePermission.objects.filter(
            permission__codename="publish_page",
            group__in=Group.objects.filter(user__is_active=True).exclude(name=ADMINISTRATORS.name),
        )
        .exclude(group__in=_alone(person))
        .select_related("group", "page")
    )
    fallback, _created = Group.objects.get_or_create(name=ADMINISTRATORS.name)
    for page in pages:
        near = [one for one in rights if page.path.startswith(one.page.path)]
        near.sort(key=lambda one: (-one.page.depth, _rank(one.group.name)))
        _set(page, None, near[0].group if near else fallback, None)
    return len(pages)


def _alone(person: Any) -> list[int]:
    """Groups with no other active member."""
    return [
        group.pk
        for group in person.groups.all()
        if not group.user_set.filter(is_active=True).exclude(pk=person.pk).exists()
    ]


def _rank(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _set(page: Artifact, user: Any, group: Group | None, by: Any) -> None:
    if (user is None) == (group is None):
        raise ValueError("A person or a group, not both and not neither.")
    before = page.owned_by
    page.owner_user, page.owner_group = user, group
    owner = {
        "owner_user": user.pk if user else None,
        "owner_group": group.pk if group else None,
    }
    Artifact.objects.filter(pk=page.pk).update(
        owner_user=owner["owner_user"], owner_group=owner["owner_group"]
    )
    # Drafts too, or publishing the next one would bring the old owner back.
    for revision in _current(page):
        revision.content.update(owner)
        revision.save(update_fields=["content"])
    log(page, "governance.owner", user=by, data={"before": before, "after": page.owned_by})
    announce(page)


def _current(page: Artifact) -> Iterable[Revision]:
    newest = {page.live_revision_id, page.latest_revision_id} - {None}
    revisions = Revision.objects.for_instance(page)
    return revisions.filter(Q(pk__in=newest) | Q(approved_go_live_at__isnull=False))
