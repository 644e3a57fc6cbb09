"""The comparison of artifacts in the admin: the same as readers have, also for drafts.

It takes the place of Wagtail's own for artifacts, so every door to that one (history, dashboard,
workflow, the message after saving) leads here.
"""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.revisions import RevisionsCompareView
from wagtail.admin.viewsets.pages import PageViewSet

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_for
from knowledge.governance.comparing.result import Comparison
from knowledge.governance.models import Version
from knowledge.governance.selectors import comparisons, versions

LISTED = 50


class CompareArtifact(RevisionsCompareView):
    """Whoever may edit or publish the page; the parent class refuses the others."""

    template_name = "governance/admin/compare.html"

    def _get_revision_and_heading(self, revision_id: Any) -> tuple[Any, Any]:
        """One that is named by its id: by the number that it was published under, else by its time."""
        state, heading = super()._get_revision_and_heading(revision_id)
        if str(revision_id).isdecimal():
            known = Version.objects.filter(revision=int(revision_id)).values_list(
                "number", flat=True
            )
            made = self.object.revisions.get(pk=revision_id).created_at
            when = _("Draft of %s") % date_format(timezone.localtime(made), "j M Y, H:i")
            number = known.first()
            heading = _("Version %s") % number if number else when
        return state, heading

    def _get_comparison(self, revision_a: Artifact, revision_b: Artifact) -> Comparison:
        return comparisons.compare(revision_a, revision_b, access_for(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["versions"] = versions.with_revisions(self.object, limit=LISTED)
        context["has_draft"] = self.object.has_unpublished_changes
        return context


class ArtifactViewSet(PageViewSet):
    model = Artifact
    name = "artifacts"
    icon = "doc-full-inverse"
    revisions_compare_view_class = CompareArtifact
