"""Addresses of search and of the browse pages. Included at the root of the site."""

from django.urls import path

from search.api.views import SearchView
from search.choosing.api import ChooseView
from search.choosing.views import choose
from search.insight.views import wish
from search.querying.facets import FIELDS
from search.saved.urls import urlpatterns as saved
from search.views import browse, results
from search.views.headings import LISTINGS

app_name = "search"

_FOLDERS = {
    "kind": "kinds",
    "industry": "industries",
    "maturity": "maturity",
    "tag": "tags",
    "tool": "tools",
    "audience": "audiences",
    "region": "regions",
}

urlpatterns = [
    path("search/", results.results, name="results"),
    path("search/missing/", wish, name="wish"),
    path("search/suggest/", results.suggest, name="suggest"),
    path("api/v1/search/", SearchView.as_view(), name="api"),
    path("choose/", choose, name="choose"),
    path("api/v1/choose/", ChooseView.as_view(), name="choose_api"),
    *saved,
    *(
        path(f"{_FOLDERS[name]}/", browse.index, {"field": name}, name=f"{name}_index")
        for name in LISTINGS
    ),
    *(
        path(
            f"{_FOLDERS[name]}/<str:value>/",
            browse.term if FIELDS[name].model else browse.scale,
            {"field": name},
            name=name,
        )
        for name in LISTINGS
    ),
]
