"""What practice announces, inside the transaction that did it; governance listens."""

from django.dispatch import Signal

# Sent with ``run``, ``step`` and ``by``: a step was noted as failed.
step_failed = Signal()
# Sent with ``run``, ``step``, ``by`` and ``text``: the words of a step are said to be wrong.
step_doubted = Signal()
# Sent with ``run``, ``step`` and ``people`` to be told: its deadline has passed. Once for each.
step_overdue = Signal()
# Sent with ``run`` and ``by``: the run has ended, whatever came of it.
run_ended = Signal()
# Sent with ``decision`` and ``approvals``, those that are asked for now: it waits for them.
decision_waits = Signal()
# Sent with ``decision`` and ``by``: it was approved, or not.
decision_settled = Signal()
# Sent with ``events``: lines were added to the log of a run, several at once.
log_noted = Signal()
# Sent with ``decision``, ``approvals`` that are waited for and ``others``, people who hear besides: its
# time is up.
decision_late = Signal()
