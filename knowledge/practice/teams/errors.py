"""What the services of teams may refuse. The message is for the person who asked."""

from knowledge.catalog.errors import KnowledgeError


class TeamRefused(KnowledgeError):
    """``field`` names the field that the message belongs to; empty: none."""

    def __init__(self, message: object, field: str = "") -> None:
        self.field = field
        super().__init__(str(message))
