"""Everything that the page of an artifact shows.

All of it but the edit link is the same for people with the same access, and dear to make: it is
kept in the cache as one ``Frame``, by page, revision, access and freshness stamp.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_of, visible
from knowledge.catalog.selectors.body import Body, render_body
from knowledge.catalog.selectors.cards import Card, cards
from knowledge.catalog.selectors.categories import STEP_CHARS, site_path
from knowledge.catalog.services import freshness
from knowledge.catalog.trust import TrustState
from templates_lib.rendering import LinkTarget

MAX_RELATED = 6
CACHE_SECONDS = 24 * 3600


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


@dataclass(frozen=True, slots=True)
class Frame:
    trust: Trust
    body: Body
    breadcrumbs: list[dict[str, str]]
    section_tree: list[dict[str, Any]]
    related: list[Card]
    linked: list[dict[str, Any]]
    slots: dict[str, list[str]]


def context(page: Artifact, request: HttpRequest, *, preview: bool = False) -> dict[str, Any]:
    """The template context of an artifact page.

    With ``preview`` the state in memory is shown, not the published one: nothing comes from the
    cache, and other rooms add nothing.
    """
    access = access_of(request)
    frame = _make(page, access, {}) if preview else frame_of(page, request, access)
    return {
        "page": page,
        "self": page,
        "request": request,
        "trust": frame.trust,
        "parts": frame.body.parts,
        "toc": frame.body.toc,
        "part_css": frame.body.css,
        "part_js": frame.body.js,
        "missing_sources": frame.body.missing_sources,
        "breadcrumbs": frame.breadcrumbs,
        "section_tree": frame.section_tree,
        "related": frame.related,
        "linked": frame.linked,
        "slots": frame.slots,
        "edit_url": edit_url(page, request),
        "is_old_version": False,
        "is_preview": preview,
    }


def frame_of(page: Artifact, request: HttpRequest, access: Access) -> Frame:
    """The frame of a live page, from the cache when nothing has changed since it was made."""
    stamp = freshness.current()
    key = f"frame:{page.pk}:{page.live_revision_id}:{access.key}:{stamp}"
    frame = cache.get(key) if stamp else None
    if frame is None:
        frame = _make(page, access, slots(page, request))
        if stamp:
            cache.set(key, frame, CACHE_SECONDS)
    return frame


def _make(page: Artifact, access: Access, filled: dict[str, list[str]]) -> Frame:
    return Frame(
        trust=trust_line(page, access),
        body=render_body(page, access),
        breadcrumbs=_above(page),
        section_tree=_siblings(page, access),
        related=related(page, access),
        linked=linked(page, access),
        slots=filled,
    )


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


def _above(page: Artifact) -> list[dict[str, str]]:
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
