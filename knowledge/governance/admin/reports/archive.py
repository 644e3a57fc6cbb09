"""The queue for the archive: what may go and why, one click there and one click back."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from knowledge.governance.admin.reports.views import QualityReport, edit_url
from knowledge.governance.selectors import unused
from knowledge.governance.services import lifecycle

AT_ONCE = 200


class TickColumn(Column):
    """A box that belongs to the form above the table."""

    cell_template_name = "governance/admin/archive_tick.html"

    def get_value(self, instance: Any) -> Any:
        return instance.page


class ArchiveQueue(QualityReport):
    slug = "archive-queue"
    page_title = menu_label = _("Archive queue")
    header_icon = "folder"
    any_permission_required: ClassVar[list[str]] = ["publish"]
    results_template_name = "governance/admin/archive_queue.html"
    columns: ClassVar[list[Column]] = [
        TickColumn("tick", label=_("Choose")),
        TitleColumn("title", label=_("Artifact"), get_url=edit_url),
        Column("why", label=_("Why")),
        Column("kind", label=_("Kind")),
        Column("owner", label=_("Owner")),
    ]
    list_export: ClassVar[list[str]] = ["title", "why", "kind", "owner"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Artifact"),
        "why": _("Why"),
        "kind": _("Kind"),
        "owner": _("Owner"),
    }
    no_results_message = _("Nothing to archive: all that you may publish is in use.")

    def get_filtered_queryset(self) -> list[Any]:
        return unused.proposals(
            self.request.user,
            access_of(self.request),
            today=timezone.localdate(),
            views=_count_views,
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.is_export:
            return context
        lately = unused.archived_lately(self.request.user, now=timezone.now())
        return {**context, "archived": lately[: self.paginate_by]}


def _count_views(since: date) -> Mapping[int, int] | None:
    """Whoever counts how often artifacts are looked at registers ``count_artifact_views(since)``.

    None, from them or from here, when nobody has counted all the time.
    """
    counts = [count(since) for count in hooks.get_hooks("count_artifact_views")]
    known = [found for found in counts if found is not None]
    if not known:
        return None
    total: Counter[int] = Counter()
    for found in known:
        total.update(found)
    return total


class _ChosenForm(forms.Form):
    page = forms.ModelMultipleChoiceField(queryset=Artifact.objects.filter(live=True))


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Archive what was ticked, or take it out again; all or nothing of what the person may publish."""
    form = _ChosenForm({"page": request.POST.getlist("page")[:AT_ONCE]})
    if not form.is_valid():
        messages.error(request, _now("Tick at least one artifact."))
        return redirect(ArchiveQueue.url_name())
    pages = [page.specific for page in form.cleaned_data["page"]]
    if not all(page.permissions_for_user(request.user).can_publish() for page in pages):
        raise PermissionDenied
    back = request.POST.get("do") == "restore"
    for page in pages:
        if back:
            lifecycle.restore(page=page, by=request.user)
        else:
            lifecycle.archive(
                page=page,
                by=request.user,
                at=timezone.now(),
                reason=_now("From the archive queue."),
            )
    words = (
        ngettext("%d artifact is back.", "%d artifacts are back.", len(pages))
        if back
        else ngettext("%d artifact is archived.", "%d artifacts are archived.", len(pages))
    )
    messages.success(request, words % len(pages))
    return redirect(ArchiveQueue.url_name())
