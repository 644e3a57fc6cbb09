"""Addresses of programs that are carried out."""

from django.urls import path

from knowledge.practice.programs import views

app_name = "programs"
urlpatterns = [
    path("programs/", views.index, name="index"),
    path("programs/start/<int:page_id>/", views.start, name="start"),
    path("programs/<int:program_id>/", views.show, name="program"),
    path("programs/<int:program_id>/parts/<int:part_id>/", views.begin, name="begin"),
    path("programs/<int:program_id>/end/", views.end, name="end"),
]
