"""What governance announces within itself, inside the transaction that did it."""

from django.dispatch import Signal

# Sent with ``group``, ``section`` and ``role``: the group has the rights of the role there.
section_rights_given = Signal()
# Sent with ``page``, ``by``, ``on``, ``planned`` (the day it was due, or None) and ``decision``
# (confirmed, changed, archived, superseded): somebody has looked whether it still holds.
reviewed = Signal()
# Sent with ``page`` and ``on``: it was taken out of the archive.
restored = Signal()
