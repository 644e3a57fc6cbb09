"""What the services of copies may refuse. The message is for the person who asked."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from knowledge.practice.errors import ChangedMeanwhile, RunRefused


class SavedMeanwhile(ChangedMeanwhile):
    """Somebody, or the same person in another window, saved since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This was saved in another window or by somebody else since you opened it. "
                "Nothing of either is lost."
            )
        )


class StillMissing(RunRefused):
    """``faults`` are the messages by key of the field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(_("Some fields still need an answer."))
