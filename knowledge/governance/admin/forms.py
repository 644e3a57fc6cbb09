"""What the small pages of the admin ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser

from knowledge.catalog.models import Artifact
from knowledge.governance.models.snoozes import REASON_CHARS

NOTE_CHARS = 500


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note (kept in the history)"),
        required=False,
        max_length=NOTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SnoozeForm(forms.Form):
    until = forms.DateField(label=_("Remind again on"), widget=AdminDateInput)
    reason = forms.CharField(
        label=_("Why it has to wait"),
        max_length=REASON_CHARS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class _Chooser(AdminPageChooser):
    """Wagtail's breaks on what is no number when it draws the refused form."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        given = str(super().value_from_datadict(data, files, name) or "")
        return given if given.isdecimal() else None


class SuccessorForm(forms.Form):
    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=Artifact.objects.filter(live=True, archived_at=None),
        widget=_Chooser(target_models=[Artifact]),
        help_text=_("Readers of the old page are led there, and there the old one is named."),
        error_messages={"invalid_choice": _("Choose an artifact that is published.")},
    )
