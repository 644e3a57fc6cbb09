"""The form of the answer, for the OpenAPI document. Names are a contract: only add."""

from rest_framework import serializers


class HitSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    url = serializers.CharField(help_text="Path of the page on this site.")
    kind = serializers.CharField()
    bottom_line = serializers.CharField()
    highlights = serializers.ListField(
        child=serializers.CharField(), help_text="Escaped HTML; the words found are in <mark>."
    )
    score = serializers.FloatField()
    trust = serializers.CharField(
        help_text="verified, due, stale, unverified, superseded, archived"
    )
    proved_on = serializers.DateField(
        allow_null=True, help_text="The last day on which a run of the live version succeeded."
    )
    section = serializers.CharField(help_text="The heading above the passage; may be empty.")
    section_url = serializers.CharField(help_text="Path and anchor of that heading.")


class OptionSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field called label
    count = serializers.IntegerField()


class ResultSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    results = HitSerializer(many=True)
    facets = serializers.DictField(child=OptionSerializer(many=True))
    did_you_mean = serializers.CharField(allow_null=True)
    engine = serializers.ChoiceField(choices=["elasticsearch", "database"])
    degraded = serializers.BooleanField(help_text="Another engine than the usual one answered.")
    took_ms = serializers.FloatField()
