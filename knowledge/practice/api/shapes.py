"""What all records of practice show of themselves. Names are a contract: only add."""

from typing import Any, ClassVar

from django.urls import reverse
from rest_framework import serializers

from knowledge.practice.api.fields import TeamSlug


class RecordShape(serializers.Serializer):
    """Of a row that was made with an artifact; ``page`` names the address of its page."""

    page: ClassVar[str]

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text="Path of its page on this site.")
    name = serializers.CharField()
    artifact = serializers.IntegerField(source="artifact_id", allow_null=True)
    title = serializers.CharField(help_text="Of the artifact, as it was.")
    version = serializers.CharField()
    team = TeamSlug()
    is_open = serializers.BooleanField()

    def get_url(self, record: Any) -> str:
        return reverse(self.page, args=[record.pk])
