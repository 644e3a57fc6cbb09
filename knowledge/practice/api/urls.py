"""Addresses of runs and decisions for machines."""

from django.urls import path

from knowledge.practice.api.decisions import views as decisions
from knowledge.practice.api.runs import steps
from knowledge.practice.api.runs import views as runs

app_name = "practice_api"
urlpatterns = [
    path("decisions/", decisions.DecisionsView.as_view(), name="decisions"),
    path("decisions/walk/", decisions.WalkView.as_view(), name="decision_walk"),
    path("decisions/<int:decision_id>/", decisions.OneDecisionView.as_view(), name="decision"),
    path(
        "decisions/<int:decision_id>/verdict/",
        decisions.VerdictView.as_view(),
        name="decision_verdict",
    ),
    path("runs/", runs.RunsView.as_view(), name="runs"),
    path("runs/<int:run_id>/", runs.OneRunView.as_view(), name="run"),
    path("runs/<int:run_id>/events/", runs.EventsView.as_view(), name="run_events"),
    path("runs/<int:run_id>/comments/", runs.CommentView.as_view(), name="run_comment"),
    path("runs/<int:run_id>/roles/", runs.RolesView.as_view(), name="run_role"),
    path("runs/<int:run_id>/hand-over/", runs.HandOverView.as_view(), name="run_hand_over"),
    path("runs/<int:run_id>/end/", runs.EndView.as_view(), name="run_end"),
    path("runs/<int:run_id>/steps/<int:step_id>/", steps.StepView.as_view(), name="run_step"),
    path(
        "runs/<int:run_id>/steps/<int:step_id>/person/",
        steps.PersonView.as_view(),
        name="run_step_person",
    ),
    path(
        "runs/<int:run_id>/steps/<int:step_id>/due/", steps.DueView.as_view(), name="run_step_due"
    ),
    path("runs/<int:run_id>/steps/<int:step_id>/file/", runs.FileView.as_view(), name="run_file"),
]
