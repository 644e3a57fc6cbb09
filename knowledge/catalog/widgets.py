"""Fields of the edit form."""

from typing import Any

from django.urls import reverse
from wagtail.admin.widgets import AdminTagWidget


class OfferedTags(AdminTagWidget):
    """Wagtail's field; while typing it suggests what is still offered, the most used first."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["autocomplete_url"] = reverse("taxonomy_tags")
        context["widget"]["attrs"]["data-w-tag-url-value"] = reverse("taxonomy_tags")
        return context
