"""Steps of a run: moved from state to state with what shows it."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from knowledge.practice.api.runs import examples, serializers
from knowledge.practice.api.runs.views import RunView
from knowledge.practice.models import RunStep
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.services import leading
from knowledge.practice.services import steps as services


class OfStepView(RunView):
    def current(self) -> Any:
        shown = selectors.show(self.run(), self.request.user, self.access)
        steps = (step for section in shown.sections for step in section.steps)
        step = next((one for one in steps if one.row.pk == self.kwargs["step_id"]), None)
        if step is None:
            raise Http404
        return serializers.Step(step).data


class StepView(OfStepView):
    parser_classes = (*api_settings.DEFAULT_PARSER_CLASSES, MultiPartParser)  # type: ignore[arg-type]  # paths, which are classes by then
    at_field = {"text": "note"}

    @extend_schema(
        operation_id="run_step",
        summary="One step as it is now",
        responses={200: serializers.Step},
    )
    def get(self, request: Request, run_id: int, step_id: int) -> Response:
        return Response(self.current())

    @extend_schema(
        operation_id="run_step_move",
        summary="Bring a step into another state, with evidence or a reason",
        request={
            "application/json": serializers.MoveStep,
            "multipart/form-data": serializers.MoveStepWithFile,
        },
        responses={
            200: serializers.Step,
            (409, "application/problem+json"): serializers.StepConflict,
        },
        examples=examples.MOVE,
    )
    def post(self, request: Request, run_id: int, step_id: int) -> Response:
        run, said = self.run(), self.said(serializers.MoveStepWithFile)
        try:
            services.move(
                run=run,
                step_id=step_id,
                by=request.user,
                to=said["state"],
                seen=said.get("revision"),
                text=said.get("note", ""),
                link=said.get("link", ""),
                answer=said.get("answer", ""),
                file=said.get("file"),
            )
        except RunStep.DoesNotExist:
            raise Http404 from None
        return Response(self.current())


class PersonView(OfStepView):
    @extend_schema(
        operation_id="run_step_person",
        summary="Name who does one step, or give it back to its role",
        request=serializers.NamePerson,
        responses={200: serializers.Step},
        examples=examples.PERSON,
    )
    def post(self, request: Request, run_id: int, step_id: int) -> Response:
        run, said = self.run(), self.said(serializers.NamePerson)
        try:
            leading.name_for_step(run=run, step_id=step_id, by=request.user, **said)
        except RunStep.DoesNotExist:
            raise Http404 from None
        return Response(self.current())


class DueView(OfStepView):
    @extend_schema(
        operation_id="run_step_due",
        summary="Say until when a step has to be done",
        request=serializers.SetDue,
        responses={200: serializers.Step},
        examples=examples.DUE,
    )
    def post(self, request: Request, run_id: int, step_id: int) -> Response:
        run, said = self.run(), self.said(serializers.SetDue)
        try:
            leading.set_due(run=run, step_id=step_id, by=request.user, **said)
        except RunStep.DoesNotExist:
            raise Http404 from None
        return Response(self.current())
