"""What is done to many pages or files at once in the admin."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import index
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge.catalog.file_rights import closed_collections
from knowledge.catalog.rights import is_closed


@require_admin_access
def act(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail's view, for which what is closed to the person does not exist: it would name that in its refusal.

    Costs one query.
    """
    chosen = request.GET.getlist("id")
    hidden = _hidden(request, f"{app_label}.{model_name}", [one for one in chosen if one.isdigit()])
    if hidden:
        left = request.GET.copy()
        left.setlist("id", [one for one in chosen if one not in hidden])
        request.GET = left  # type: ignore[assignment]  # as Wagtail reads it
    answer: HttpResponse = index(request, app_label, model_name, action)
    return answer


def _hidden(request: HttpRequest, label: str, chosen: Iterable[str]) -> set[str]:
    def file_is_closed(path: str, user: Any) -> bool:
        return path.startswith(closed_collections(user))

    ways: dict[type[Model], tuple[str, Callable[[str, Any], bool]]] = {Page: ("path", is_closed)}
    for files in (get_image_model(), get_document_model()):
        ways[files] = ("collection__path", file_is_closed)
    for model, (field, closed) in ways.items():
        if model._meta.label_lower == label.lower():
            rows = model._default_manager.filter(pk__in=chosen).values_list("pk", field)
            return {str(pk) for pk, path in rows if closed(path, request.user)}
    return set()
