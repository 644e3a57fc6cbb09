"""Why something is not followed. The text is for the person."""

from django.utils.translation import gettext_lazy as _

from knowledge.catalog.errors import KnowledgeError


class TooMany(KnowledgeError):
    """A person follows as much as one may."""

    def __str__(self) -> str:
        return str(_("You follow as much as one person may. Stop following something first."))
