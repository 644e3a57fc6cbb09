"""What all views of practice have in common: who asks, pages of a list, refusals of the services."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, access_of, visible
from knowledge.practice.errors import ChangedMeanwhile, RunOver, RunRefused
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.selectors import known_to


class Conflict(APIException):
    """409: it is not any more what the sender thinks; ``current`` is what it is."""

    status_code = 409

    def __init__(self, detail: str, current: Any) -> None:
        super().__init__(detail)
        self.extra = {"current": current}


class Pages(CursorPagination):
    """The newest first; what is added meanwhile neither repeats nor hides a row."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-pk"

    def decode_cursor(self, request: Request) -> Any:
        cursor = super().decode_cursor(request)
        # A sender may put anything into it; the database would stumble over what is no number.
        position = str(cursor.position or "0") if cursor else "0"
        if not (position.isascii() and position.isdigit() and len(position) < 19):
            raise NotFound(self.invalid_cursor_message)
        return cursor


# Without a docstring: the OpenAPI document would show it at every operation.
class PracticeView(APIView):
    permission_classes = [IsAuthenticated]
    throttle_classes = [UserRateThrottle]
    pagination_class = Pages
    # Fields of the services by the name that they have here.
    at_field: ClassVar[Mapping[str, str]] = {}

    @property
    def access(self) -> Access:
        return access_of(self.request)

    @cached_property
    def known_teams(self) -> set[int]:
        """Teams that exist for the person. Asked of the database only where a record has a team."""
        return set(known_to(self.request.user).values_list("pk", flat=True))

    def current(self) -> Any:
        """The state that a conflict is answered with."""
        return None

    def said(self, serializer: type[BaseSerializer]) -> dict[str, Any]:
        """What was sent, checked.

        Raises:
            ValidationError: by field.
        """
        checked = serializer(data=self.request.data, context={"request": self.request})
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def asked(self, serializer: type[BaseSerializer]) -> dict[str, Any]:
        """As ``said``, of the address."""
        checked = serializer(data=self.request.query_params, context={"request": self.request})
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def page_of(
        self,
        rows: QuerySet,
        serializer: type[BaseSerializer],
        shown: Callable[[list[Any]], Iterable[Any]] = list,
    ) -> Response:
        """A page of the list; ``shown`` makes of its rows what the serializer takes."""
        pages = Pages()
        found = shown(pages.paginate_queryset(rows, self.request, view=self) or [])
        return pages.get_paginated_response(
            serializer(found, many=True, context={"view": self}).data
        )

    def artifact(self, artifact_id: int, field: str = "artifact") -> Any:
        """The artifact of its own kind that the person names, when the person may see it."""
        page = visible(Artifact.objects.filter(pk=artifact_id), self.access).first()
        if page is None:
            raise ValidationError({field: ["There is no such artifact."]})
        return page.specific

    def handle_exception(self, error: Exception) -> Response:
        return super().handle_exception(self._as_answer(error))

    def _as_answer(self, error: Exception) -> Exception:
        if isinstance(error, (ChangedMeanwhile, RunOver)):
            return Conflict(str(error), self.current())
        if isinstance(error, (RunRefused, TeamRefused)):
            faults = getattr(error, "faults", None)
            if faults:
                # By field, so that a form shows each where it belongs.
                found = {key: [str(message)] for key, message in faults.items()}
                return ValidationError({"answers": found})
            field = self.at_field.get(error.field, error.field) or "non_field_errors"
            return ValidationError({field: [str(error)]})
        return error


def first_or_404(rows: QuerySet) -> Any:
    """Raises Http404 for what is not there, or is not there for this person."""
    row = rows.first()
    if row is None:
        raise Http404
    return row
