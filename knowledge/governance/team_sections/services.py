"""Makes the private section of a team, with the rights of members and leads in it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from knowledge.catalog.models import CategoryPage, SectionPage
from knowledge.catalog.permissions import access_for, is_visible
from knowledge.governance.roles import CONTRIBUTORS, REVIEWERS, SECTION_OWNERS
from knowledge.governance.services import roles
from knowledge.governance.team_sections.models import TeamSection
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.models import Membership, Team
from knowledge.practice.teams.permissions import manages


@transaction.atomic
def open_section(*, team: Team, by: Any, category: CategoryPage) -> TeamSection:
    """A section below ``category`` that only the team reads, and a collection for its files. Members write
    drafts in it; leads review and publish them, and have all other rights there.

    It is closed before it is published, so it is never open for a moment.

    Raises:
        PermissionDenied: ``by`` does not manage the team.
        TeamRefused: the team has one already, or may not see the category.
    """
    team = Team.objects.select_for_update(of=("self",)).select_related("group").get(pk=team.pk)
    if not manages(team, by):
        raise PermissionDenied(_("Only who leads the team may do that."))
    if TeamSection.objects.filter(team=team).exists():
        raise TeamRefused(_("The team has its section already."))
    if not is_visible(category, access_for(by)):
        raise TeamRefused(_("Choose one of the categories."), "category")
    section = SectionPage(title=team.name, slug=_free_slug(team, category), live=False, owner=by)
    category.add_child(instance=section)
    closed = PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.GROUPS
    )
    closed.groups.add(team.group)
    leads = Group.objects.create(name=f"Team leads: {team.name} ({team.slug})")
    files = _collection(team)
    row = TeamSection.objects.create(team=team, section=section, leads=leads, files=files)
    roles.grant_section(group=team.group, section=section, role=CONTRIBUTORS, files=files)
    # With the rights of reviewers the section gets a workflow of its own, and drafts go to the leads.
    for role in (SECTION_OWNERS, REVIEWERS):
        roles.grant_section(group=leads, section=section, role=role, files=files)
    fill(row=row)
    section.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    log(section, "governance.team_section", user=by)
    return row


@transaction.atomic
def fill(*, row: TeamSection) -> None:
    """Put the leads of the team into the group, and nobody else."""
    if row.leads is not None:
        leading = Membership.objects.filter(team=row.team_id, role=Membership.Role.LEAD)
        row.leads.user_set.set(
            get_user_model().objects.filter(pk__in=leading.values("person"), is_active=True)
        )


def _collection(team: Team) -> Collection:
    """Closed to everybody else, on the site and in the admin (catalog/file_rights.py)."""
    files: Collection = Collection.get_first_root_node().add_child(name=team.name)
    closed = CollectionViewRestriction.objects.create(
        collection=files, restriction_type=CollectionViewRestriction.GROUPS
    )
    closed.groups.add(team.group)
    return files


def _free_slug(team: Team, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    number, slug = 1, team.slug
    while slug in taken:
        number += 1
        slug = f"{team.slug}-{number}"
    return slug
