"""The forms of the queue and of one review."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from knowledge.catalog.kinds import Kind
from knowledge.catalog.people import called
from knowledge.governance.auditing import auditors
from knowledge.governance.reviewing.models import Assignment
from knowledge.governance.reviewing.selectors import queue
from knowledge.governance.reviewing.selectors.standing import Standing

ANY = ("", _("All"))


class DayInput(forms.DateInput):
    """The browser's own chooser of days: it needs no script."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class QueueFilter(forms.Form):
    """Comes from the address; a value that does not exist narrows nothing."""

    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Page.objects.all(), required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *Kind.choices])
    held = forms.ChoiceField(
        label=_("Assignee"), required=False, choices=[ANY, *queue.HELD.items()]
    )
    due = forms.ChoiceField(label=_("Due"), required=False, choices=[ANY, *queue.DUE.items()])

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The tree with its depth; one query for all of them.
        self.fields["section"].widget.choices = [
            ANY,
            *((one.pk, one.label) for one in queue.sections(standing)),
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def is_narrow(self) -> bool:
        return any(self.chosen.values())


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return called(obj)


class AssignForm(forms.Form):
    to = PersonField(
        label=_("Assign to"), queryset=get_user_model().objects.none(), empty_label=_("Choose…")
    )


class PlanForm(forms.Form):
    due_on = forms.DateField(label=_("Due"), widget=DayInput)
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Assignment.Priority.choices, coerce=int
    )

    def clean_due_on(self) -> date:
        """A day that has passed may stay, and not be chosen."""
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate() and day != self.initial.get("due_on"):
            raise forms.ValidationError(_("That day has passed. Give today or one to come."))
        return day


class AbsenceForm(forms.Form):
    deputy = PersonField(
        label=_("Deputy"),
        queryset=get_user_model().objects.none(),
        help_text=_(
            "Sees in the queue what is assigned to you, and decides what your deputy may decide too."
            " What you decide as the owner of a section passes on as well."
        ),
    )
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.with_perm(
            "wagtailadmin.access_admin", backend="django.contrib.auth.backends.ModelBackend"
        )
        deputy = self.fields["deputy"]
        people = people.exclude(pk=by.pk).exclude(pk__in=auditors().values("pk"))
        deputy.queryset = people.order_by("first_name", "username")  # type: ignore[attr-defined]
