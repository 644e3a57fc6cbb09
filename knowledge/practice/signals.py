"""What practice announces, inside the transaction that did it; governance listens."""

from django.dispatch import Signal

# Sent with ``run``, ``step`` and ``by``: a step was noted as failed.
step_failed = Signal()
# Sent with ``run`` and ``by``: the run has ended, whatever came of it.
run_ended = Signal()
