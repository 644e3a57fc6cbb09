"""Runs: listed, started, led and ended. Who may not see a run does not learn that there is one."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.fields import narrowed
from knowledge.practice.api.runs import examples, serializers
from knowledge.practice.models import Run, RunStep
from knowledge.practice.permissions import joinable
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.selectors.runnable import steps_of
from knowledge.practice.services import runs as services
from knowledge.practice.views.steps import file_of

EVENTS_AT_ONCE = 200


class RunView(PracticeView):
    def run(self) -> Run:
        rows = Run.objects.select_related("lead", "artifact", "team").filter(
            pk=self.kwargs["run_id"]
        )
        found: Run = first_or_404(joinable(rows, self.request.user, self.access))
        return found

    def current(self) -> Any:
        return self.in_full(self.run()) if "run_id" in self.kwargs else None

    def in_full(self, run: Run) -> Any:
        shown = selectors.show(run, self.request.user, self.access)
        return serializers.RunInFull(shown, context={"view": self}).data

    def changed(self, status: int = 200) -> Response:
        """The run as it is after a change; read anew, as the person may have left it."""
        return Response(self.current(), status=status)


class RunsView(RunView):
    @extend_schema(
        operation_id="runs",
        summary="Runs that you may see, the newest first",
        parameters=[serializers.RunQuery],
        responses={200: serializers.RunInList(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.RunQuery)
        rows = joinable(Run.objects.select_related("lead", "team"), request.user, self.access)
        rows = narrowed(rows, asked, request.user)
        return self.page_of(rows, serializers.RunInList, selectors.lines)

    @extend_schema(
        operation_id="runs_start",
        summary="Start a run of the live version of an artifact",
        request=serializers.StartRun,
        responses={201: serializers.RunInFull},
        examples=examples.START,
    )
    def post(self, request: Request) -> Response:
        said = self.said(serializers.StartRun)
        page = self.artifact(said.pop("artifact"))
        named = {step.role for _heading, step in steps_of(page)}
        unknown = [role for role in said.get("roles", {}) if role not in named]
        if unknown:
            faults = {role: [_("No step of this artifact names that role.")] for role in unknown}
            raise ValidationError({"roles": faults})
        run = services.start(page=page, by=request.user, **said)
        return Response(self.in_full(run), status=201)


@extend_schema_view(
    get=extend_schema(
        operation_id="run",
        summary="A run with its steps, roles and people",
        responses={200: serializers.RunInFull},
    )
)
class OneRunView(RunView):
    def get(self, request: Request, run_id: int) -> Response:
        return Response(self.in_full(self.run()))


class EventsView(RunView):
    @extend_schema(
        operation_id="run_events",
        summary="The log of a run, the oldest first, 200 lines at once",
        parameters=[serializers.EventsQuery],
        responses={200: serializers.Log},
    )
    def get(self, request: Request, run_id: int) -> Response:
        after = self.asked(serializers.EventsQuery)["after"]
        rows = self.run().events.filter(number__gt=after).order_by("number")
        found = list(rows[:EVENTS_AT_ONCE])
        last = found[-1].number if found else after
        return Response(serializers.Log({"results": found, "next_after": last}).data)


class CommentView(RunView):
    @extend_schema(
        operation_id="run_comment",
        summary="Add a comment to the log",
        request=serializers.Comment,
        responses={201: serializers.LogLine},
        examples=examples.COMMENT,
    )
    def post(self, request: Request, run_id: int) -> Response:
        run, said = self.run(), self.said(serializers.Comment)
        step_id = said.pop("step", None)
        try:
            event = services.say(run=run, by=request.user, step_id=step_id, **said)
        except RunStep.DoesNotExist:
            raise ValidationError({"step": [_("This run has no such step.")]}) from None
        return Response(serializers.LogLine(event).data, status=201)


class RolesView(RunView):
    @extend_schema(
        operation_id="run_role",
        summary="Say who has a role, or take it back",
        request=serializers.GiveRole,
        responses={200: serializers.RunInFull},
        examples=examples.ROLE,
    )
    def post(self, request: Request, run_id: int) -> Response:
        run, said = self.run(), self.said(serializers.GiveRole)
        services.give_role(run=run, by=request.user, **said)
        return self.changed()


class HandOverView(RunView):
    @extend_schema(
        operation_id="run_hand_over",
        summary="Let somebody else lead the run",
        request=serializers.HandOver,
        responses={200: serializers.RunInFull},
        examples=examples.HAND_OVER,
    )
    def post(self, request: Request, run_id: int) -> Response:
        run, said = self.run(), self.said(serializers.HandOver)
        services.hand_over(run=run, to=said["person"], by=request.user, text=said["text"])
        return self.changed()


class EndView(RunView):
    @extend_schema(
        operation_id="run_end",
        summary="End the run",
        request=serializers.EndRun,
        responses={200: serializers.RunInFull},
        examples=examples.END,
    )
    def post(self, request: Request, run_id: int) -> Response:
        run, said = self.run(), self.said(serializers.EndRun)
        services.end(run=run, by=request.user, **said)
        return self.changed()


class FileView(RunView):
    @extend_schema(
        operation_id="run_file",
        summary="The file that shows that a step is done",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, run_id: int, step_id: int) -> HttpResponseBase:
        return file_of(self.run(), step_id)
