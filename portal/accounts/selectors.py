"""What an account has."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import APIToken


def tokens_of(person: Any) -> QuerySet[APIToken]:
    """Tokens that still let in, the newest first."""
    rows: QuerySet[APIToken] = APIToken.objects.filter(user=person.pk, revoked_at__isnull=True)
    return rows.order_by("-created", "-pk")
