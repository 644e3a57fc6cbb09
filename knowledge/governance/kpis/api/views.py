"""Bring values, read indicators, follow what came in."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from knowledge.governance.kpis import files
from knowledge.governance.kpis.api import serializers
from knowledge.governance.kpis.models import Kpi, Reading
from knowledge.governance.kpis.permissions import may_feed, may_read
from knowledge.governance.kpis.selectors import readings
from knowledge.governance.kpis.services import feeding
from templates_lib import limits

MAX_READINGS = 1000
PAGE = 500


class _MayRead(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return may_read(request.user)


class _MayFeed(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return may_feed(request.user)


class KpisView(APIView):
    """Every indicator with its target and its last value."""

    permission_classes = [_MayRead]

    @extend_schema(operation_id="kpis", responses={200: serializers.KpisSerializer})
    def get(self, request: Request) -> Response:
        tiles = readings.tiles(today=timezone.localdate())
        return Response(
            {
                "results": [
                    {
                        "kpi": tile.kpi.slug,
                        "name": tile.kpi.name,
                        "unit": tile.kpi.unit,
                        "comparison": tile.kpi.comparison,
                        "target": limits.number(tile.kpi.target) or None,
                        "actual": limits.number(round(tile.last[1], 4)) if tile.last else None,
                        "day": tile.last[0] if tile.last else None,
                        "met": tile.is_met,
                    }
                    for tile in tiles
                ]
            }
        )


class FeedView(APIView):
    """Values in, at most 1000 at once: all of them, or none and what is wrong with which."""

    permission_classes = [_MayFeed]

    @extend_schema(
        operation_id="kpis_feed",
        request=serializers.FeedSerializer,
        responses={200: serializers.OutcomeSerializer},
    )
    def post(self, request: Request) -> Response:
        rows = request.data.get("readings") if isinstance(request.data, dict) else None
        if not isinstance(rows, list) or not rows:
            raise ValidationError({"readings": [_("Give a list with at least one value.")]})
        if len(rows) > MAX_READINGS:
            raise ValidationError({"readings": [_("Give at most %s at once.") % MAX_READINGS]})
        kpis = {kpi.slug: kpi for kpi in Kpi.objects.all()}
        errors = {
            str(place): wrong for place, row in enumerate(rows) if (wrong := _wrong(row, kpis))
        }
        if errors:
            raise ValidationError({"readings": errors})
        outcome = feeding.feed(
            values=[files.value_of(row, kpis) for row in rows], by=request.user, now=timezone.now()
        )
        return Response(
            {
                "added": outcome.added,
                "corrected": outcome.corrected,
                "unchanged": outcome.unchanged,
            }
        )


def _wrong(row: Any, kpis: dict[str, Kpi]) -> dict[str, list[str]]:
    if not isinstance(row, dict):
        return {"value": [_("Give an object with kpi, source, at and value.")]}
    faults = {name: [message] for name, message in files.faults_of(row, kpis)}
    for name in ("kpi", "source", "at"):
        if not isinstance(row.get(name), str):
            faults.setdefault(name, [_("Give text.")])
    return faults


class EventsView(APIView):
    """What came in, in the order of its arrival: each value is an event."""

    permission_classes = [_MayRead]

    @extend_schema(
        operation_id="kpis_events",
        parameters=[
            OpenApiParameter("after", OpenApiTypes.INT, description="Id of the last event seen."),
            OpenApiParameter("kpi", OpenApiTypes.STR, description="Of this indicator alone."),
        ],
        responses={200: serializers.EventsSerializer},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params.get("after", "0")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            raise ValidationError({"after": [_("Give the id of an event.")]})
        rows = Reading.objects.filter(pk__gt=int(asked)).select_related("kpi").order_by("pk")
        if "kpi" in request.query_params:
            rows = rows.filter(kpi__slug=request.query_params["kpi"][:60])
        found = list(rows[:PAGE])
        return Response(
            {
                "results": [
                    {
                        "id": row.pk,
                        "kpi": row.kpi.slug,
                        "source": row.source,
                        "at": row.at,
                        "value": limits.number(row.value),
                        "unit": row.kpi.unit,
                        "written_at": row.written_at,
                    }
                    for row in found
                ],
                "next_after": found[-1].pk if found else int(asked),
            }
        )
