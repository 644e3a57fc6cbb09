"""Addresses of the practitioner's own work. What suits a team is asked with words: see search."""

from django.urls import path

from knowledge.practice.views import decisions, filling, runs, steps

app_name = "practice"
urlpatterns = [
    path("fill/<int:page_id>/", filling.fill, name="fill"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/walk/<int:page_id>/", decisions.walk, name="decision_walk"),
    path("decisions/<int:decision_id>/", decisions.show, name="decision"),
    path(
        "decisions/<int:decision_id>/approver/", decisions.name_approver, name="decision_approver"
    ),
    path("decisions/<int:decision_id>/download.md", decisions.download, name="decision_download"),
    path("runs/", runs.index, name="runs"),
    path("runs/start/<int:page_id>/", runs.start, name="run_start"),
    path("runs/of/<int:page_id>/", runs.of_artifact, name="runs_of"),
    path("runs/worker.js", runs.worker, name="run_worker"),
    path("runs/offline/", runs.offline, name="run_offline"),
    path("runs/<int:run_id>/", runs.show, name="run"),
    path("runs/<int:run_id>/changes/", runs.changes, name="run_changes"),
    path("runs/<int:run_id>/log/", runs.log, name="run_log"),
    path("runs/<int:run_id>/steps/<int:step_id>/", steps.step, name="run_move"),
    path("runs/<int:run_id>/steps/<int:step_id>/file/", steps.evidence, name="run_evidence"),
    path("runs/<int:run_id>/steps/<int:step_id>/say/", steps.say, name="run_step_say"),
    path("runs/<int:run_id>/steps/<int:step_id>/person/", steps.name_person, name="run_person"),
    path("runs/<int:run_id>/steps/<int:step_id>/due/", steps.set_due, name="run_due"),
    path("runs/<int:run_id>/say/", steps.say, name="run_say"),
    path("runs/<int:run_id>/roles/", steps.give_role, name="run_role"),
    path("runs/<int:run_id>/hand-over/", runs.hand_over, name="run_hand_over"),
    path("runs/<int:run_id>/end/", runs.end, name="run_end"),
]
