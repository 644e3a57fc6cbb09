"""Why a search is not saved. The text is for the person."""

from django.utils.translation import gettext_lazy as _


class NotSaved(Exception):
    message = _("This search cannot be saved.")

    def __str__(self) -> str:
        return str(self.message)


class TooMany(NotSaved):
    message = _("You have as many saved searches as one person may have. Delete one first.")


class NameTaken(NotSaved):
    message = _("You have a saved search of that name already.")


class TooLong(NotSaved):
    message = _("This search has too many filters to be saved.")
