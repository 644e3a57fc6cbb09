"""Pages by their address, for what hangs below the address of a page: downloads, differences."""

from wagtail.models import Page, Site

from knowledge.catalog.permissions import Access, is_visible

MAX_PATH_CHARS = 1000


def page_at(path: str, access: Access) -> Page | None:
    """The live page at ``path``; None when there is none for this person, whatever the reason."""
    roots = Site.get_site_root_paths()
    if not roots or len(path) > MAX_PATH_CHARS or "\x00" in path:
        return None
    url_path = f"{roots[0].root_path}{path.strip('/')}/"
    page = Page.objects.filter(url_path=url_path, live=True).first()
    if page is None or not is_visible(page, access):
        return None
    return page.specific
