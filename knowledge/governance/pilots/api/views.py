"""Pilots that a person takes part in, and runs of what they try."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.governance.pilots import running, selectors
from knowledge.governance.pilots.api import serializers
from knowledge.governance.pilots.errors import PilotRefused
from knowledge.governance.pilots.models import Pilot
from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.runs.serializers import RunInFull
from knowledge.practice.selectors import runs
from knowledge.practice.selectors.runnable import steps_of
from knowledge.practice.teams.permissions import is_member

START = [
    OpenApiExample(
        "A first try",
        request_only=True,
        value={"name": "First try", "due": "2027-03-01", "roles": {"Driver": "anna"}},
    )
]


class PilotsView(PracticeView):
    @extend_schema(
        operation_id="pilots",
        summary="Pilots of your teams and of pages that you may change, the newest first",
        parameters=[serializers.PilotQuery],
        responses={200: serializers.PilotShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.PilotQuery)
        rows = selectors.of_person(request.user, self.access).select_related("page", "team")
        if "state" in asked:
            rows = rows.filter(state=asked["state"])
        return self.page_of(rows, serializers.PilotShape)


class PilotRunsView(PracticeView):
    @extend_schema(
        operation_id="pilot_run_start",
        summary="Start a run of the draft that a team tries; for members of the team",
        request=serializers.StartPilotRun,
        responses={201: RunInFull},
        examples=START,
    )
    def post(self, request: Request, pilot_id: int) -> Response:
        pilot = self._pilot(pilot_id)
        said = self.said(serializers.StartPilotRun)
        named = {step.role for _heading, step in steps_of(running.draft_of(pilot))}
        unknown = [role for role in said.get("roles", {}) if role not in named]
        if unknown:
            faults = {role: [_("No step of this draft names that role.")] for role in unknown}
            raise ValidationError({"roles": faults})
        try:
            run = running.start(pilot=pilot, by=request.user, at=timezone.now(), **said)
        except PilotRefused as refusal:
            raise ValidationError({"non_field_errors": [str(refusal)]}) from None
        shown = runs.show(run, request.user, self.access)
        return Response(RunInFull(shown, context={"view": self}).data, status=201)

    def _pilot(self, pilot_id: int) -> Pilot:
        """For who may see it; who does not try it is told so.

        Raises:
            PermissionDenied: the person steers it, but is not in its team.
        """
        rows = selectors.of_person(self.request.user, self.access)
        pilot: Pilot = first_or_404(
            rows.filter(pk=pilot_id).select_related("page", "revision", "team")
        )
        if not is_member(pilot.team, self.request.user):
            raise PermissionDenied(_("Only the team that tries a draft runs it."))
        return pilot
