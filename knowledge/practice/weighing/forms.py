"""What is asked when a weighted decision is opened and when it ends."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.practice.forms.people import INPUT, PersonField
from knowledge.practice.models.decisions import NAME_CHARS, TEXT_CHARS
from knowledge.practice.teams.choosing import offer_teams
from knowledge.practice.weighing.selectors import Matrix, Threshold


class BeginForm(forms.Form):
    name = forms.CharField(
        label=_("What is decided"),
        help_text=_("The case, so that others find it: Model for the support desk, 2027."),
        max_length=NAME_CHARS,
        widget=forms.TextInput(attrs=INPUT),
    )
    options = forms.CharField(
        label=_("Options"),
        help_text=_("One a line. Those of the page bring their scores along as a suggestion."),
        max_length=4000,
        widget=forms.Textarea(attrs={**INPUT, "rows": 5}),
    )
    is_open = forms.BooleanField(
        label=_("Everyone who may read the artifact may score it and see the decision"),
        required=False,
    )

    def __init__(
        self, *args: Any, matrix: Matrix, person: Any, team: str = "", **kwargs: Any
    ) -> None:
        """``team`` is the slug of the one that is proposed."""
        kwargs["initial"] = {"options": "\n".join(matrix.options), "team": team}
        super().__init__(*args, **kwargs)
        offer_teams(self, person)
        for place, one in enumerate(matrix.criteria):
            self.fields[f"weight_{place}"] = forms.CharField(
                label=one["name"],
                help_text=one["help"],
                initial=one["weight"],
                max_length=12,
                widget=forms.TextInput(attrs={**INPUT, "inputmode": "decimal"}),
            )

    @property
    def weight_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("weight_")]

    @property
    def arguments(self) -> dict[str, Any]:
        """For the service."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "is_open": said["is_open"],
            "team": said.get("team"),
            "options": said["options"].splitlines(),
            "weights": [said[name] for name in self.fields if name.startswith("weight_")],
        }


class DecideForm(forms.Form):
    option = forms.ChoiceField(label=_("Decided for"), widget=forms.Select(attrs=INPUT))
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Needed when it is not the first of the ranking."),
        required=False,
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
    context = forms.CharField(
        label=_("Context"),
        help_text=_("What was known at that time."),
        required=False,
        max_length=TEXT_CHARS,
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
    right = forms.ChoiceField(
        label=_("Decision right"), required=False, widget=forms.Select(attrs=INPUT)
    )
    approver = PersonField(
        label=_("Who approves it"),
        help_text=_(
            "User name or mail address. Needed when a decision right or a threshold names a role."
        ),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        options: Sequence[str],
        rights: Sequence[tuple[str, str]],
        thresholds: Sequence[Threshold],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [(one, one) for one in options]  # type: ignore[attr-defined]  # a choice field
        if rights:
            chosen = [(role, f"{what}: {role}") for what, role in rights]
            self.fields["right"].choices = [("", _("None applies")), *chosen]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["right"]
        self._add_roles([role for _what, role in rights], [one.role for one in thresholds])
        for place, one in enumerate(thresholds):
            self.fields[f"measured_{place}"] = forms.CharField(
                label=f"{one.measure}, {one.unit}" if one.unit else one.measure,
                help_text=f"{one.limit}: {one.consequence}",
                required=False,
                max_length=12,
                widget=forms.TextInput(attrs={**INPUT, "inputmode": "decimal"}),
            )

    def _add_roles(self, *named: Sequence[str]) -> None:
        """A field for each role that might have to approve, when there are several."""
        roles = list(dict.fromkeys(role for several in named for role in several if role))
        self.roles = {f"approver_{place}": role for place, role in enumerate(roles)}
        if len(roles) < 2:
            self.roles = {}
        for name, role in self.roles.items():
            self.fields[name] = PersonField(label=_("As “%s”") % role, required=False)

    @property
    def role_fields(self) -> list[Any]:
        return [self[name] for name in self.roles]

    @property
    def measured_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("measured_")]

    @property
    def arguments(self) -> dict[str, Any]:
        """For the service."""
        said = self.cleaned_data
        measured = [said[name] for name in self.fields if name.startswith("measured_")]
        apart = {*self.roles, *(name for name in said if name.startswith("measured_"))}
        plain = {name: said[name] for name in said if name not in apart}
        approvers = {role: said[name] for name, role in self.roles.items() if said[name]}
        return {**plain, "measured": measured, "approvers": approvers}
