"""Everything that the page of an artifact shows around its body."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_of, visible
from knowledge.catalog.selectors.body import body_of, render_body
from knowledge.catalog.selectors.cards import Card, cards
from knowledge.catalog.selectors.categories import STEP_CHARS, site_path
from knowledge.catalog.trust import TrustState
from templates_lib.rendering import LinkTarget

MAX_RELATED = 6
HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Trust:
    """The trust line: who answers for it, who checked it and when, until when it holds."""

    state: str
    label: str
    owner: str
    reviewed_by: str
    last_reviewed: date | None
    next_review: date | None
    version: str
    successor: LinkTarget | None

    @property
    def explanation(self) -> str:
        return {
            TrustState.VERIFIED: _("A person has checked this, and the check still holds."),
            TrustState.DUE: _("The next check is due. Ask the owner when in doubt."),
            TrustState.STALE: _("The check is long overdue. Do not rely on this alone."),
            TrustState.UNVERIFIED: _("Nobody has checked this yet."),
            TrustState.SUPERSEDED: _("There is a newer artifact in its place."),
            TrustState.ARCHIVED: _("This is kept for the record and no longer maintained."),
        }[TrustState(self.state)]


def context(page: Artifact, request: HttpRequest, *, preview: bool = False) -> dict[str, Any]:
    """The template context of an artifact page.

    With ``preview`` the state in memory is shown, not the published one: nothing comes from the
    cache, and other rooms add nothing.
    """
    access = access_of(request)
    body = render_body(page, access) if preview else body_of(page, access)
    above = _above(page, access)
    return {
        "page": page,
        "self": page,
        "request": request,
        "trust": trust_line(page, access),
        "parts": body.parts,
        "toc": body.toc,
        "part_css": body.css,
        "part_js": body.js,
        "missing_sources": body.missing_sources,
        "breadcrumbs": above,
        "section_tree": _siblings(page, access),
        "related": related(page, access),
        "linked": linked(page, access),
        "slots": {} if preview else slots(page, request),
        "edit_url": edit_url(page, request),
        "is_old_version": False,
        "is_preview": preview,
    }


def trust_line(page: Artifact, access: Access) -> Trust:
    state = page.trust
    successor = None
    if page.superseded_by_id:
        found = visible(Artifact.objects.filter(pk=page.superseded_by_id), access)
        for title, url_path, kind in found.values_list("title", "url_path", "kind"):
            successor = LinkTarget(url=site_path(url_path), title=title, kind=kind)
    reviewer = page.reviewed_by
    return Trust(
        state=state.value,
        label=str(state.label),
        owner=page.owned_by,
        reviewed_by=(reviewer.get_full_name() or reviewer.get_username()) if reviewer else "",
        last_reviewed=page.last_reviewed,
        next_review=page.next_review,
        version=page.version,
        successor=successor,
    )


def related(page: Artifact, access: Access) -> list[Card]:
    """What the editor chose; then what shares most terms. Never superseded or archived."""
    chosen = list(page.related_links.values_list("target_id", flat=True)) if page.pk else []
    usable = visible(
        Artifact.objects.filter(superseded_by__isnull=True, archived_at__isnull=True), access
    ).exclude(pk=page.pk)
    by_id = {card.id: card for card in cards(usable.filter(pk__in=chosen), access)}
    found = [by_id[pk] for pk in chosen if pk in by_id][:MAX_RELATED]
    tags = [tag.pk for tag in page.tags.all()]
    if len(found) < MAX_RELATED and tags:
        alike = (
            usable.exclude(pk__in=by_id)
            .filter(tagged_items__tag__in=tags)
            .exclude(kind=Kind.FAQ)
            .annotate(shared=_count_shared(tags))
            .order_by("-shared", "-last_reviewed", "title")
        )
        found += cards(alike[: MAX_RELATED - len(found)], access)
    return found


def _count_shared(tags: list[int]):  # type: ignore[no-untyped-def]
    from django.db.models import Count, Q

    return Count("tagged_items", filter=Q(tagged_items__tag__in=tags), distinct=True)


def linked(page: Artifact, access: Access) -> list[dict[str, Any]]:
    """Both ends of the typed links: procedure and checklist, superseded and successor."""
    groups = []
    checklist_id = getattr(page, "linked_checklist_id", None)
    if checklist_id:
        groups.append((_("Checklist of this procedure"), Artifact.objects.filter(pk=checklist_id)))
    if page.kind == Kind.CHECKLIST:
        procedures = Artifact.objects.filter(soppage__linked_checklist=page.pk)
        groups.append((_("Procedure of this checklist"), procedures))
    groups.append((_("Replaces"), Artifact.objects.filter(superseded_by=page.pk)))
    found = [(label, cards(visible(pages, access), access)) for label, pages in groups]
    return [{"label": label, "cards": shown} for label, shown in found if shown]


def slots(page: Artifact, request: HttpRequest) -> dict[str, list[str]]:
    """Pieces of the page that higher rooms put in, by the hook ``artifact_slots``."""
    filled: dict[str, list[str]] = {}
    for hook in hooks.get_hooks("artifact_slots"):
        for name, html in hook(page, request).items():
            filled.setdefault(name, []).append(html)
    return filled


def edit_url(page: Artifact, request: HttpRequest) -> str | None:
    user = getattr(request, "user", None)
    if not page.pk or user is None or not user.has_perm("wagtailadmin.access_admin"):
        return None
    if not page.permissions_for_user(user).can_edit():
        return None
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _above(page: Artifact, access: Access) -> list[dict[str, str]]:
    paths = [page.path[:end] for end in range(2 * STEP_CHARS, len(page.path), STEP_CHARS)]
    rows = Page.objects.filter(path__in=paths).order_by("depth").values_list("title", "url_path")
    return [{"title": title, "url": site_path(url_path)} for title, url_path in rows]


def _siblings(page: Artifact, access: Access) -> list[dict[str, Any]]:
    if page.depth is None or page.kind == Kind.FAQ:
        return []
    parent = page.path[:-STEP_CHARS]
    rows = visible(
        Artifact.objects.filter(path__startswith=parent, depth=page.depth), access
    ).order_by("title")
    return [
        {"title": title, "url": site_path(url_path), "current": pk == page.pk, "kind": kind}
        for pk, title, url_path, kind in rows.values_list("pk", "title", "url_path", "kind")
    ]
