"""Addresses of reviewing on the public site."""

from django.urls import path

from knowledge.governance.reviewing import views

app_name = "reviewing"
urlpatterns = [path("reviews/invited/<str:token>/", views.invited, name="invited")]
