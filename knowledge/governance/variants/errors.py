"""Why something about a variant is not done. The text is for the person."""

from django.utils.translation import gettext as _

from knowledge.catalog.errors import KnowledgeError


class VariantRefused(KnowledgeError):
    """``field`` is where the fault lies, if it is one of a form."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class AnswersRefused(VariantRefused):
    """Of several answers none was taken; ``faults`` by the key of the part."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(_("Nothing was changed yet. Look at what is marked below."))
