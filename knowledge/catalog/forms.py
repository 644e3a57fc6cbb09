"""The edit form of artifacts: a draft may lack parts; to submit or publish, each is asked by name."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminPageChooser

from knowledge.catalog.people import called
from knowledge.catalog.rights import outside

# Who approves decides about what the author has said; the buttons of an author ask.
ASKS_WHAT_CHANGED = ("action-publish", "action-submit")


class ArtifactForm(WagtailAdminPageForm):
    """Wagtail defers what is required while a draft is saved; this form follows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from knowledge.catalog.selectors import terms

        owner = self.fields.get("owner_user")
        if owner is not None:
            # People are known by their names; someone who has left can stay, but not be chosen.
            owner.queryset = get_user_model().objects.filter(
                Q(is_active=True) | Q(pk=self.instance.owner_user_id)
            )
            owner.label_from_instance = called
        self._keep_to_open_pages()
        for model, name in terms.FIELDS.items():
            if name in self.fields:
                chosen = [one.pk for one in getattr(self.instance, name).all()]
                self.fields[name].queryset = terms.offered(model, chosen)
        if self.instance.live and not self.instance.has_unpublished_changes:
            # What was said of the last version says nothing of the next one.
            self.initial.update(change_note="", major_change=False)

    def _keep_to_open_pages(self) -> None:
        """Other pages are chosen from those that are open to the person. One that somebody else has
        chosen stays, without its title.
        """
        below = (one for formset in getattr(self, "formsets", {}).values() for one in formset.forms)
        for form in (self, *below):
            for name, field in form.fields.items():
                if isinstance(field.widget, AdminPageChooser):
                    kept = field.queryset.filter(pk=getattr(form.instance, f"{name}_id"))
                    field.queryset = outside(field.queryset, self.for_user) | kept

    def clean_bottom_line(self) -> str:
        # Its field wraps; the bottom line is one line all the same.
        return " ".join(self.cleaned_data["bottom_line"].split())

    def clean_tags(self) -> list[str]:
        """A word that was merged away stands for what it went into."""
        from knowledge.catalog.selectors import terms

        return terms.tag_names(self.cleaned_data["tags"])

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        body = cleaned.get("body")
        if body is not None:
            missing = [str(one.label) for one in self.instance.REQUIREMENTS if not one.met_by(body)]
            if missing:
                message = _("Still missing: %(parts)s.") % {"parts": ", ".join(missing)}
                self.add_error("body", ValidationError(message, code="missing_parts"))
        for name in self.instance.REQUIRED_FIELDS:
            if name in self.fields and not cleaned.get(name):
                self.add_error(name, ValidationError(_("This is needed."), code="missing_field"))
        if not cleaned.get("owner_user") and not cleaned.get("owner_group"):
            message = _("Name the person or the group that answers for it.")
            self.add_error("owner_user", ValidationError(message, code="no_owner"))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        # Asked of the page as it would be published.
        asked = [
            one for hook in hooks.get_hooks("artifact_requirements") for one in hook(self.instance)
        ]
        if asked:
            message = _("Still missing: %(parts)s.") % {"parts": ", ".join(asked)}
            self.add_error("body", ValidationError(message, code="missing_requirement"))
            return
        self._ask_what_changed()

    def _ask_what_changed(self) -> None:
        """A new version is published with a note: one is suggested, to be kept or rewritten.

        Hooks ``artifact_change_suggestion`` get the page as it would be published.
        """
        if not any(action in self.data for action in ASKS_WHAT_CHANGED):
            return
        if self.cleaned_data.get("change_note", "").strip():
            return
        if "change_note" not in self.fields or not (self.instance.pk and self.instance.live):
            return
        for hook in hooks.get_hooks("artifact_change_suggestion"):
            suggested = hook(self.instance)
            if suggested.note:
                self._suggest(suggested.note, suggested.is_major)
                return

    def _suggest(self, note: str, is_major: bool) -> None:
        # What was posted cannot be changed; the form is shown again with what is suggested.
        data: Any = getattr(self, "data").copy()  # noqa: B009 - the plugin knows no type of it
        data[self.add_prefix("change_note")] = note
        message = _("Tell readers what changed. This is suggested: keep it or write your own.")
        if is_major and "major_change" in self.fields:
            data[self.add_prefix("major_change")] = "on"
            message += " " + _(
                "Steps came or went, so a new whole number is suggested below: decide whether"
                " readers have to act."
            )
        self.data = data
        self.add_error("change_note", ValidationError(message, code="no_note"))
