"""What the history says of a decision, with the words that it was given."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import LogFormatter


def noted(label: Any, message: Any) -> type[LogFormatter]:
    """The formatter of an action whose data may have a ``note`` or a ``reason``, and a day ``until``."""

    class Noted(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            data, said = log_entry.data, str(message)
            if data.get("until"):
                day = date_format(date.fromisoformat(data["until"]), "j F Y")
                said = _("%(said)s until %(day)s") % {"said": said, "day": day}
            why = data.get("note") or data.get("reason")
            return f"{said}: {why}" if why else said

    Noted.label = label
    return Noted
