"""Addresses of programs for machines."""

from django.urls import path

from knowledge.practice.programs.api import views

app_name = "programs_api"
urlpatterns = [
    path("programs/", views.ProgramsView.as_view(), name="programs"),
    path("programs/<int:program_id>/", views.OneProgramView.as_view(), name="program"),
    path("programs/<int:program_id>/parts/<int:part_id>/", views.BeginView.as_view(), name="begin"),
    path("programs/<int:program_id>/end/", views.EndView.as_view(), name="end"),
]
