"""What is done to many pages or files at once in the admin."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import index
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge.catalog.file_rights import closed_collections
from knowledge.catalog.rights import closed_to


@require_admin_access
def act(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail's view, for which what is closed to the person does not exist: it would name that in its refusal.

    One query, and none when nothing is closed.
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
    ways = {Page: ("path", closed_to)}
    ways |= dict.fromkeys(
        (get_image_model(), get_document_model()), ("collection__path", closed_collections)
    )
    for model, (field, closed) in ways.items():
        paths = closed(request.user) if model._meta.label_lower == label.lower() else ()
        if paths:
            rows = model._default_manager.filter(pk__in=chosen).values_list("pk", field)
            return {str(pk) for pk, path in rows if path.startswith(paths)}
    return set()
