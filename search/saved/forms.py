from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.catalog.selectors.public import one_line
from search.saved.models import NAME_CHARS, SavedSearch


class SavedSearchForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=NAME_CHARS, help_text=_("Under which you find it again.")
    )
    delivery = forms.ChoiceField(
        label=_("How do you want to hear of it?"),
        choices=SavedSearch.Delivery.choices,
        widget=forms.RadioSelect,
        initial=SavedSearch.Delivery.NONE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["class"] = "field__input"

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give it a name that can be read."))
        return name
