"""Where an import goes: a page of the tree that may hold artifacts, its last parts made if need be."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import CategoryPage, SectionPage
from knowledge.catalog.services import publishing
from knowledge.exchange.imports.texts import words_of


@dataclass
class Base:
    """``page`` is None only in a dry run whose last parts do not exist yet."""

    address: str
    page: Page | None

    @classmethod
    def find(cls, under: str, *, by: Any, is_dry_run: bool) -> "Base":
        """The page at the address ``under``; sections that are missing at its end are made.

        Raises:
            KnowledgeError: there is no category to begin with.
            PermissionDenied: ``by`` may not add pages there.
        """
        slugs = [slugify(part) for part in under.strip("/").split("/") if slugify(part)]
        roots = Site.get_site_root_paths()
        if not slugs or not roots:
            raise KnowledgeError(_("Name a category to import to, such as “operations”."))
        page: Page | None = None
        url_path = roots[0].root_path
        for position, slug in enumerate(slugs):
            url_path = f"{url_path}{slug}/"
            found = Page.objects.filter(url_path=url_path).first()
            if found is None:
                if position == 0:
                    raise KnowledgeError(_("There is no category “%s”.") % slug)
                if is_dry_run:
                    page = None
                    break
                found = make_section(page, slug, words_of(slug), "", by=by)
            page = found.specific
        if page is not None:
            if not isinstance(page, CategoryPage | SectionPage):
                raise KnowledgeError(_("“%s” cannot hold artifacts.") % page.title)
            if not page.permissions_for_user(by).can_add_subpage():
                raise PermissionDenied("This person may not add pages there.")
        return cls("/".join(slugs), page)


def make_section(parent: Any, slug: str, title: str, intro: str, *, by: Any) -> SectionPage:
    """A published section below ``parent``.

    Raises:
        PermissionDenied: ``by`` may not add or publish it.
    """
    section = SectionPage(slug=slug, title=title[:255], intro=intro[:400])
    made = publishing.create(page=section, parent=parent, by=by)
    if not made.permissions_for_user(by).can_publish():
        raise PermissionDenied("This person may not publish sections there.")
    made.save_revision(user=by).publish(user=by)
    return made
