"""Addresses of assessments for machines."""

from django.urls import path

from knowledge.practice.assessments.api import views

app_name = "assessments_api"
urlpatterns = [
    path("assessments/", views.RoundsView.as_view(), name="rounds"),
    path("assessments/<int:round_id>/", views.OneRoundView.as_view(), name="round"),
    path("assessments/<int:round_id>/answers/", views.AnswersView.as_view(), name="answers"),
    path("assessments/<int:round_id>/people/", views.PeopleView.as_view(), name="people"),
    path("assessments/<int:round_id>/close/", views.CloseView.as_view(), name="close"),
]
