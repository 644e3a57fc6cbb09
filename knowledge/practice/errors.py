"""What the services of practice may refuse. The message is for the person who asked."""

from django.utils.translation import gettext_lazy as _

from knowledge.catalog.errors import KnowledgeError


class RunRefused(KnowledgeError):
    """Of runs and decisions. ``field`` names the field that the message belongs to; empty: none."""

    def __init__(self, message: object, field: str = "") -> None:
        self.field = field
        super().__init__(str(message))


class ChangedMeanwhile(RunRefused):
    """Somebody else changed it since it was looked at."""


class NothingToRun(RunRefused):
    def __init__(self, message: object = None) -> None:
        super().__init__(message or _("This artifact has no steps that can be run."))


class RunOver(RunRefused):
    def __init__(self) -> None:
        super().__init__(_("This run has ended; its record is not changed any more."))
