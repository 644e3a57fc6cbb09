"""Why a confirmation is not taken. The text is for the person."""

from django.utils.translation import gettext_lazy as _

from knowledge.catalog.errors import KnowledgeError


class NewerVersion(KnowledgeError):
    """What the person read is not what is live now."""

    def __str__(self) -> str:
        return str(_("There is a newer version by now. Read it, then confirm it."))


class NotAsked(KnowledgeError):
    """Nobody asks this person to confirm this artifact."""

    def __str__(self) -> str:
        return str(_("You are not asked to confirm this."))
