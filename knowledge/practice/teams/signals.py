"""What teams announce, inside the transaction that did it."""

from django.dispatch import Signal

# Sent with ``team``: who is in it, or who leads it, is not as it was.
members_changed = Signal()
