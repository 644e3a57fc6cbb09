"""What is asked when a run starts, is handed over, and ends."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.practice.forms.people import INPUT, PersonField
from knowledge.practice.models import Run
from knowledge.practice.models.runs import NAME_CHARS, TEXT_CHARS
from knowledge.practice.teams.choosing import offer_teams


class StartForm(forms.Form):
    """One field more for each role that the steps name, called ``role-1`` and so on."""

    name = forms.CharField(
        label=_("Name of this run"),
        help_text=_("What it is for: a release, an incident, a customer."),
        max_length=NAME_CHARS,
        widget=forms.TextInput(attrs=INPUT),
    )
    due = forms.DateField(
        label=_("To be finished by"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={**INPUT, "type": "date"}),
    )
    is_open = forms.BooleanField(
        label=_("Everyone who may read the artifact may see this run and take part"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, roles: Sequence[str], person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_teams(self, person)
        self.roles = {f"role-{number}": role for number, role in enumerate(roles, 1)}
        for key, role in self.roles.items():
            self.fields[key] = PersonField(label=role, required=False)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def people(self) -> dict[str, Any]:
        """Who has which role; roles without anybody are left out."""
        given = {role: self.cleaned_data.get(key) for key, role in self.roles.items()}
        return {role: person for role, person in given.items() if person is not None}

    @property
    def role_fields(self) -> list[Any]:
        return [self[key] for key in self.roles]


class RoleForm(forms.Form):
    role = forms.CharField(max_length=120)
    person = PersonField(required=False)


class DueForm(forms.Form):
    """In the time of the site; empty takes it back."""

    due = forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    )


class HandOverForm(forms.Form):
    person = PersonField(label=_("Who leads it from now on"))
    text = forms.CharField(
        label=_("Where the run stands"),
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )


class EndForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(state.value, state.label) for state in Run.State if state != Run.State.RUNNING],
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=_("What happened"),
        help_text=_("What was reached, or why it was not. Write of the work: roles, no names."),
        required=False,
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
    helped = forms.CharField(
        label=_("What helped"),
        help_text=_("What should stay as it is, and what others could do the same way."),
        required=False,
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
    lessons = forms.CharField(
        label=_("What we change in the artifact"),
        help_text=_(
            "Everybody acted on what they knew then; so ask what the steps did not say. This goes to"
            " those who keep the artifact, as a suggestion that names neither you nor the run. Who may"
            " see the run reads it there, too."
        ),
        required=False,
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
