"""What the admin asks of every page of the portal: its rights, and its name."""

from typing import Any

from django.utils.translation import gettext as _

from knowledge.catalog.rights import ClosedSectionsTester, is_hidden_from_who_asks


class EndsAtItsDoor:
    """For page models, before Wagtail's own: in the admin it is a closed page to whom it is closed."""

    def permissions_for_user(self, user: Any) -> ClosedSectionsTester:
        return ClosedSectionsTester(user, self)  # type: ignore[arg-type]  # it stands before Page

    def get_admin_display_title(self) -> str:
        """Choosers, breadcrumbs, lists and messages of the admin call a page by this."""
        if is_hidden_from_who_asks(self):  # type: ignore[arg-type]
            return _("(Private page)")
        return str(super().get_admin_display_title())  # type: ignore[misc]
