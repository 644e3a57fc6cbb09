from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from knowledge.catalog.permissions import access_of
from search.api.serializers import ResultSerializer
from search.querying import service
from search.querying.errors import BadFilter, NoSuchPage
from search.querying.facets import FIELDS
from search.querying.request import SORTS, from_parameters
from search.querying.result import SearchResult

PARAMETERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Words to find; quotes make a phrase."),
    OpenApiParameter(
        "page", OpenApiTypes.INT, description="From 1; 10 results a page with `q`, else 20."
    ),
    OpenApiParameter("sort", OpenApiTypes.STR, enum=list(SORTS)),
    *(
        OpenApiParameter(name, OpenApiTypes.STR, many=True, description="May be repeated.")
        for name in FIELDS
    ),
]


class SearchView(APIView):
    """Search with facets, as on the page."""

    @extend_schema(operation_id="search", parameters=PARAMETERS, responses={200: ResultSerializer})
    def get(self, request: Request) -> Response:
        try:
            search = from_parameters(request.query_params)
            result = service.find(search, access_of(request))
        except BadFilter as refusal:
            raise ValidationError({refusal.field: [str(refusal)]}) from None
        except NoSuchPage:
            raise NotFound(_("There is no such page of results.")) from None
        return Response(as_json(result))


def as_json(result: SearchResult) -> dict[str, Any]:
    """The answer as design.md names it."""
    return {
        "count": result.count,
        "results": [
            {
                "id": hit.card.id,
                "title": hit.card.title,
                "url": hit.card.url,
                "kind": hit.card.kind,
                "bottom_line": hit.card.bottom_line,
                "section": hit.card.section,
                "section_url": hit.card.section_url,
                "highlights": [str(passage) for passage in hit.passages],
                "score": hit.score,
                "trust": hit.card.trust_state,
                "proved_on": hit.card.proved_on,
            }
            for hit in result.hits
        ],
        "facets": {
            facet.field: [
                {"value": option.value, "label": option.label, "count": option.count}
                for option in facet.options
            ]
            for facet in result.facets
        },
        "did_you_mean": result.did_you_mean,
        "engine": result.engine,
        "degraded": result.degraded,
        "took_ms": result.took_ms,
    }
