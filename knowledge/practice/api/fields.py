"""People and artifacts as they are sent and shown."""

from typing import Any

from django.core.exceptions import ValidationError as Refused
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from knowledge.catalog.people import called
from knowledge.practice.forms import people

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


class Person(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.SerializerMethodField()

    def get_name(self, person: Any) -> str:
        return called(person)


class ListQuery(serializers.Serializer):
    """What every list takes, besides the fields of its own."""

    mine = serializers.BooleanField(
        default=False, help_text="Only what you take part in. Without it: all that you may see."
    )
    artifact = IdField(required=False, help_text="Id of the artifact that it was made with.")
    cursor = serializers.CharField(required=False, help_text="From `next` or `previous`.")
    page_size = serializers.IntegerField(required=False, help_text="25 at first, 100 at most.")
