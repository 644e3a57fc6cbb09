"""Closing a page or section to all but some groups."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import BaseViewRestriction

from knowledge.catalog.rights import would_close_to


class PrivacyForm(PageViewRestrictionForm):
    """Refuses to close a page to the person who closes it: they could not open it again."""

    def __init__(self, *args: Any, page: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._page, self._user = page, user

    def clean_groups(self) -> Any:
        groups = super().clean_groups()
        closes = self.cleaned_data.get("restriction_type") == BaseViewRestriction.GROUPS
        if closes and would_close_to(page=self._page, groups=groups, user=self._user):
            raise ValidationError(
                _("This would close it to yourself. Choose a group that you are in as well.")
            )
        return groups


class PrivacyView(SetPrivacyView):
    form_class = PrivacyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.page, "user": self.request.user}


set_privacy = require_admin_access(PrivacyView.as_view())
