"""Addresses of the practitioner's own work."""

from django.urls import path

from knowledge.practice import views

app_name = "practice"
urlpatterns = [path("fill/<int:page_id>/", views.fill, name="fill")]
