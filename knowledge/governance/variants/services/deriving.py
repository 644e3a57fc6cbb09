"""Making a variant of a standard."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for, is_visible
from knowledge.governance.selectors import versions
from knowledge.governance.variants import permissions
from knowledge.governance.variants.errors import VariantRefused
from knowledge.governance.variants.models import Variant
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import is_member

MAX_TITLE_CHARS = 255
# What was said of the last version of the standard, and where that one went.
RESET = {"change_note": "", "major_change": False, "superseded_by": None}


@transaction.atomic
def derive(
    *,
    parent: Artifact,
    by: Any,
    place: Page,
    title: str,
    at: datetime,
    team: Team | None = None,
) -> Variant:
    """A draft with the content of the live ``parent`` below ``place``; the team owns it, or ``by``.

    The ids of its parts are those of the standard: by them both are compared later.

    Raises:
        PermissionDenied: ``by`` may not read the standard, not add to the place, or is not in the
            team.
        VariantRefused: the standard is a variant itself, is not kept any more or has no version;
            it has no title; or the place is open to people who may not read the standard.
    """
    # From the row: what readers have, whatever the caller holds in memory.
    parent = Artifact.objects.get(pk=parent.pk).specific
    access = access_for(by)
    may = is_visible(parent, access) and permissions.can_have_variants(parent)
    if not may or not permissions.places(by, access).filter(pk=place.pk).exists():
        raise PermissionDenied("Only who may read a standard and add to a place derives there.")
    if team is not None and not is_member(team, by):
        raise PermissionDenied("Only members make a variant for a team.")
    if why := refusal(parent):
        raise VariantRefused(why)
    title = " ".join(title.replace("\0", "").split())
    if not title:
        raise VariantRefused(_("Give the variant a title of its own."), "title")
    if len(title) > MAX_TITLE_CHARS:
        raise VariantRefused(_("At most %d characters stand here.") % MAX_TITLE_CHARS, "title")
    if permissions.opens_what_is_closed(parent, place):
        message = _(
            "This standard is closed to some people, and the section is open to them. Choose a"
            " section that only those may read who may read the standard."
        )
        raise VariantRefused(message, "place")
    base = versions.find(parent, parent.version)
    page = parent.copy(
        to=place,
        user=by,
        copy_revisions=False,
        keep_live=False,
        update_attrs={
            **RESET,
            "title": title,
            "draft_title": title,
            "slug": _free_slug(place, title),
            "owner_user": by if team is None else None,
            "owner_group": team.group if team is not None else None,
        },
    )
    variant = Variant.objects.create(
        page_id=page.pk,
        parent_id=parent.pk,
        derived_from=parent.version,
        base=base,
        live_base=base,
        counted=parent.version,
        counted_of=parent.live_revision_id,
        told=parent.version,
        team=team,
        made_by=by,
        made_at=at,
    )
    data = {"standard": parent.title, "version": parent.version, "team": team.name if team else ""}
    log(page, "governance.variant_derived", user=by, data=data)
    return variant


def refusal(parent: Artifact) -> str:
    """Why nobody derives from ``parent``; empty when nothing speaks against it."""
    if Variant.objects.filter(page=parent.pk).exists():
        return _("This is a variant itself. Derive from the standard that it was made from.")
    if parent.archived_at is not None:
        return _("This is kept for the record only. Choose a standard that is kept up.")
    if parent.superseded_by_id is not None:
        return _("Another artifact takes the place of this one. Derive from that.")
    if versions.find(parent, parent.version) is None:
        return _("This has no numbered version yet. Publish it once more first.")
    return ""


def _free_slug(place: Page, title: str) -> str:
    stem = slugify(title)[:200] or "variant"
    taken = set(place.get_children().filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug
        for slug in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )
