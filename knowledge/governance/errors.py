"""What the services of governance may refuse."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.people import called


class ReviewRefused(KnowledgeError):
    """The artifact cannot be confirmed in its present state."""


class SectionRefused(KnowledgeError):
    """A section cannot have this owner."""


class AnswerRefused(KnowledgeError):
    """Feedback cannot be answered so; ``field`` is where the fault lies."""

    def __init__(self, message: str, field: str) -> None:
        self.field = field
        super().__init__(message)


class ProposalRefused(KnowledgeError):
    """A proposal cannot be made or decided so; ``field`` is where the fault lies, if it is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class ModerationRefused(KnowledgeError, PermissionDenied):
    """A step of the workflow that may not be taken.

    Also a ``PermissionDenied``, so that Wagtail's own views answer a forged request with a refusal.
    """


class ReasonMissing(ModerationRefused):
    """Work was to be returned without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Say what has to change before you return it."))


class AlreadyDecided(ModerationRefused):
    """Somebody else was quicker; says who, what and when."""

    def __init__(self, state: Any) -> None:
        facts = {
            "what": state.get_status_display(),
            "who": called(state.finished_by) or _("nobody"),
            "when": date_format(localtime(state.finished_at), "j F Y, H:i")
            if state.finished_at
            else "",
        }
        super().__init__(
            _("This has ended meanwhile: %(what)s by %(who)s, %(when)s. Nothing was changed.")
            % facts
        )
