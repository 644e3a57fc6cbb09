"""Addresses of proposals on the public site."""

from django.urls import path

from knowledge.governance.proposals import views

app_name = "proposals"
urlpatterns = [
    path("proposals/new/<int:page_id>/", views.new, name="new"),
    path("proposals/<int:proposal_id>/", views.show, name="show"),
]
