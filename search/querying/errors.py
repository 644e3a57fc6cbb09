"""What a search may be refused for. The messages are sentences for the person who asked."""

from django.utils.translation import gettext as _


class BadFilter(Exception):
    """A filter has a value that does not exist (or not for this person: the same answer)."""

    def __init__(self, field: str, value: str) -> None:
        self.field = field
        self.value = value[:80]
        super().__init__(
            _("“%(value)s” is not a value that “%(field)s” can be filtered by.")
            % {"value": self.value, "field": field}
        )


class NoSuchPage(Exception):
    """The result has no page with this number."""
