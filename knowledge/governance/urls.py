"""Addresses of governance on the public site."""

from django.urls import path

from knowledge.governance import views

app_name = "governance"
urlpatterns = [
    path("feedback/<int:page_id>/", views.feedback, name="feedback"),
]
