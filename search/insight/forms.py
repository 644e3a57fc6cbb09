"""The form in which a reader says what is missing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.insight.recording.masking import normalised


class WishForm(forms.Form):
    q = forms.CharField(
        max_length=200, error_messages={"required": _("Say in a few words what is missing.")}
    )
    details = forms.CharField(max_length=1000, required=False)
    website = forms.CharField(required=False)  # people do not see it; programs fill it in

    def clean_q(self) -> str:
        return normalised(self.cleaned_data["q"])
