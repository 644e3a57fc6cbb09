"""People and artifacts as they are sent and shown."""

from typing import Any

from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from knowledge.catalog.people import called
from knowledge.practice.forms import people
from knowledge.practice.teams.selectors import known_to, teams_of

MOST_ID = 2**63 - 1


@extend_schema_field(OpenApiTypes.STR)
class PersonField(serializers.CharField):
    """A person by user name or mail address; null or empty for nobody, where that is allowed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "User name or mail address.")
        super().__init__(max_length=150, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        typed = super().run_validation(data)
        if not typed:
            return None
        try:
            return people.PersonField(required=False).clean(typed)
        except Refused as refusal:
            raise serializers.ValidationError(refusal.messages) from None


class IdField(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=MOST_ID, **kwargs)


class RevisionField(serializers.IntegerField):
    """``revision`` of what the sender looked at."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", "The revision that you looked at. Another one meanwhile: 409."
        )
        super().__init__(min_value=0, max_value=2**31 - 1, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class TeamField(serializers.CharField):
    """A team of the sender by its slug; null or empty for none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Slug of one of your teams, which it is to belong to.")
        super().__init__(required=False, allow_null=True, allow_blank=True, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        typed = super().run_validation(data)
        if not typed:
            return None
        team = teams_of(self.context["request"].user).filter(slug=typed).first()
        if team is None:
            raise serializers.ValidationError(_("You are in no team of that name."))
        return team


@extend_schema_field({"type": "string", "nullable": True, "readOnly": True})
class TeamSlug(serializers.Field):
    """The team of a record, for who is in it: for others a team has no name.

    The context of the view says which teams exist for the person.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, team: Any) -> str | None:
        return team.slug if team.pk in self.context["view"].known_teams else None


class Person(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.SerializerMethodField()

    def get_name(self, person: Any) -> str:
        return called(person)


class Invite(serializers.Serializer):
    person = PersonField()


class ListQuery(serializers.Serializer):
    """What every list takes, besides the fields of its own."""

    mine = serializers.BooleanField(
        default=False, help_text="Only what you take part in. Without it: all that you may see."
    )
    team = serializers.CharField(required=False, help_text="Slug of the team that it belongs to.")
    artifact = IdField(required=False, help_text="Id of the artifact that it was made with.")
    cursor = serializers.CharField(required=False, help_text="From `next` or `previous`.")
    page_size = serializers.IntegerField(required=False, help_text="25 at first, 100 at most.")


def narrowed(rows: QuerySet, asked: dict[str, Any], user: Any, people: str = "people") -> QuerySet:
    """``rows`` by what ``ListQuery`` asks, and by the states that a list has; ``people`` take part."""
    if asked.pop("mine"):
        mine = rows.model._default_manager.filter(**{people: user.pk}).values("pk")
        rows = rows.filter(pk__in=mine)
    if "team" in asked:
        # Of teams that do not exist for the person nothing is found.
        rows = rows.filter(team__in=known_to(user).filter(slug=asked["team"]))
    columns = {"artifact": "artifact", "state": "state"}
    return rows.filter(**{columns[name]: asked[name] for name in columns if name in asked})
