"""What is asked of a team, of its members, and when it adopts something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.practice.forms.people import INPUT, PersonField
from knowledge.practice.teams.models import ABOUT_CHARS, NAME_CHARS, NOTE_CHARS, Membership, Team
from knowledge.practice.teams.selectors import teams_of


class TeamForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=NAME_CHARS, widget=forms.TextInput(attrs=INPUT)
    )
    about = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=ABOUT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )


class MemberForm(forms.Form):
    person = PersonField(label=_("User name or mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
        widget=forms.Select(attrs=INPUT),
    )


class AdoptForm(forms.Form):
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.Select(attrs=INPUT),
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What was agreed: from when on, for which service, with which exception."),
        required=False,
        max_length=NOTE_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 2}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_of(person)  # type: ignore[attr-defined]  # a choice of rows
