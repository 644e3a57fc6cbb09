"""All variants and how far they have drifted; what is behind for longest first."""

from typing import Any, ClassVar

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.governance.admin.reports.views import QualityReport, edit_url
from knowledge.governance.selectors import quality
from knowledge.governance.variants.models import Variant
from knowledge.governance.variants.selectors.drift import words


class VariantsReport(QualityReport):
    """Variants that the person looks after, and variants of standards that they look after.

    Both ends must be open to the person: a standard that is closed is not named.
    """

    slug = "variants"
    page_title = menu_label = _("Variants and their drift")
    header_icon = "copy"
    model = Variant
    columns: ClassVar[list[Column]] = [
        TitleColumn("page.title", label=_("Variant"), get_url=edit_url),
        Column("parent.title", label=_("Standard")),
        Column("page.version", label=_("Version")),
        Column("team_name", label=_("Team")),
        Column("page.owned_by", label=_("Owner")),
        Column("drift", label=_("Drift"), accessor=words),
        DateColumn("behind_since", label=_("Behind since")),
    ]
    list_export: ClassVar[list[str]] = [
        *("page.title", "parent.title", "page.version", "team_name", "page.owned_by"),
        *("behind", "own", "counted", "behind_since"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "page.title": _("Variant"),
        "parent.title": _("Standard"),
        "page.version": _("Version"),
        "team_name": _("Team"),
        "page.owned_by": _("Owner"),
        "behind": _("Parts behind"),
        "own": _("Parts of its own"),
        "counted": _("Compared with version"),
        "behind_since": _("Behind since"),
    }
    no_results_message = _("No variant of anything that you look after is known.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Times and numbers are such in a spreadsheet.
        for name in ("behind_since", "behind", "own"):
            del self.custom_field_preprocess[name]

    def get_filtered_queryset(self) -> Any:
        mine = quality.looked_after_by(self.request.user).order_by().values("pk")
        open_pages = visible(Artifact.objects.all(), access_of(self.request)).order_by()
        rows = Variant.objects.filter(
            Q(page__in=mine) | Q(parent__in=mine),
            page__in=open_pages.values("pk"),
            parent__in=open_pages.values("pk"),
        )
        related = ("page__owner_user", "page__owner_group", "parent", "team")
        return rows.select_related(*related).order_by(
            F("behind_since").asc(nulls_last=True), "page__title", "pk"
        )
