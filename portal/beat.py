"""The clock of the background work, which a database that is away does not stop."""

import logging
from typing import Any

from django.db import DatabaseError, InterfaceError
from django_celery_beat.schedulers import DatabaseScheduler

log = logging.getLogger(__name__)


class PatientScheduler(DatabaseScheduler):
    """Goes on with the schedule that it knows; every few minutes it would read it anew, and end.

    At the start it knows none, and ends: whoever has started it starts it again.
    """

    def all_as_schedule(self) -> Any:
        try:
            return super().all_as_schedule()
        except (DatabaseError, InterfaceError) as error:
            if self._schedule is None:
                raise
            log.warning("beat.schedule_not_read: %s", error)
            return self._schedule
