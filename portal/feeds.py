"""The feed of what was published last, and the site map. Both show what everybody may see."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors import public
from knowledge.catalog.selectors.categories import site_path
from search.feeds import FEED_ENTRIES, ArtifactFeed

SITEMAP_URLS = 10_000


class LatestFeed(ArtifactFeed):
    """The newest versions, newest first."""

    title = settings.WAGTAIL_SITE_NAME
    subtitle = _("What was published last.")

    def link(self) -> str:
        return f"{settings.PORTAL_BASE_URL}/"

    def feed_url(self) -> str:
        return settings.PORTAL_BASE_URL + reverse("latest_feed")

    def items(self) -> Iterable[Artifact]:
        return public.artifacts().order_by("-last_published_at", "-pk")[:FEED_ENTRIES]


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
