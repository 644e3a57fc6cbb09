"""Addresses of teams."""

from django.urls import path

from knowledge.practice.teams.views import adopting, keeping, reading

app_name = "teams"
urlpatterns = [
    path("teams/", reading.index, name="index"),
    path("teams/new/", keeping.new, name="new"),
    path("teams/adopt/<int:page_id>/", adopting.adopt, name="adopt"),
    path("teams/<slug:slug>/", reading.show, name="team"),
    path("teams/<slug:slug>/adopted/", reading.adopted, name="adopted"),
    path("teams/<slug:slug>/adopted/<int:page_id>/end/", adopting.give_up, name="give_up"),
    path("teams/<slug:slug>/people/", keeping.people, name="people"),
    path("teams/<slug:slug>/leave/", keeping.leave, name="leave"),
    path("teams/<slug:slug>/edit/", keeping.edit, name="edit"),
    path("teams/<slug:slug>/delete/", keeping.delete, name="delete"),
]
