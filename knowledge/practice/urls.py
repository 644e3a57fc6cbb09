"""Addresses of the practitioner's own work. What suits a team is asked with words: see search."""

from django.urls import path

from knowledge.practice.views import filling

app_name = "practice"
urlpatterns = [
    path("fill/<int:page_id>/", filling.fill, name="fill"),
]
