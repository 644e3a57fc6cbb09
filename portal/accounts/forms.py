"""What is asked of a person about the own account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        help_text=_("The script or system that uses it, so that you know which one to revoke."),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "field__input", "autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
