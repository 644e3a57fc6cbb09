"""Many pages of a list at once: confirm their reviews, give them another owner."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance.admin.forms import NoteForm
from knowledge.governance.errors import ReviewRefused
from knowledge.governance.services import lifecycle, ownership, reviews


class OwnerForm(forms.Form):
    user = forms.ModelChoiceField(
        label=_("Person"),
        queryset=get_user_model().objects.filter(is_active=True).order_by("username"),
        required=False,
    )
    group = forms.ModelChoiceField(
        label=_("Or group"), queryset=Group.objects.order_by("name"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("user")) == bool(given.get("group")):
            raise forms.ValidationError(_("Choose a person or a group, not both."))
        return given


class _OfArtifacts(PageBulkAction):
    """Only live artifacts that the person may publish; others are listed as left out."""

    template_name = "governance/admin/bulk.html"
    question: Any = ""
    button: Any = ""

    def check_perm(self, obj: Page) -> bool:
        is_artifact = issubclass(obj.specific_class or Page, Artifact)
        return bool(is_artifact and obj.permissions_for_user(self.request.user).can_publish())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "title": self.display_name,
            "question": self.question,
            "action_button_text": self.button,
            "no_action_button_text": _("Cancel"),
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"request": self.request, **self.cleaned_form.cleaned_data}


class ConfirmReviews(_OfArtifacts):
    display_name = _("Confirm that they still hold")
    action_type = "confirm-reviews"
    aria_label = _("Confirm that the selected artifacts still hold")
    action_priority = 60
    form_class = NoteForm
    question = _("You have looked at each of these, and it still holds?")
    button = _("Yes, they still hold")

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], request: Any = None, note: str = "", **kwargs: Any
    ) -> tuple[int, int]:
        done = 0
        for page in objects:
            try:
                reviews.confirm(
                    page=page.specific, by=request.user, on=timezone.localdate(), note=note
                )
            except ReviewRefused as refusal:
                messages.error(request, f"{page.title}: {refusal}")
            else:
                done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(n)d artifact is confirmed.", "%(n)d artifacts are confirmed.", num_parent_objects
        ) % {"n": num_parent_objects}


class ChangeOwner(_OfArtifacts):
    display_name = _("Change the owner")
    action_type = "change-owner"
    aria_label = _("Give the selected artifacts another owner")
    action_priority = 61
    form_class = OwnerForm
    question = _("Who answers for these from now on?")
    button = _("Change the owner")

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        request: Any = None,
        user: Any = None,
        group: Group | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        done = 0
        for page in objects:
            ownership.change(page=page.specific, by=request.user, user=user, group=group)
            done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(n)d artifact has another owner.",
            "%(n)d artifacts have another owner.",
            num_parent_objects,
        ) % {"n": num_parent_objects}


class Archive(_OfArtifacts):
    display_name = _("Archive")
    action_type = "archive-artifacts"
    aria_label = _("Archive the selected artifacts")
    action_priority = 62
    form_class = NoteForm
    question = _("They stay readable, are marked, and come last in every list.")
    button = _("Archive")

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], request: Any = None, note: str = "", **kwargs: Any
    ) -> tuple[int, int]:
        pages = list(objects)
        for page in pages:
            lifecycle.archive(page=page.specific, by=request.user, at=timezone.now(), reason=note)
        return len(pages), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(n)d artifact is archived.", "%(n)d artifacts are archived.", num_parent_objects
        ) % {"n": num_parent_objects}


class Restore(_OfArtifacts):
    display_name = _("Take out of the archive")
    action_type = "restore-artifacts"
    aria_label = _("Take the selected artifacts out of the archive")
    action_priority = 63
    question = _("They are listed again as before.")
    button = _("Restore")

    @classmethod
    def execute_action(
        cls, objects: Iterable[Page], request: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        pages = [page.specific for page in objects]
        archived = [page for page in pages if page.archived_at]
        for page in archived:
            lifecycle.restore(page=page, by=request.user)
        return len(archived), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(n)d artifact is back.", "%(n)d artifacts are back.", num_parent_objects
        ) % {"n": num_parent_objects}
