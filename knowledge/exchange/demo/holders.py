"""Categories, sections and FAQ pages: what holds artifacts, and who may enter."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from knowledge.catalog.models import CategoryPage, FaqGroup, FaqPage, SectionPage
from knowledge.exchange.demo.files import Entry
from knowledge.exchange.errors import ContentError
from knowledge.governance.acknowledging.models import Demand

SORTS: Mapping[str, type[Page]] = {
    "category": CategoryPage,
    "section": SectionPage,
    "faq": FaqPage,
}


def build(entry: Entry) -> Page:
    return SORTS[entry.sort](slug=entry.slug, title=entry.data["title"])


def write(page: Page, entry: Entry, pages: Mapping[str, Page], *, by: Any) -> None:
    """Title, introduction, neighbours, groups of questions and restriction, published."""
    data = entry.data
    page.title = data["title"]
    page.intro = " ".join(str(data.get("intro") or "").split())
    if isinstance(page, FaqPage):
        page.groups = [
            FaqGroup(sort_order=number, slug=row["slug"], title=row["title"])
            for number, row in enumerate(data.get("questions", []))
        ]
    if isinstance(page, CategoryPage):
        near = data.get("closely_related", [])
        page.closely_related.set([pages[slug].specific for slug in near if slug in pages])
    page.full_clean()
    page.save_revision(user=by).publish(user=by)
    _restrict(page, entry)
    _demand_reading(page, entry)


def _restrict(page: Page, entry: Entry) -> None:
    names, login = entry.data.get("groups") or [], entry.data.get("login")
    if entry.sort != "section" or not (names or login):
        return
    groups = list(Group.objects.filter(name__in=names))
    if len(groups) != len(names):
        raise ContentError(entry.file, "groups", f"not all of these groups exist: {names}")
    kind = PageViewRestriction.GROUPS if names else PageViewRestriction.LOGIN
    restriction, _created = PageViewRestriction.objects.update_or_create(
        page=page, defaults={"restriction_type": kind}
    )
    restriction.groups.set(groups)


def _demand_reading(page: Page, entry: Entry) -> None:
    """The groups of ``confirm_reading`` are asked to confirm what stands in the section."""
    names = entry.data.get("confirm_reading") or []
    if names:
        demand, _created = Demand.objects.get_or_create(section=page.page_ptr)
        demand.groups.set(Group.objects.filter(name__in=names))
