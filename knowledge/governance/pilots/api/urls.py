"""Addresses of pilots for machines."""

from django.urls import path

from knowledge.governance.pilots.api import views

app_name = "pilots_api"
urlpatterns = [
    path("pilots/", views.PilotsView.as_view(), name="pilots"),
    path("pilots/<int:pilot_id>/runs/", views.PilotRunsView.as_view(), name="runs"),
]
