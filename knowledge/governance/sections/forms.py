"""The form of a section in the admin."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.people import called

INHERIT, YES, NO = "", "yes", "no"


class OwnerForm(forms.Form):
    user = forms.ModelChoiceField(
        label=_("Owner of the section"),
        queryset=get_user_model().objects.filter(is_active=True).order_by("username"),
        required=False,
        help_text=_("All rights in this section and below it, and none elsewhere."),
    )
    group = forms.ModelChoiceField(
        label=_("Or owning group"),
        queryset=Group.objects.filter(section_rights__isnull=True).order_by("name"),
        required=False,
        help_text=_("Whoever joins or leaves the group gets or loses the rights."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].label_from_instance = called  # type: ignore[attr-defined]  # a choice of people

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("user") and given.get("group"):
            self.add_error("group", _("Name a person or a group, not both."))
        return given


class VoiceForm(forms.Form):
    anonymous = forms.ChoiceField(
        label=_("Feedback without logging in"),
        choices=[
            (INHERIT, _("As in the section above")),
            (YES, _("Allowed")),
            (NO, _("Only people who are logged in")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    @staticmethod
    def word_for(allowed: bool | None) -> str:
        return {None: INHERIT, True: YES, False: NO}[allowed]

    @property
    def allowed(self) -> bool | None:
        return {INHERIT: None, YES: True, NO: False}[self.cleaned_data["anonymous"]]
