"""What the services of the catalogue may raise."""


class KnowledgeError(Exception):
    """A refusal that a person should read: the message is a full, translated sentence."""


class IncompleteArtifact(KnowledgeError):
    """Required parts are missing; ``missing`` has their names for the reader."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(", ".join(missing))
