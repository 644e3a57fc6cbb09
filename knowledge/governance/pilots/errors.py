"""Why something about a pilot is not done. The text is for the person."""

from knowledge.catalog.errors import KnowledgeError


class PilotRefused(KnowledgeError):
    """``field`` is where the fault lies, if it is one of a form."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)
