"""Addresses of the practitioner's own work."""

from django.urls import path

from knowledge.practice.views import choosing, filling

app_name = "practice"
urlpatterns = [
    path("choose/", choosing.choose, name="choose"),
    path("fill/<int:page_id>/", filling.fill, name="fill"),
]
