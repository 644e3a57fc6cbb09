"""Addresses of runs and decisions for machines."""

from django.urls import path

from knowledge.practice.api.runs import steps, views

app_name = "practice_api"
urlpatterns = [
    path("runs/", views.RunsView.as_view(), name="runs"),
    path("runs/<int:run_id>/", views.OneRunView.as_view(), name="run"),
    path("runs/<int:run_id>/events/", views.EventsView.as_view(), name="run_events"),
    path("runs/<int:run_id>/comments/", views.CommentView.as_view(), name="run_comment"),
    path("runs/<int:run_id>/roles/", views.RolesView.as_view(), name="run_role"),
    path("runs/<int:run_id>/hand-over/", views.HandOverView.as_view(), name="run_hand_over"),
    path("runs/<int:run_id>/end/", views.EndView.as_view(), name="run_end"),
    path("runs/<int:run_id>/steps/<int:step_id>/", steps.StepView.as_view(), name="run_step"),
    path("runs/<int:run_id>/steps/<int:step_id>/file/", views.FileView.as_view(), name="run_file"),
]
