"""Weighted matrices: opened, scored by several, ended in a decision."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import visible
from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.fields import Invite, narrowed
from knowledge.practice.permissions import leads_opened
from knowledge.practice.weighing import selectors, services
from knowledge.practice.weighing.api import serializers
from knowledge.practice.weighing.models import Weighing
from knowledge.practice.weighing.permissions import readable

OPEN = [
    OpenApiExample(
        "With options of this case",
        request_only=True,
        value={
            "artifact": 42,
            "name": "Model for the support desk",
            "options": ["Large", "Small"],
            "weights": {"Quality": "3", "Cost": "2"},
        },
    )
]
SCORE = [
    OpenApiExample(
        "Two options by two criteria",
        request_only=True,
        value={"scores": {"0.0": "5", "0.1": "3", "1.0": "3", "1.1": "4"}, "revision": 0},
    )
]
DECIDE = [
    OpenApiExample(
        "With an approver",
        request_only=True,
        value={
            "option": "Small",
            "reason": "Half the price, and good enough for the desk.",
            "measured": {"Cost a month": "1400"},
            "right": "Team lead",
            "approver": "anna",
        },
    )
]
INVITE = [OpenApiExample("By user name", request_only=True, value={"person": "ben"})]


class MatrixView(PracticeView):
    def readable(self) -> Any:
        rows = Weighing.objects.select_related("owner", "artifact", "team")
        return readable(rows, self.request.user, self.access)

    def row(self) -> Weighing:
        found: Weighing = first_or_404(self.readable().filter(pk=self.kwargs["row_id"]))
        return found

    def page(self, row: Weighing) -> Any:
        """The artifact of its own kind, when it is still there for the person."""
        page = visible(Artifact.objects.filter(pk=row.artifact_id or 0), self.access).first()
        return page.specific if page else None

    def current(self) -> Any:
        return self.in_full(self.row()) if "row_id" in self.kwargs else None

    def in_full(self, row: Weighing) -> Any:
        page = self.page(row)
        context = {
            "view": self,
            "shown": selectors.shown(row, self.request.user, self.access),
            "rights": selectors.rights_of(page) if page else [],
            "thresholds": selectors.thresholds_of(page) if page else [],
        }
        return serializers.MatrixInFull(row, context=context).data


class MatricesView(MatrixView):
    @extend_schema(
        operation_id="matrices",
        summary="Matrices that you may see, the newest first",
        parameters=[serializers.MatrixQuery],
        responses={200: serializers.MatrixShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.MatrixQuery)
        rows = narrowed(self.readable(), asked, request.user)
        if asked["decided"] is not None:
            rows = rows.filter(decided_at__isnull=not asked["decided"])
        return self.page_of(rows, serializers.MatrixShape)

    @extend_schema(
        operation_id="matrices_open",
        summary="Open a decision by the matrix of an artifact",
        request=serializers.OpenMatrix,
        responses={201: serializers.MatrixInFull},
        examples=OPEN,
    )
    def post(self, request: Request) -> Response:
        said = self.said(serializers.OpenMatrix)
        page = self.artifact(said["artifact"])
        matrix = selectors.matrix_of(page)
        if matrix is None:
            raise ValidationError({"artifact": [_("There is no matrix in it.")]})
        weights = said.get("weights", {})
        names = [one["name"] for one in matrix.criteria]
        unknown = {
            name: [_("There is no such criterion.")] for name in weights if name not in names
        }
        if unknown:
            raise ValidationError({"weights": unknown})
        row = services.begin(
            page=page,
            by=request.user,
            name=said["name"],
            weights=[weights.get(one["name"], one["weight"]) for one in matrix.criteria],
            options=said.get("options", matrix.options),
            is_open=said["is_open"],
            team=said.get("team"),
        )
        return Response(self.in_full(row), status=201)


class OneMatrixView(MatrixView):
    @extend_schema(
        operation_id="matrix",
        summary="A matrix with its criteria, your scores, and the ranking once you may see it",
        responses={200: serializers.MatrixInFull},
    )
    def get(self, request: Request, row_id: int) -> Response:
        return Response(self.in_full(self.row()))

    @extend_schema(
        operation_id="matrix_delete",
        summary="Delete a matrix that you opened, with all scores; a decision that came of it stays",
        responses={204: None},
    )
    def delete(self, request: Request, row_id: int) -> Response:
        services.delete(row=self.row(), by=request.user)
        return Response(status=204)


class ScoresView(MatrixView):
    @extend_schema(
        operation_id="matrix_score",
        summary="Give your scores, or others in their place",
        request=serializers.GiveScores,
        responses={200: serializers.MatrixInFull},
        examples=SCORE,
    )
    def put(self, request: Request, row_id: int) -> Response:
        row, said = self.row(), self.said(serializers.GiveScores)
        read = selectors.read(row, said["scores"])
        words = _("There is no such field, or it is no number from 0 to %d.") % row.scale_max
        wrong = {key: [words] for key in said["scores"] if key not in read}
        if wrong:
            raise ValidationError({"scores": wrong})
        services.score(row=row, by=request.user, scores=read, seen=said["revision"])
        return Response(self.current())


class PeopleView(MatrixView):
    @extend_schema(
        operation_id="matrix_invite",
        summary="Invite somebody to score; it stands in their work, and in the mail of the morning if they get it",
        request=Invite,
        responses={200: serializers.MatrixInFull},
        examples=INVITE,
    )
    def post(self, request: Request, row_id: int) -> Response:
        row = self.row()
        if not leads_opened(row, request.user):
            # Asked before the name: whom one may not invite one does not look up either.
            raise PermissionDenied(_("Only who opened it may do that."))
        services.invite(row=row, by=request.user, **self.said(Invite))
        return Response(self.current())


class DecideView(MatrixView):
    @extend_schema(
        operation_id="matrix_decide",
        summary="End it in a decision record",
        request=serializers.Decide,
        responses={200: serializers.MatrixInFull},
        examples=DECIDE,
    )
    def post(self, request: Request, row_id: int) -> Response:
        row = self.row()
        if not leads_opened(row, request.user):
            raise PermissionDenied(_("Only who opened it may do that."))
        said = self.said(serializers.Decide)
        page = self.page(row)
        if page is None:
            raise ValidationError({"non_field_errors": [_("The artifact is not there any more.")]})
        measured = said.pop("measured", {})
        known = [one.measure for one in selectors.thresholds_of(page)]
        unknown = {
            name: [_("There is no such threshold.")] for name in measured if name not in known
        }
        if unknown:
            raise ValidationError({"measured": unknown})
        values = [measured.get(name, "") for name in known]
        services.decide(row=row, by=request.user, page=page, measured=values, **said)
        return Response(self.current())
