"""Everything that the page of an artifact shows.

All of it but the edit link and what speaks to one person is the same for people with the same
access, and dear to make: it is rendered once and kept in the cache as a ``Frame``, by page,
revision, access and freshness stamp.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact, FaqEntryPage, FaqGroup
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, access_of, enters_admin, visible
from knowledge.catalog.selectors.body import render_body
from knowledge.catalog.selectors.cards import Card, cards
from knowledge.catalog.selectors.categories import STEP_CHARS, site_path
from knowledge.catalog.services import freshness
from knowledge.catalog.trust import TrustState
from templates_lib.rendering import LinkTarget

CONTENT_TEMPLATE = "catalog/partials/artifact_content.html"
EDIT_TEMPLATE = "catalog/partials/edit_link.html"
# Where the link to the editor stands, for those who have one. Nobody can type it: text is escaped.
EDIT_MARK = SafeString("<!-- edit link -->")
# Where higher rooms speak to one person, by the name of the slot (hook ``artifact_for_person``).
PERSON_MARKS = {
    "head": SafeString("<!-- for this person: head -->"),
    "actions": SafeString("<!-- for this person: actions -->"),
}
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
class Related:
    """``reason``: why it is named, in words; empty where an editor chose it."""

    card: Card
    reason: str


@dataclass(frozen=True, slots=True)
class Frame:
    """``html`` holds everything between the header and the footer; the marks in it give way."""

    html: str
    css: tuple[str, ...]
    js: tuple[str, ...]
    breadcrumbs: list[dict[str, str]]


def context(page: Artifact, request: HttpRequest) -> dict[str, Any]:
    """The template context of the live page."""
    frame = frame_of(page, request, access_of(request))
    return _context(page, request, frame, for_person(page, request))


def context_of_state(
    page: Artifact, request: HttpRequest, *, is_old_version: bool = False, **filled: list[str]
) -> dict[str, Any]:
    """The template context of ``page`` as it is in memory: a draft, or an old version.

    Nothing comes from the cache, and other rooms add nothing but ``filled``, lists of HTML by the
    name of the slot.
    """
    frame = _make(page, access_of(request), filled, is_old_version=is_old_version)
    return _context(page, request, frame) | {
        "is_old_version": is_old_version,
        "is_preview": not is_old_version,
    }


def for_person(page: Artifact, request: HttpRequest) -> dict[str, str]:
    """HTML by slot, from the hook ``artifact_for_person``.

    Without a person it is kept with the page, so it must then be the same for everybody.
    """
    filled = dict.fromkeys(PERSON_MARKS, "")
    for hook in hooks.get_hooks("artifact_for_person"):
        for name, html in hook(page, request).items():
            filled[name] += html
    return filled


def _context(
    page: Artifact, request: HttpRequest, frame: Frame, personal: Mapping[str, str] | None = None
) -> dict[str, Any]:
    address = edit_url(page, request)
    edit = render_to_string(EDIT_TEMPLATE, {"edit_url": address}) if address else ""
    html = frame.html.replace(EDIT_MARK, edit, 1)
    for name, mark in PERSON_MARKS.items():
        html = html.replace(mark, (personal or {}).get(name, ""), 1)
    return {
        "page": page,
        "self": page,
        "request": request,
        "content": mark_safe(html),  # noqa: S308 - all of it by templates
        "part_css": frame.css,
        "part_js": frame.js,
        "breadcrumbs": frame.breadcrumbs,
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


def _make(
    page: Artifact, access: Access, filled: dict[str, list[str]], *, is_old_version: bool = False
) -> Frame:
    body = render_body(page, access)
    groups = linked(page, access)
    named = [card.id for group in groups for card in group["cards"]]
    html = render_to_string(
        CONTENT_TEMPLATE,
        {
            "page": page,
            "trust": trust_line(page, access),
            "parts": [
                replace(part, marks=tuple(filled.get(f"part-{part.block_id}", ())))
                for part in body.parts
            ],
            "toc": body.toc,
            "missing_sources": body.missing_sources,
            "section_tree": _siblings(page, access),
            "related": related(page, access, named=named),
            "linked": groups,
            "questions": questions_beside(page, access),
            "slots": filled,
            "is_old_version": is_old_version,
            "edit_mark": EDIT_MARK,
            "person_marks": PERSON_MARKS,
        },
    )
    return Frame(html=html, css=body.css, js=body.js, breadcrumbs=above(page))


def trust_line(page: Artifact, access: Access) -> Trust:
    state = page.trust
    successor = None
    if page.superseded_by_id:
        found = visible(Artifact.objects.filter(pk=page.superseded_by_id), access)
        for title, url_path, kind in found.values_list("title", "url_path", "kind"):
            successor = LinkTarget(url=site_path(url_path), title=title, kind=kind)
    return Trust(
        state=state.value,
        label=str(state.label),
        owner=page.owned_by,
        reviewed_by=called(page.reviewed_by),
        last_reviewed=page.last_reviewed,
        next_review=page.next_review,
        version=page.version,
        successor=successor,
    )


def related(page: Artifact, access: Access, named: Sequence[int] = ()) -> list[Related]:
    """What the editor chose; then what is near, by whoever answers the hook. Never retired ones.

    ``named``: ids of those that the page names already; near ones among them are left out.
    Hooks ``artifact_neighbours`` get the page, what may be named, and how many are wanted; they
    give ids with the reason, the nearest first.
    """
    if not page.pk:
        return []
    chosen = list(page.related_links.values_list("target_id", flat=True))
    usable = visible(
        Artifact.objects.filter(superseded_by__isnull=True, archived_at__isnull=True), access
    ).exclude(pk=page.pk)
    reasons = dict.fromkeys(chosen, "")
    others = usable.exclude(pk__in=named)
    for hook in hooks.get_hooks("artifact_neighbours"):
        for pk, reason in hook(page, others, MAX_RELATED + len(chosen)):
            reasons.setdefault(pk, reason)
    by_id = {card.id: card for card in cards(usable.filter(pk__in=list(reasons)))}
    found = [Related(by_id[pk], reason) for pk, reason in reasons.items() if pk in by_id]
    return found[:MAX_RELATED]


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
    found = [(label, cards(visible(pages, access))) for label, pages in groups]
    return [{"label": label, "cards": shown} for label, shown in found if shown]


def slots(page: Artifact, request: HttpRequest) -> dict[str, list[str]]:
    """Pieces of the page that higher rooms put in, by the hook ``artifact_slots``.

    A slot ``part-`` with the id of a block stands above that part of the body.
    """
    filled: dict[str, list[str]] = {}
    for hook in hooks.get_hooks("artifact_slots"):
        for name, html in hook(page, request).items():
            filled.setdefault(name, []).append(html)
    return filled


def edit_url(page: Artifact, request: HttpRequest) -> str | None:
    user = getattr(request, "user", None)
    if not page.pk or not enters_admin(user):
        return None
    if not page.permissions_for_user(user).can_edit():
        return None
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def above(page: Page) -> list[dict[str, str]]:
    """What stands between the home page and this one, and the home page itself."""
    paths = [page.path[:end] for end in range(2 * STEP_CHARS, len(page.path), STEP_CHARS)]
    rows = Page.objects.filter(path__in=paths).order_by("depth").values_list("title", "url_path")
    return [{"title": title, "url": site_path(url_path)} for title, url_path in rows]


def questions_beside(page: Artifact, access: Access) -> dict[str, LinkTarget]:
    """The question before (``previous``) and after (``next``), in the order of the FAQ page."""
    if page.kind != Kind.FAQ or page.depth is None:
        return {}
    parent = page.path[:-STEP_CHARS]
    siblings = FaqEntryPage.objects.filter(path__startswith=parent, depth=page.depth)
    slugs = FaqGroup.objects.filter(page__path=parent).values_list("slug", flat=True)
    order = {slug: number for number, slug in enumerate(slugs)}
    rows = visible(siblings, access).values_list("pk", "title", "url_path", "group", "path")
    listed = sorted(rows, key=lambda row: (order.get(row[3], len(order)), row[4]))
    place = next((number for number, row in enumerate(listed) if row[0] == page.pk), None)
    if place is None:
        return {}
    beside = {"previous": listed[:place][-1:], "next": listed[place + 1 :][:1]}
    return {
        name: LinkTarget(url=site_path(url_path), title=title, kind=Kind.FAQ.value)
        for name, found in beside.items()
        for _pk, title, url_path, _group, _path in found
    }


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
