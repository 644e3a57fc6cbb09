"""Filled copies: begun, saved as often as one likes, finished."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from knowledge.catalog.models import TemplatePage
from knowledge.catalog.permissions import visible
from knowledge.practice.api.base import PracticeView, first_or_404
from knowledge.practice.api.fields import narrowed
from knowledge.practice.copies import selectors, services
from knowledge.practice.copies.api import serializers
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.copies.permissions import may_change, readable
from knowledge.practice.selectors import filling

ANSWERS = {"service": "Billing", "live": "2027-03-01", "parts": ["web", "api"]}
BEGIN = [
    OpenApiExample(
        "A launch note",
        request_only=True,
        value={"artifact": 42, "name": "Billing goes live", "answers": ANSWERS},
    )
]
SAVE = [OpenApiExample("Saved", request_only=True, value={"revision": 1, "answers": ANSWERS})]
AGAIN = [OpenApiExample("Opened again", request_only=True, value={"revision": 2})]


class CopyView(PracticeView):
    def readable(self) -> Any:
        rows = FilledCopy.objects.select_related("owner", "changed_by", "artifact", "team")
        return readable(rows, self.request.user, self.access)

    def copy(self) -> FilledCopy:
        found: FilledCopy = first_or_404(self.readable().filter(pk=self.kwargs["copy_id"]))
        return found

    def current(self) -> Any:
        return self.in_full(self.copy()) if "copy_id" in self.kwargs else None

    def in_full(self, copy: FilledCopy) -> Any:
        newer = selectors.shown(copy, self.access).newer
        context = {"view": self, "newer": newer, "may_change": may_change(copy, self.request.user)}
        return serializers.CopyInFull(copy, context=context).data

    def known(self, form: filling.Form, answers: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError for what the form does not ask."""
        asked = {one.get("key") for one in form.variables if one.get("kind") != "computed"}
        unknown = {key: [_("There is no such field.")] for key in answers if key not in asked}
        if unknown:
            raise ValidationError({"answers": unknown})
        return answers

    def given(self, copy: FilledCopy, said: dict[str, Any]) -> dict[str, Any]:
        """What the services ask for; without a name or answers those that are kept."""
        answers = copy.answers
        if "answers" in said:
            answers = self.known(filling.form_from(copy.parts), said["answers"])
        return {
            "seen": said["revision"],
            "name": said.get("name", copy.name),
            "answers": answers,
        }


class CopiesView(CopyView):
    @extend_schema(
        operation_id="copies",
        summary="Filled copies that you may see, the newest first",
        parameters=[serializers.CopyQuery],
        responses={200: serializers.CopyShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(serializers.CopyQuery)
        return self.page_of(narrowed(self.readable(), asked, request.user), serializers.CopyShape)

    @extend_schema(
        operation_id="copies_begin",
        summary="Begin a copy of the live version of a template",
        request=serializers.BeginCopy,
        responses={201: serializers.CopyInFull},
        examples=BEGIN,
    )
    def post(self, request: Request) -> Response:
        said = self.said(serializers.BeginCopy)
        page = self.artifact(said["artifact"])
        if not isinstance(page, TemplatePage):
            raise ValidationError({"artifact": [_("This is no template.")]})
        answers = self.known(filling.form_of(page.body), said.get("answers", {}))
        copy = services.begin(
            page=page, by=request.user, name=said["name"], answers=answers, team=said.get("team")
        )
        return Response(self.in_full(copy), status=201)


class OneCopyView(CopyView):
    @extend_schema(
        operation_id="copy",
        summary="A copy with its fields, answers and document",
        responses={200: serializers.CopyInFull},
    )
    def get(self, request: Request, copy_id: int) -> Response:
        return Response(self.in_full(self.copy()))

    @extend_schema(
        operation_id="copy_save",
        summary="Save the answers of a draft, right or not",
        request=serializers.SaveCopy,
        responses={200: serializers.CopyInFull},
        examples=SAVE,
    )
    def patch(self, request: Request, copy_id: int) -> Response:
        copy, said = self.copy(), self.said(serializers.SaveCopy)
        services.save(copy=copy, by=request.user, **self.given(copy, said))
        return Response(self.current())

    @extend_schema(
        operation_id="copy_delete",
        summary="Delete a copy that is yours, for everybody",
        responses={204: None},
    )
    def delete(self, request: Request, copy_id: int) -> Response:
        services.delete(copy=self.copy(), by=request.user)
        return Response(status=204)


class FinishView(CopyView):
    @extend_schema(
        operation_id="copy_finish",
        summary="Save it as finished; each answer has to be right",
        request=serializers.SaveCopy,
        responses={200: serializers.CopyInFull},
        examples=SAVE,
    )
    def post(self, request: Request, copy_id: int) -> Response:
        copy, said = self.copy(), self.said(serializers.SaveCopy)
        services.finish(copy=copy, by=request.user, **self.given(copy, said))
        return Response(self.current())


class ReopenView(CopyView):
    @extend_schema(
        operation_id="copy_reopen",
        summary="Make a finished copy a draft again",
        request=serializers.Reopen,
        responses={200: serializers.CopyInFull},
        examples=AGAIN,
    )
    def post(self, request: Request, copy_id: int) -> Response:
        copy, said = self.copy(), self.said(serializers.Reopen)
        services.open_again(copy=copy, by=request.user, seen=said["revision"])
        return Response(self.current())


class TakeOverView(CopyView):
    def newer(self, copy: FilledCopy) -> TemplatePage:
        """Raises ValidationError while the copy has the version of today, or there is none for the person."""
        page = visible(TemplatePage.objects.filter(pk=copy.artifact_id or 0), self.access).first()
        if page is None or page.version == copy.version:
            raise ValidationError(
                {"non_field_errors": [_("There is no newer version of its template.")]}
            )
        return page

    @extend_schema(
        operation_id="copy_take_over_look",
        summary="What the newer version of its template would keep, ask anew and have no field for",
        responses={200: serializers.CarriedShape},
    )
    def get(self, request: Request, copy_id: int) -> Response:
        copy = self.copy()
        carried = selectors.carried_over(copy, self.newer(copy))
        return Response(serializers.CarriedShape(carried).data)

    @extend_schema(
        operation_id="copy_take_over",
        summary="Carry the answers to the newer version of its template; it becomes a draft",
        request=serializers.Reopen,
        responses={200: serializers.CopyInFull},
        examples=AGAIN,
    )
    def post(self, request: Request, copy_id: int) -> Response:
        copy, said = self.copy(), self.said(serializers.Reopen)
        page = self.newer(copy)
        services.take_over(copy=copy, by=request.user, seen=said["revision"], page=page)
        return Response(self.current())


class ForgetView(CopyView):
    @extend_schema(
        operation_id="copy_forget",
        summary="Let go of what newer versions did not ask for",
        request=serializers.Reopen,
        responses={200: serializers.CopyInFull},
        examples=AGAIN,
    )
    def post(self, request: Request, copy_id: int) -> Response:
        copy, said = self.copy(), self.said(serializers.Reopen)
        services.forget_left_over(copy=copy, by=request.user, seen=said["revision"])
        return Response(self.current())
