"""What is asked besides the answers when a decision is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.practice.forms.people import INPUT, PersonField
from knowledge.practice.models.decisions import NAME_CHARS, TEXT_CHARS
from knowledge.practice.teams.choosing import offer_teams


class RecordForm(forms.Form):
    """``approver`` is asked for only where the outcome names a role that approves, and so is who hears
    of it when nobody does.
    """

    name = forms.CharField(
        label=_("What is decided"),
        help_text=_("The case, so that others find it: Shop 4.12 stays live."),
        max_length=NAME_CHARS,
        widget=forms.TextInput(attrs=INPUT),
    )
    context = forms.CharField(
        label=_("Context"),
        help_text=_("What was known at that time."),
        required=False,
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
    approver = PersonField(required=False)
    escalate_to = PersonField(required=False)
    is_open = forms.BooleanField(
        label=_("Everyone who may read the artifact may see this decision"),
        required=False,
        initial=True,
    )

    def __init__(
        self, *args: Any, role: str, person: Any, escalate_to_role: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_teams(self, person)
        if role:
            self.fields["approver"].label = _("Who approves it as “%s”") % role
            self.fields["approver"].help_text = _("User name or mail address.")
        else:
            del self.fields["approver"]
        if role and escalate_to_role:
            field = self.fields["escalate_to"]
            said = _("Who hears of it as “%s” when nobody approves in time")
            field.label = said % escalate_to_role
            field.help_text = _("User name or mail address. Empty: you do.")
        else:
            del self.fields["escalate_to"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
