"""Addresses of governance on the public site."""

from django.urls import path, re_path

from knowledge.governance.trust.views import why
from knowledge.governance.views import changes, feedback

app_name = "governance"
urlpatterns = [
    path("feedback/mine/", feedback.mine, name="mine"),
    path("feedback/<int:page_id>/", feedback.feedback, name="feedback"),
    path("trust/<int:page_id>/", why, name="trust"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)changes/$", changes.changes, name="changes"),
]
