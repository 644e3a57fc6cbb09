"""Definitions are kept as any other vocabulary of the portal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.governance.kpis.models import Kpi
from knowledge.governance.kpis.services import figures


class KpiForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "figure" in self.fields:
            held = self.fields["figure"]
            self.fields["figure"] = forms.ChoiceField(
                label=held.label,
                help_text=held.help_text,
                required=False,
                choices=[("", _("No")), *figures.choices()],
            )


Kpi.base_form_class = KpiForm  # type: ignore[attr-defined]  # where Wagtail looks for it


class KpiViewSet(SnippetViewSet):
    model = Kpi
    icon = "order"
    menu_label = _("Indicators")
    menu_name = "indicators"
    menu_order = 260
    add_to_admin_menu = True
    list_display = [
        "name",
        "slug",
        "target_words",
        "owner",
        Column("artifact", label=_("Artifact"), accessor="artifact.get_admin_display_title"),
    ]
    list_filter = ["owner", "is_public"]
    search_fields = ["name", "slug"]
