"""Programs: started, their parts begun one after the other, ended."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.fields import narrowed
from knowledge.practice.programs import selectors, services
from knowledge.practice.programs.api import serializers
from knowledge.practice.programs.models import ProgramPart, ProgramRun
from knowledge.practice.programs.permissions import joinable

START = [
    OpenApiExample(
        "For a team",
        request_only=True,
        value={"artifact": 42, "name": "First quarter", "is_open": False, "team": "payments"},
    )
]
BEGIN = [
    OpenApiExample("With a new run", request_only=True, value={}),
    OpenApiExample("With a run that goes on", request_only=True, value={"run": 7}),
]


class ProgramView(PracticeView):
    def joinable(self) -> Any:
        rows = ProgramRun.objects.select_related("lead", "team")
        return joinable(rows, self.request.user, self.access)

    def program(self) -> ProgramRun:
        found: ProgramRun = first_or_404(self.joinable().filter(pk=self.kwargs["program_id"]))
        return found

    def current(self) -> Any:
        return self.in_full(self.program()) if "program_id" in self.kwargs else None

    def in_full(self, program: ProgramRun) -> Any:
        shown = selectors.shown(program, self.request.user, self.access)
        context = {"shown": shown, "view": self}
        return serializers.ProgramInFull(program, context=context).data


class ProgramsView(ProgramView):
    @extend_schema(
        operation_id="programs",
        summary="Programs that you may see, the newest first",
        parameters=[serializers.ProgramQuery],
        responses={200: serializers.ProgramShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.ProgramQuery)
        rows = narrowed(self.joinable(), asked, request.user)
        if asked["running"] is not None:
            rows = rows.filter(ended_at__isnull=asked["running"])
        return self.page_of(rows, serializers.ProgramShape)

    @extend_schema(
        operation_id="programs_start",
        summary="Start the program of an artifact",
        request=serializers.StartProgram,
        responses={201: serializers.ProgramInFull},
        examples=START,
    )
    def post(self, request: Request) -> Response:
        said = self.said(serializers.StartProgram)
        page = self.artifact(said.pop("artifact"))
        if not selectors.can_start(page, self.access):
            raise ValidationError({"artifact": [_("There is no program here.")]})
        program = services.start(page=page, by=request.user, at=timezone.now(), **said)
        return Response(self.in_full(program), status=201)


class OneProgramView(ProgramView):
    @extend_schema(
        operation_id="program",
        summary="A program with its parts and their runs",
        responses={200: serializers.ProgramInFull},
    )
    def get(self, request: Request, program_id: int) -> Response:
        return Response(self.in_full(self.program()))


class BeginView(ProgramView):
    @extend_schema(
        operation_id="program_begin",
        summary="Begin the part that is next; one without steps is done with that",
        request=serializers.BeginPart,
        responses={200: serializers.ProgramInFull},
        examples=BEGIN,
    )
    def post(self, request: Request, program_id: int, part_id: int) -> Response:
        program, said = self.program(), self.said(serializers.BeginPart)
        try:
            services.begin(
                program=program,
                part_id=part_id,
                by=request.user,
                access=self.access,
                at=timezone.now(),
                run_id=said.get("run"),
            )
        except ProgramPart.DoesNotExist:
            raise Http404 from None
        return Response(self.current())


class EndView(ProgramView):
    @extend_schema(
        operation_id="program_end",
        summary="End the program; runs that go on go on",
        request=None,
        responses={200: serializers.ProgramInFull},
    )
    def post(self, request: Request, program_id: int) -> Response:
        services.end(program=self.program(), by=request.user, at=timezone.now())
        return Response(self.current())
