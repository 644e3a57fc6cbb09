"""The form under an artifact."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.governance.models import Feedback
from knowledge.governance.models.feedback import MAX_QUOTE_CHARS, MAX_TEXT_CHARS


class FeedbackForm(forms.Form):
    """``website`` is a trap: people do not see it, programs fill it in.

    ``passages``: anchors of the page with their headings.
    """

    # A failed step is reported by its run, not by a form.
    sort = forms.ChoiceField(
        choices=[one for one in Feedback.Sort.choices if one[0] not in Feedback.OF_RUNS]
    )
    reason = forms.ChoiceField(
        label=_("Why?"), choices=[("", _("No reason")), *Feedback.Reason.choices], required=False
    )
    anchor = forms.CharField(required=False, max_length=80)
    quote = forms.CharField(
        label=_("The words in question"), required=False, max_length=MAX_QUOTE_CHARS
    )
    text = forms.CharField(
        label=_("What should change, and why?"), required=False, max_length=MAX_TEXT_CHARS
    )
    nameless = forms.BooleanField(required=False)
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, passages: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages = dict(passages)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("sort") == Feedback.Sort.SUGGESTION and not cleaned.get("text", "").strip():
            self.add_error("text", _("Say what should change."))
        # The page may have changed since the form was drawn; the words tell what was meant.
        anchor = cleaned.get("anchor", "")
        if anchor not in self.passages:
            cleaned["anchor"] = ""
        elif not cleaned.get("quote", "").strip():
            cleaned["quote"] = self.passages[anchor]
        return cleaned
