"""The address that makes the private section of a team."""

from django.urls import path

from knowledge.governance.team_sections import views

app_name = "team_sections"
urlpatterns = [path("teams/<slug:slug>/section/", views.new, name="new")]
