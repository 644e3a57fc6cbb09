"""What is known around the pages that are checked, and what was found on whom."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Site

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access
from knowledge.governance.lint.catalogue import RULES
from knowledge.governance.lint.models import Finding
from knowledge.governance.lint.outside.rounds import dead_among
from knowledge.governance.lint.registry import Fault, Surroundings, Target, faults
from knowledge.governance.lint.rules.body import Part, outside, own_path, parts_of
from knowledge.governance.lint.rules.ways import all_links
from knowledge.governance.selectors.quality import looked_after_by

# A hub is named by hundreds: what leads to it is looked at by the daily round.
MAX_REFERRERS = 200


def of_draft(page: Artifact, *, today: date) -> list[Fault]:
    """What is wrong with the state in memory, saved or not; a fixed number of queries."""
    parts = parts_of(getattr(page, "body", None))
    around = surroundings([(page, parts)], today=today)
    return list(faults(RULES, page, parts, around))


def surroundings(
    pages: Collection[tuple[Artifact, tuple[Part, ...]]], *, today: date
) -> Surroundings:
    """Of all these pages together; as many queries for one page as for hundreds."""
    links = [link for page, parts in pages for link in all_links(page, parts)]
    host = urlsplit(settings.PORTAL_BASE_URL).netloc.lower()
    users = {page.owner_user_id for page, _parts in pages} - {None}
    groups = {page.owner_group_id for page, _parts in pages} - {None}
    return Surroundings(
        today=today,
        targets=_targets({link.page_id for link in links if link.page_id}),
        own_paths=_own_paths({own_path(link.address, host) for link in links} - {""}),
        dead_outside=dead_among({outside(link.address, host) for link in links} - {""}),
        absent_users=frozenset(
            get_user_model()
            .objects.filter(pk__in=users, is_active=False)
            .values_list("pk", flat=True)
        ),
        empty_groups=frozenset(
            Group.objects.filter(pk__in=groups)
            .exclude(user__is_active=True)
            .values_list("pk", flat=True)
        ),
        horizon_days=settings.PORTAL_LINT_HORIZON_DAYS,
        own_host=host,
    )


def outside_addresses(pages: Iterable[tuple[Artifact, tuple[Part, ...]]], host: str) -> set[str]:
    """Addresses of other sites that these pages lead to; ``host`` is the name of this one."""
    found = {
        outside(link.address, host) for page, parts in pages for link in all_links(page, parts)
    }
    return found - {""}


def known_to(user: Any, access: Access) -> QuerySet[Finding]:
    """On the pages that the person looks after; nothing that speaks of a page closed to them."""
    unknown = Q(other__live=False)
    for path in access.closed_paths:
        unknown |= Q(other__path__startswith=path)
    mine = looked_after_by(user).order_by().values("pk")
    return Finding.objects.filter(page__in=mine).exclude(Q(other__isnull=False) & unknown)


def on_page(page_id: int, access: Access, rule: str) -> list[Finding]:
    """What was last found on one page by one rule, for a person who may see so much."""
    found = Finding.objects.filter(page=page_id, rule=rule).select_related("other")
    return [one for one in found if one.other and one.other.live and access.opens(one.other.path)]


def counts(findings: QuerySet[Finding]) -> dict[str, int]:
    """How many of each rule."""
    return dict(findings.order_by().values_list("rule").annotate(number=Count("pk")))


def referrers(page_ids: Iterable[int]) -> list[int]:
    """Artifacts whose live version leads to one of these."""
    content_types = [ContentType.objects.get_for_model(Page).pk]
    found = ReferenceIndex.objects.filter(
        base_content_type__in=content_types,
        to_content_type__in=content_types,
        to_object_id__in=[str(pk) for pk in page_ids],
    ).values_list("object_id", flat=True)
    ids = Artifact.objects.filter(pk__in={int(one) for one in found}, live=True)
    return list(ids.order_by("pk").values_list("pk", flat=True)[:MAX_REFERRERS])


def _targets(page_ids: Collection[int]) -> dict[int, Target]:
    rows = Page.objects.filter(pk__in=page_ids).values_list(
        "pk", "live", "artifact__archived_at", "artifact__superseded_by"
    )
    return {
        pk: Target(live, archived is not None or successor is not None, successor)
        for pk, live, archived, successor in rows
    }


def _own_paths(paths: set[str]) -> frozenset[str]:
    """Those that lead somewhere: a page, a redirect, or an address that the portal answers."""
    known = {path for path in paths if _is_answered(path)}
    rest = {path if path.endswith("/") else f"{path}/": path for path in paths - known}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not rest:
        return frozenset(known)
    root = site.root_page.url_path.rstrip("/")
    pages = Page.objects.filter(live=True, url_path__in=[f"{root}{path}" for path in rest])
    found = {path.removeprefix(root) for path in pages.values_list("url_path", flat=True)}
    moved = {Redirect.normalise_path(path): path for path in rest}
    redirects = Redirect.objects.filter(old_path__in=moved).values_list("old_path", flat=True)
    found |= {moved[path] for path in redirects}
    return frozenset(known | {rest[path] for path in found})


def _is_answered(path: str) -> bool:
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return True
    try:
        return resolve(path).view_name != "wagtail_serve"
    except Resolver404:
        return False
