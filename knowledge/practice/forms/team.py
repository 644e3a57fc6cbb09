"""What a team says of itself and of its problem to be shown what suits it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.kinds import (
    EFFORT_BOUNDS,
    Effort,
    Kind,
    Maturity,
    RiskTolerance,
    TeamScale,
)
from knowledge.catalog.models import Industry, Region
from knowledge.catalog.permissions import Access
from knowledge.catalog.selectors.categories import categories
from knowledge.practice.selectors.criteria import Team
from knowledge.practice.selectors.fitting import NOT_CHOSEN

MAX_PROBLEM_CHARS = 200
ANY = [("", _("Not important"))]
# The longest band has no bound: it asks for nothing.
TIME = {band.value: minutes for minutes, band in EFFORT_BOUNDS}


class TeamForm(forms.Form):
    """All is optional; an unknown value is an error at its field."""

    q = forms.CharField(
        label=_("What is the problem?"),
        help_text=_("In your own words, for example: releases break on Fridays."),
        max_length=MAX_PROBLEM_CHARS,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What kind of help?"),
        choices=[*ANY, *(row for row in Kind.choices if row[0] not in NOT_CHOSEN)],
        required=False,
    )
    category = forms.ChoiceField(label=_("In which field of work?"), required=False)
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
        queryset=Industry.objects.filter(merged_into=None),
        to_field_name="slug",
        empty_label=ANY[0][1],
        required=False,
    )
    region = forms.ModelChoiceField(
        label=_("Under the rules of which region?"),
        queryset=Region.objects.filter(merged_into=None),
        to_field_name="slug",
        empty_label=ANY[0][1],
        required=False,
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """``access``: closed categories are no choice."""
        super().__init__(*args, **kwargs)
        self._categories = {one.slug: one for one in categories(access)}
        choices = [(slug, one.title) for slug, one in self._categories.items()]
        self.fields["category"].choices = [*ANY, *choices]  # type: ignore[attr-defined]  # a ChoiceField
        for field in self.fields.values():
            field.widget.attrs["class"] = "field__input"

    def team(self, about: tuple[int, ...] | None = None, *, only_touched: bool = False) -> Team:
        """What was answered; the form must be valid. The arguments say what a search found for ``q``."""
        said = self.cleaned_data
        return Team(
            about=about,
            only_touched=only_touched,
            kind=said["kind"],
            category=self._categories.get(said["category"]),
            maturity=said["maturity"],
            risk_tolerance=said["risk"],
            team_scale=said["scale"],
            industry=said["industry"],
            region=said["region"],
            minutes=TIME.get(said["time"]),
        )
