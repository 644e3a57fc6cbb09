"""Names owners of sections, with the rights that belong to it, and takes both away again."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from knowledge.catalog.services import freshness
from knowledge.governance.errors import SectionRefused
from knowledge.governance.models import EditorialReviewTask
from knowledge.governance.roles import SECTION_OWNERS
from knowledge.governance.sections.models import SectionOwner, SectionVoice
from knowledge.governance.services import roles


def may_appoint(user: Any) -> bool:
    """To name an owner is to give rights: for those who may do that."""
    return bool(user.has_perm("auth.change_group"))


@transaction.atomic
def appoint(
    *, section: Page, by: Any, user: Any = None, group: Group | None = None
) -> SectionOwner | None:
    """Make a person or a group the owner of ``section``; with neither it has none of its own.

    What the owner of before had by this is gone in the same transaction.

    Raises:
        PermissionDenied: ``by`` may not change groups.
        SectionRefused: a person and a group are named, or a group that the portal keeps itself.
    """
    if not may_appoint(by):
        raise PermissionDenied("Only those who may change groups name owners of sections.")
    if user is not None and group is not None:
        raise SectionRefused(_("Name a person or a group, not both."))
    if group is not None and SectionOwner.objects.filter(rights=group).exists():
        raise SectionRefused(_("This group belongs to a section already. Choose another."))
    before = SectionOwner.objects.select_for_update(of=("self",)).filter(section=section.pk).first()
    if (user, group) == ((before.user, before.group) if before else (None, None)):
        return before
    if before is not None:
        before.rights.delete()
    owner = None
    if user is not None or group is not None:
        rights = Group.objects.create(name=_rights_name(section))
        roles.grant_section(group=rights, section=section, role=SECTION_OWNERS)
        owner = SectionOwner.objects.create(section=section, user=user, group=group, rights=rights)
        fill(owner=owner)
        for task in _reviews_of(section):
            task.groups.add(rights)
    names = {"before": before.name if before else "", "after": owner.name if owner else ""}
    log(section, "governance.section_owner", user=by, data=names)
    freshness.bump()
    return owner


def fill(*, owner: SectionOwner) -> None:
    """The members of the rights are the owner, or whoever is in the owning group now."""
    people = get_user_model().objects
    members = (
        people.filter(groups=owner.group) if owner.group else people.filter(pk=owner.user_id or 0)
    )
    owner.rights.user_set.set(members)


@transaction.atomic
def let_anonymous_speak(*, section: Page, by: Any, allowed: bool | None) -> None:
    """Whether people who are not logged in may give feedback here; None: as above it.

    What is so already is no change, and stands in no history.

    Raises:
        PermissionDenied: ``by`` may not publish the section.
    """
    if not section.permissions_for_user(by).can_publish():
        raise PermissionDenied("Only those who may publish this section decide who speaks in it.")
    said = SectionVoice.objects.select_for_update().filter(section=section.pk)
    if said.values_list("anonymous", flat=True).first() is allowed:
        return
    if allowed is None:
        SectionVoice.objects.filter(section=section.pk).delete()
    else:
        SectionVoice.objects.update_or_create(section=section, defaults={"anonymous": allowed})
    log(section, "governance.section_voice", user=by, data={"anonymous": allowed})
    freshness.bump()


def _rights_name(section: Page) -> str:
    """Titles may be the same in two places; the number never is."""
    return f"{SECTION_OWNERS.name}: {section.title[:100]} ({section.pk})"


def _reviews_of(section: Page) -> list[EditorialReviewTask]:
    """The steps that drafts of the section go through. Who reviews must also be able to publish
    there, so that the owner gets no say elsewhere.
    """
    workflow = section.get_workflow()
    if workflow is None:
        return []
    return list(EditorialReviewTask.objects.filter(workflow_tasks__workflow=workflow))
