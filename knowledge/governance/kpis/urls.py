"""Addresses of indicators, on the site and for machines."""

from django.urls import path, re_path

from knowledge.governance.kpis.api.views import EventsView, FeedView, KpisView
from knowledge.governance.kpis.views import pages

app_name = "kpis"
urlpatterns = [
    path("measures/", pages.tiles, name="list"),
    path("measures/mail/", pages.subscribe, name="subscribe"),
    path("measures/<slug:slug>/", pages.one, name="one"),
    re_path(r"^measures/(?P<slug>[-\w]+)\.(?P<extension>csv|json)$", pages.export, name="export"),
    path("api/v1/kpis/", KpisView.as_view(), name="api"),
    path("api/v1/kpis/readings/", FeedView.as_view(), name="api_feed"),
    path("api/v1/kpis/events/", EventsView.as_view(), name="api_events"),
]
