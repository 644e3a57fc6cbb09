"""The form under an artifact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.governance.models import Feedback
from knowledge.governance.models.feedback import MAX_TEXT_CHARS


class FeedbackForm(forms.Form):
    """``website`` is a trap: people do not see it, programs fill it in."""

    # A failed step is reported by its run, not by a form.
    sort = forms.ChoiceField(
        choices=[one for one in Feedback.Sort.choices if one[0] != Feedback.Sort.RUN]
    )
    text = forms.CharField(
        label=_("What should change, and why?"), required=False, max_length=MAX_TEXT_CHARS
    )
    website = forms.CharField(required=False)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("sort") == Feedback.Sort.SUGGESTION and not cleaned.get("text", "").strip():
            self.add_error("text", _("Say what should change."))
        return cleaned
