"""Start-up check of the settings; the error names the environment variable to change."""

from typing import Any

from django.conf import settings
from django.core import checks

# Longer than that is no log of searches any more, but a record of people.
MAX_DAYS = 400


def register() -> None:
    checks.register(check_settings, "search_insight")


def check_settings(**_: Any) -> list[checks.CheckMessage]:
    if 0 <= settings.PORTAL_SEARCH_LOG_DAYS <= MAX_DAYS:
        return []
    hint = f"PORTAL_SEARCH_LOG_DAYS must lie between 0 (nothing is kept) and {MAX_DAYS}."
    return [checks.Error("Searches are kept too long.", hint=hint, id="search_insight.E001")]
