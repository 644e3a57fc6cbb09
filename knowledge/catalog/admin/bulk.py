"""What is done to many pages or files at once in the admin."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
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
    parent = request.GET.get("childOf", "")
    if parent and not (parent.isdecimal() and Page.objects.filter(pk=parent).exists()):
        raise Http404
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    found = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if found is None:
        raise Http404
    answer: HttpResponse = _without_closed(found, request.user)(request, model).dispatch(request)
    return answer


def _without_closed(action: Any, user: Any) -> Any:
    """The same action, which finds only what is open to the person, however it was asked for."""

    class Open(action):
        @classmethod
        def get_queryset(cls, model: type[Model], object_ids: Iterable[Any]) -> Sequence[Any]:
            try:
                found = list(super().get_queryset(model, object_ids))
            except ValueError as error:
                # An id that is no number.
                raise Http404 from error
            hidden = _hidden(model, [one.pk for one in found], user)
            left = [one for one in found if one.pk not in hidden]
            if not left:
                raise Http404
            return left

    return Open


def _hidden(model: type[Model], chosen: Sequence[Any], user: Any) -> set[Any]:
    if issubclass(model, Page):
        rows = Page.objects.filter(pk__in=chosen).values_list("pk", "path")
        return {pk for pk, path in rows if is_closed(path, user)}
    if model in (get_image_model(), get_document_model()):
        rows = model._default_manager.filter(pk__in=chosen).values_list("pk", "collection__path")
        return {pk for pk, path in rows if path.startswith(closed_collections(user))}
    return set()
