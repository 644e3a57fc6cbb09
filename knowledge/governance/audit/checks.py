"""A setting that is misspelt must not keep more of people than was meant."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from knowledge.governance.audit.recording.origin import HOW


@register()
def addresses(app_configs: Any, **_kwargs: Any) -> list[Error]:
    if settings.PORTAL_AUDIT_ADDRESSES in HOW:
        return []
    message = f"PORTAL_AUDIT_ADDRESSES is one of {', '.join(HOW)}."
    return [Error(message, id="governance_audit.E001")]
