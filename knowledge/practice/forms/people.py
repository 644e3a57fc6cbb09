"""A field for a person whom somebody names."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

INPUT = {"class": "field__input"}
UNKNOWN = _("Nobody here is known by that name or mail address.")


class PersonField(forms.CharField):
    """Gives the person, or None when nothing was typed; nobody is listed to choose from."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {**INPUT, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=150, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        known = get_user_model().objects.filter(is_active=True)
        # Two accounts may share a mail address; a name belongs to one.
        person = known.filter(username=typed).first()
        if person is None:
            same_mail = list(known.filter(email__iexact=typed)[:2])
            person = same_mail[0] if len(same_mail) == 1 else None
        if person is None:
            raise forms.ValidationError(UNKNOWN)
        return person


class PersonForm(forms.Form):
    person = PersonField(label=_("User name or mail address"))
