"""Which team a list is narrowed to, and which one something new is made for."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from knowledge.practice.forms.people import INPUT
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.selectors import known_to, teams_of

PARAMETER = "team"


def offer_teams(form: forms.Form, person: Any) -> None:
    """A field for one of the person's own teams, by its slug; none for who is in no team."""
    own = teams_of(person)
    if own.exists():
        form.fields[PARAMETER] = forms.ModelChoiceField(
            label=_("Team"),
            help_text=_("Its members see it and take part. It stays with the team."),
            queryset=own,
            to_field_name="slug",
            required=False,
            empty_label=_("No team"),
            widget=forms.Select(attrs=INPUT),
        )


def asked_for(request: HttpRequest) -> Team | None:
    """The team that the address names, None when it names none.

    Raises:
        Http404: it names one that does not exist for the person.
    """
    slug = request.GET.get(PARAMETER, "")
    if not slug:
        return None
    team = known_to(request.user).filter(slug=slug).first()
    if team is None:
        raise Http404
    return team


def narrowing(request: HttpRequest) -> dict[str, Any]:
    """For the template of a list: the person's teams, and the one that the list is narrowed to."""
    return {"own_teams": list(teams_of(request.user)), "of_team": asked_for(request)}


def shown_to(record: Any, user: Any) -> Team | None:
    """The team of a record, for who is in it: for others a team has no name."""
    if record.team_id is None:
        return None
    return known_to(user).filter(pk=record.team_id).first()
