"""What reviewing may refuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.people import called
from knowledge.governance.errors import ModerationRefused


class NotWaiting(ModerationRefused):
    def __init__(self) -> None:
        super().__init__(
            _("This does not wait any more: it was decided or cancelled, or its page is gone.")
        )


class Claimed(ModerationRefused):
    def __init__(self, person: Any) -> None:
        super().__init__(_("%s has claimed this. Take it over first.") % called(person))


class NoReviewer(ModerationRefused):
    def __init__(self, person: Any) -> None:
        super().__init__(_("%s may not decide this.") % called(person))


class LinkOver(ModerationRefused):
    """A link that decided already, or that decides nothing any more."""


class AbsenceRefused(KnowledgeError):
    """``field`` is the one of the form at fault."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)
