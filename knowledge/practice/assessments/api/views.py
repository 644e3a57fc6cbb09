"""Rounds of assessments: opened, answered, closed, and what came of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.fields import Invite, narrowed
from knowledge.practice.assessments import questions, selectors, services
from knowledge.practice.assessments.api import serializers
from knowledge.practice.assessments.models import Round
from knowledge.practice.assessments.permissions import readable
from knowledge.practice.permissions import leads_opened

OPEN = [
    OpenApiExample(
        "For a team",
        request_only=True,
        value={"artifact": 42, "name": "Payments, spring 2027", "is_open": False},
    )
]
GIVE = [
    OpenApiExample(
        "Given",
        request_only=True,
        value={"answers": {"0.0": 3, "0.1": 4, "1.0": 2}, "revision": 0, "give": True},
    )
]
INVITE = [OpenApiExample("By mail address", request_only=True, value={"person": "b@example.org"})]


class RoundView(PracticeView):
    def readable(self) -> Any:
        rows = Round.objects.select_related("owner", "artifact", "team")
        return readable(rows, self.request.user, self.access)

    def round(self) -> Round:
        found: Round = first_or_404(self.readable().filter(pk=self.kwargs["round_id"]))
        return found

    def current(self) -> Any:
        return self.in_full(self.round()) if "round_id" in self.kwargs else None

    def in_full(self, one: Round) -> Any:
        shown = selectors.shown(one, self.request.user, self.access)
        return serializers.RoundInFull(one, context={"shown": shown, "view": self}).data


class RoundsView(RoundView):
    @extend_schema(
        operation_id="assessments",
        summary="Rounds that you may see, the newest first",
        parameters=[serializers.RoundQuery],
        responses={200: serializers.RoundShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.RoundQuery)
        rows = narrowed(self.readable(), asked, request.user)
        return self.page_of(rows, serializers.RoundShape)

    @extend_schema(
        operation_id="assessments_open",
        summary="Open a round of the live version of an assessment",
        request=serializers.OpenRound,
        responses={201: serializers.RoundInFull},
        examples=OPEN,
    )
    def post(self, request: Request) -> Response:
        said = self.said(serializers.OpenRound)
        page = self.artifact(said.pop("artifact"))
        one = services.begin(page=page, by=request.user, **said)
        return Response(self.in_full(one), status=201)


class OneRoundView(RoundView):
    @extend_schema(
        operation_id="assessment",
        summary="A round with its questions, your answers, and the result once you may see it",
        responses={200: serializers.RoundInFull},
    )
    def get(self, request: Request, round_id: int) -> Response:
        return Response(self.in_full(self.round()))

    @extend_schema(
        operation_id="assessment_delete",
        summary="Delete a round that you opened, with the answers of everybody",
        responses={204: None},
    )
    def delete(self, request: Request, round_id: int) -> Response:
        services.delete(one=self.round(), by=request.user)
        return Response(status=204)


class AnswersView(RoundView):
    @extend_schema(
        operation_id="assessment_answer",
        summary="Keep your answers as a draft, or give them",
        request=serializers.GiveAnswers,
        responses={200: serializers.RoundInFull},
        examples=GIVE,
    )
    def put(self, request: Request, round_id: int) -> Response:
        one, said = self.round(), self.said(serializers.GiveAnswers)
        asked = questions.questions_from(one.parts)
        read = questions.read(asked, said["answers"])
        wrong = {
            key: [_("There is no such question, or no such step.")]
            for key in said["answers"]
            if key not in read
        }
        if wrong:
            raise ValidationError({"answers": wrong})
        services.answer(
            one=one,
            by=request.user,
            answers=read,
            seen=said["revision"],
            give=said["give"],
        )
        return Response(self.current())


class PeopleView(RoundView):
    @extend_schema(
        operation_id="assessment_invite",
        summary="Invite somebody to answer; it stands in their work, and in the mail of the morning if they get it",
        request=Invite,
        responses={200: serializers.RoundInFull},
        examples=INVITE,
    )
    def post(self, request: Request, round_id: int) -> Response:
        one = self.round()
        if not leads_opened(one, request.user):
            # Asked before the name: whom one may not invite one does not look up either.
            raise PermissionDenied(_("Only who opened the round may do that."))
        services.invite(one=one, by=request.user, **self.said(Invite))
        return Response(self.current())


class CloseView(RoundView):
    @extend_schema(
        operation_id="assessment_close",
        summary="Close the round: nothing is answered any more",
        request=None,
        responses={200: serializers.RoundInFull},
    )
    def post(self, request: Request, round_id: int) -> Response:
        services.close(one=self.round(), by=request.user)
        return Response(self.current())
