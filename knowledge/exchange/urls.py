"""Addresses of downloads: the address of the page and a file name."""

from django.urls import re_path

from knowledge.exchange.downloads import views

app_name = "exchange"

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)download\.(?P<extension>pdf|docx|md|json)$",
        views.artifact,
        name="artifact",
    ),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)download\.zip$", views.section, name="section"),
]
