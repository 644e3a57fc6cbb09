"""The form of questions and answers, for the OpenAPI document. Names are a contract: only add."""

from rest_framework import serializers


class ReadingSerializer(serializers.Serializer):
    kpi = serializers.CharField(help_text="Key of the indicator.")
    source = serializers.CharField(max_length=80)  # type: ignore[assignment]  # a field of that name
    at = serializers.CharField(help_text="Day or instant, ISO 8601; without a zone in the site's.")
    value = serializers.DecimalField(max_digits=18, decimal_places=4)


class FeedSerializer(serializers.Serializer):
    readings = ReadingSerializer(many=True)


class OutcomeSerializer(serializers.Serializer):
    added = serializers.IntegerField()
    corrected = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class EventSerializer(ReadingSerializer):
    id = serializers.IntegerField()
    unit = serializers.CharField()
    written_at = serializers.DateTimeField()


class EventsSerializer(serializers.Serializer):
    results = EventSerializer(many=True)
    next_after = serializers.IntegerField(help_text="Give it as ``after`` to go on.")


class KpiSerializer(serializers.Serializer):
    kpi = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    comparison = serializers.CharField(help_text="lt, le, gt, ge or eq the target.")
    target = serializers.CharField(allow_null=True)
    actual = serializers.CharField(allow_null=True)
    day = serializers.DateField(allow_null=True)
    met = serializers.BooleanField(allow_null=True)


class KpisSerializer(serializers.Serializer):
    results = KpiSerializer(many=True)
