"""What governance announces within itself, inside the transaction that did it."""

from django.dispatch import Signal

# Sent with ``group``, ``section`` and ``role``: the group has the rights of the role there.
section_rights_given = Signal()
