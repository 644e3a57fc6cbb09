"""System checks of the catalogue."""

from typing import Any

from django.core.checks import Error, register
from wagtail.models import DraftStateMixin, LockableMixin, WorkflowMixin
from wagtail_modeladmin.options import ModelAdmin


def _subclasses(cls: Any) -> list[Any]:
    found = [cls]
    for subclass in cls.__subclasses__():
        found += _subclasses(subclass)
    return found


@register
def modeladmin_has_no_drafts(**_kwargs: Any) -> list[Error]:
    """wagtail-modeladmin goes past drafts, locks and publish rights: no such model may use it."""
    guarded = (DraftStateMixin, LockableMixin, WorkflowMixin)
    return [
        Error(
            f"{admin.__name__} manages {admin.model.__name__}, which has drafts, locks or a workflow.",
            hint="Register it with a SnippetViewSet instead (docs/adr/0003).",
            id="catalog.E001",
        )
        for admin in _subclasses(ModelAdmin)
        if getattr(admin, "model", None) and issubclass(admin.model, guarded)
    ]
