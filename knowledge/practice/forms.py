"""What a team says of itself to be shown what suits it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.kinds import EFFORT_BOUNDS, Effort, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import Industry, Region
from knowledge.practice.selectors.fitting import Team

ANY = [("", _("Not important"))]
# The longest band has no bound: it asks for nothing.
TIME = {band.value: minutes for minutes, band in EFFORT_BOUNDS}


class TeamForm(forms.Form):
    """All is optional; an unknown value is an error at its field."""

    maturity = forms.TypedChoiceField(
        label=_("How mature is your way of working?"),
        choices=[*ANY, *((level.value, f"{level.value} {level.label}") for level in Maturity)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    risk = forms.ChoiceField(
        label=_("How much risk do you tolerate?"),
        choices=[*ANY, *RiskTolerance.choices],
        required=False,
    )
    scale = forms.ChoiceField(
        label=_("How many work this way?"), choices=[*ANY, *TeamScale.choices], required=False
    )
    time = forms.ChoiceField(
        label=_("How much time have you got?"),
        choices=[*ANY, *((band.value, band.label) for band in Effort if band.value in TIME)],
        required=False,
    )
    industry = forms.ModelChoiceField(
        label=_("Which industry?"),
        queryset=Industry.objects.all(),
        to_field_name="slug",
        empty_label=ANY[0][1],
        required=False,
    )
    region = forms.ModelChoiceField(
        label=_("Under the rules of which region?"),
        queryset=Region.objects.all(),
        to_field_name="slug",
        empty_label=ANY[0][1],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "field__input"

    def team(self) -> Team:
        """What was answered; the form must be valid."""
        said = self.cleaned_data
        return Team(
            maturity=said["maturity"],
            risk_tolerance=said["risk"],
            team_scale=said["scale"],
            industry=said["industry"],
            region=said["region"],
            minutes=TIME.get(said["time"]),
        )
