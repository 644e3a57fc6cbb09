"""The form of questions and answers about pilots. Names are a contract: only add."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from knowledge.governance.pilots.models import Pilot
from knowledge.practice.api.fields import PersonField, TeamSlug
from knowledge.practice.models.runs import NAME_CHARS


class PilotQuery(serializers.Serializer):
    state = serializers.ChoiceField(choices=Pilot.State.choices, required=False)
    cursor = serializers.CharField(required=False, help_text="From `next` or `previous`.")
    page_size = serializers.IntegerField(required=False, help_text="25 at first, 100 at most.")


class PilotShape(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField()
    artifact = serializers.IntegerField(source="page_id")
    title = serializers.CharField(source="page.draft_title")
    team = TeamSlug()
    team_name = serializers.CharField()
    goal = serializers.CharField()
    state = serializers.ChoiceField(choices=Pilot.State.choices)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, pilot: Any) -> str:
        return reverse("pilots:show", args=[pilot.pk])


class StartPilotRun(serializers.Serializer):
    name = serializers.CharField(max_length=NAME_CHARS)
    due = serializers.DateField(required=False, allow_null=True)
    roles = serializers.DictField(
        child=PersonField(),
        required=False,
        help_text="Who of the team has which role of the steps, by the name of the role.",
    )

    def validate_name(self, name: str) -> str:
        return " ".join(name.split())
