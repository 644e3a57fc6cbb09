"""What the services of governance may refuse."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.errors import KnowledgeError


class ReviewRefused(KnowledgeError):
    """The artifact cannot be confirmed in its present state."""


class ModerationRefused(KnowledgeError, PermissionDenied):
    """A step of the workflow that may not be taken.

    Also a ``PermissionDenied``, so that Wagtail's own views answer a forged request with a refusal.
    """


class ReasonMissing(ModerationRefused):
    """Work was to be returned without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Say what has to change before you return it."))
