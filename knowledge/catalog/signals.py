"""What the catalogue announces; higher rooms listen."""

from django.dispatch import Signal

# Sent with ``artifact_ids``: artifacts whose tags or terms changed without a new revision.
tags_changed = Signal()
# Sent with ``artifact_ids``: review dates, state or version moved without a new revision.
artifact_changed = Signal()
