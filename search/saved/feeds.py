"""A search as a feed: for everybody what everybody may see, by a secret address what its person may."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_for, visible
from knowledge.catalog.selectors.public import one_line
from search.feeds import FEED_ENTRIES, ArtifactFeed
from search.querying.errors import BadFilter, NoSuchPage
from search.querying.request import from_parameters
from search.saved import addresses
from search.saved.matching import matching
from search.saved.models import SavedSearch


@dataclass(frozen=True, slots=True)
class Followed:
    """``path``: the address of the feed itself."""

    title: str
    query: str
    access: Access
    path: str


class _MatchFeed(ArtifactFeed):
    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().__call__(request, *args, **kwargs)
        # A right may be taken away, an address revoked: nobody keeps what was answered before.
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def title(self, followed: Followed) -> str:
        return followed.title

    def subtitle(self, followed: Followed) -> str:
        return one_line(addresses.in_words(addresses.search_of(followed.query)))

    def link(self, followed: Followed) -> str:
        return f"{settings.PORTAL_BASE_URL}{reverse('search:results')}?{followed.query}"

    def feed_url(self, followed: Followed) -> str:
        return settings.PORTAL_BASE_URL + followed.path

    def items(self, followed: Followed) -> Iterable[Artifact]:
        try:
            found = matching(followed.query, followed.access, most=FEED_ENTRIES)
        except BadFilter:
            # A term that is gone or closed: no fault of the feed reader, and nothing to show.
            return []
        pages = visible(Artifact.objects.filter(pk__in=found), followed.access)
        return pages.order_by("-last_published_at", "-pk")


class SearchFeed(_MatchFeed):
    """The search of the address, as anybody may see it, whoever asks."""

    def get_object(self, request: HttpRequest) -> Followed:
        try:
            search = from_parameters(request.GET)
        except NoSuchPage:
            raise Http404 from None
        query = addresses.query_of(search)
        name = {"site": settings.WAGTAIL_SITE_NAME, "words": addresses.in_words(search)}
        return Followed(
            title=one_line(_("%(site)s: %(words)s") % name),
            query=query,
            access=access_for(None),
            path=f"{reverse('search:feed')}?{query}",
        )


class SavedFeed(_MatchFeed):
    """What the person who made the address may see at this moment."""

    def get_object(self, request: HttpRequest, token: str) -> Followed:
        named = addresses.saved_of_token(token)
        if named is None:
            raise Http404
        saved = (
            SavedSearch.objects.select_related("person")
            .filter(
                pk=named[0],
                feed_number=named[1],
                delivery=SavedSearch.Delivery.FEED,
                person__is_active=True,
            )
            .first()
        )
        if saved is None:
            raise Http404
        return Followed(
            title=one_line(saved.name),
            query=saved.query,
            access=access_for(saved.person),
            path=reverse("search:saved_feed", args=[token]),
        )
