"""Addresses of assessments."""

from django.urls import path

from knowledge.practice.assessments.views import answering, leading, rounds

app_name = "assessments"
urlpatterns = [
    path("assessments/", rounds.index, name="index"),
    path("assessments/answer/<int:page_id>/", answering.at_once, name="at_once"),
    path("assessments/keep/<int:page_id>/", answering.keep, name="keep"),
    path("assessments/start/<int:page_id>/", leading.start, name="start"),
    path("assessments/<int:round_id>/", rounds.show, name="round"),
    path("assessments/<int:round_id>/answer/", answering.sheet, name="answer"),
    path("assessments/<int:round_id>/people/", leading.invite, name="invite"),
    path("assessments/<int:round_id>/close/", leading.close, name="close"),
    path("assessments/<int:round_id>/delete/", leading.delete, name="delete"),
    path("assessments/<int:round_id>/export.<slug:extension>", rounds.export, name="export"),
]
