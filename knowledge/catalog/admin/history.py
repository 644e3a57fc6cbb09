"""What the history says of pages that came from or went to a closed section."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from knowledge.catalog.rights import asking, closed_to, is_hidden_from_who_asks

# Wagtail's entries that keep the titles of other pages.
ACTIONS = ("wagtail.copy", "wagtail.move", "wagtail.reorder")
OTHERS = ("source", "destination")


def leave_out_names(actions: LogActionRegistry) -> None:
    """Wagtail's words for ``ACTIONS``, in which closed pages have no name."""
    for action in ACTIONS:
        actions.formatters[action] = _without_names(type(actions.formatters[action]))()


def _without_names(theirs: type[LogFormatter]) -> type[LogFormatter]:
    class WithoutNames(theirs):  # type: ignore[valid-type, misc]
        def format_message(self, log_entry: Any) -> Any:
            user = asking.get()
            if user is None or not closed_to(user):
                return super().format_message(log_entry)
            return super().format_message(_Told(log_entry.data))

    return WithoutNames


class _Told:
    """An entry as far as its words are made of it. A query for each page that it names."""

    def __init__(self, data: dict[str, Any]) -> None:
        named = {name: data[name] for name in OTHERS if data.get(name)}
        pages = Page.objects.in_bulk({one.get("id") for one in named.values()})
        hidden = {pk for pk, page in pages.items() if is_hidden_from_who_asks(page)}
        self.data = data | {
            name: {**one, "title": _("(Private page)")} if one.get("id") in hidden else one
            for name, one in named.items()
        }
