"""The same questions and answers for machines: ``/api/v1/choose/``."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from knowledge.catalog.kinds import Kind, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.permissions import access_of
from knowledge.practice.forms.team import TIME, TeamForm
from knowledge.practice.selectors.fitting import NOT_CHOSEN, Suited
from search.choosing.answering import answer
from search.querying.errors import NoSuchPage

PARAMETERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="The problem in words."),
    OpenApiParameter(
        "kind", OpenApiTypes.STR, enum=[one for one in Kind.values if one not in NOT_CHOSEN]
    ),
    OpenApiParameter("category", OpenApiTypes.STR, description="The slug of a category."),
    OpenApiParameter("maturity", OpenApiTypes.INT, enum=Maturity.values),
    OpenApiParameter("risk", OpenApiTypes.STR, enum=RiskTolerance.values),
    OpenApiParameter("scale", OpenApiTypes.STR, enum=TeamScale.values),
    OpenApiParameter("time", OpenApiTypes.STR, enum=list(TIME), description="The time at hand."),
    OpenApiParameter("industry", OpenApiTypes.STR, description="The slug of an industry."),
    OpenApiParameter("region", OpenApiTypes.STR, description="The slug of a region."),
    OpenApiParameter("page", OpenApiTypes.INT, description="From 1; 20 results a page."),
]


class SuitedSerializer(serializers.Serializer):
    """Names are a contract: only add."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    url = serializers.CharField(help_text="Path of the page on this site.")
    kind = serializers.CharField()
    bottom_line = serializers.CharField()
    trust = serializers.CharField()
    points = serializers.IntegerField(help_text="What speaks for it; comparable in one answer.")
    reasons = serializers.ListField(child=serializers.CharField())
    cautions = serializers.ListField(child=serializers.CharField())


class ChoiceSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text="How many suit; near misses are not counted.")
    results = SuitedSerializer(many=True)
    near_misses = SuitedSerializer(
        many=True, help_text="With the first page: what one thing speaks against."
    )


class ChooseView(APIView):
    """Which artifacts suit a team, best first, with the reasons, as on the page."""

    @extend_schema(operation_id="choose", parameters=PARAMETERS, responses={200: ChoiceSerializer})
    def get(self, request: Request) -> Response:
        access = access_of(request)
        form = TeamForm(request.query_params, access=access)
        if not form.is_valid():
            raise ValidationError(
                {name: [str(one) for one in said] for name, said in form.errors.items()}
            )
        try:
            found = answer(form, request.query_params.get("page", ""), access)
        except NoSuchPage:
            raise NotFound(_("There is no such page of results.")) from None
        if found is None:
            raise ValidationError({"q": [_("Say at least one thing of the team or its problem.")]})
        return Response(
            {
                "count": found.count,
                "results": [_as_json(one) for one in found.suited],
                "near_misses": [_as_json(one) for one in found.near_misses],
            }
        )


def _as_json(one: Suited) -> dict[str, Any]:
    return {
        "id": one.card.id,
        "title": one.card.title,
        "url": one.card.url,
        "kind": one.card.kind,
        "bottom_line": one.card.bottom_line,
        "trust": one.card.trust_state,
        "points": one.fit.points,
        "reasons": list(one.fit.reasons),
        "cautions": list(one.fit.cautions),
    }
