"""What the exchange may raise; messages are full, translated sentences for a person."""

from django.utils.translation import gettext as _

from knowledge.catalog.errors import KnowledgeError


class DownloadFailed(KnowledgeError):
    """A file could not be made from this artifact; the log names the cause."""

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be made. Please try another format, or tell the owner.")
        )


class FormatUnavailable(KnowledgeError):
    """The program or library that makes this format is not installed here."""


class ContentError(KnowledgeError):
    """A content file does not fit; the message names the file and the place in it."""

    def __init__(self, file: str, path: str, message: str) -> None:
        self.file, self.path = file, path
        super().__init__(f"{file}: {path}: {message}" if path else f"{file}: {message}")
