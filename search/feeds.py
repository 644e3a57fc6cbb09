"""Artifacts as Atom entries; the same entry has the same id in every feed."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors.categories import site_path
from knowledge.catalog.selectors.public import one_line

FEED_ENTRIES = 50


class ArtifactFeed(Feed):
    """Subclasses say which artifacts, and whose they are."""

    feed_type = Atom1Feed
    author_name = settings.WAGTAIL_SITE_NAME

    def item_title(self, item: Artifact) -> str:
        return one_line(item.title)

    def item_description(self, item: Artifact) -> str:
        return one_line(item.bottom_line)

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

    def item_categories(self, item: Artifact) -> Iterable[str]:
        return (item.kind_label,)
