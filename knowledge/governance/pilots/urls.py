"""Addresses of pilots on the public site."""

from django.urls import path

from knowledge.governance.pilots import views

app_name = "pilots"
urlpatterns = [
    path("pilots/", views.listed, name="list"),
    path("pilots/new/<int:page_id>/", views.new, name="new"),
    path("pilots/<int:pilot_id>/", views.show, name="show"),
    path("pilots/<int:pilot_id>/run/", views.run, name="run"),
    path("pilots/<int:pilot_id>/runs/", views.runs, name="runs"),
]
