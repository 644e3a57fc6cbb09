"""Addresses of governance on the public site."""

from django.urls import path, re_path

from knowledge.governance.views import changes, feedback

app_name = "governance"
urlpatterns = [
    path("feedback/<int:page_id>/", feedback.feedback, name="feedback"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)changes/$", changes.changes, name="changes"),
]
