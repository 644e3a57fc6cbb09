"""The feed of what was published last, and the site map. Both show what everybody may see."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors import public
from knowledge.catalog.selectors.categories import site_path

FEED_ENTRIES = 50
SITEMAP_URLS = 10_000


class LatestFeed(Feed):
    """The newest versions, newest first."""

    feed_type = Atom1Feed
    title = settings.WAGTAIL_SITE_NAME
    subtitle = _("What was published last.")
    author_name = settings.WAGTAIL_SITE_NAME

    def link(self) -> str:
        return f"{settings.PORTAL_BASE_URL}/"

    def feed_url(self) -> str:
        return settings.PORTAL_BASE_URL + reverse("latest_feed")

    def items(self) -> Iterable[Artifact]:
        return public.artifacts().order_by("-last_published_at", "-pk")[:FEED_ENTRIES]

    def item_title(self, item: Artifact) -> str:
        return public.one_line(item.title)

    def item_description(self, item: Artifact) -> str:
        return public.one_line(item.bottom_line)

    def item_link(self, item: Artifact) -> str:
        return settings.PORTAL_BASE_URL + site_path(item.url_path)

    def item_guid(self, item: Artifact) -> str:
        """Stays the same when the page moves, so that no reader sees it as new."""
        host = urlsplit(settings.PORTAL_BASE_URL).hostname or "localhost"
        return f"tag:{host},2026:artifact/{item.pk}"

    def item_pubdate(self, item: Artifact) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Artifact) -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: Artifact) -> tuple[str, ...]:
        return (item.kind_label,)


class PageSitemap(Sitemap):
    """Every public page; the address of the site comes from the settings, not from the request."""

    limit = SITEMAP_URLS

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.PORTAL_BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.PORTAL_BASE_URL).netloc

    def items(self) -> QuerySet[Page]:
        return public.pages().only("url_path", "last_published_at")

    def location(self, item: Page) -> str:
        return site_path(item.url_path)

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at
