"""Everything that was found on the pages that a person looks after."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from knowledge.catalog.permissions import access_of
from knowledge.governance.admin.reports.views import QualityReport, as_text
from knowledge.governance.lint import selectors
from knowledge.governance.lint.admin.filters import FindingFilterSet
from knowledge.governance.lint.catalogue import BY_CODE
from knowledge.governance.lint.models import Finding


def _words(value: Any) -> Any:
    return as_text(str(BY_CODE[value].wrong) if value in BY_CODE else value)


class _FindingColumn(Column):
    """A cell that shows more than one value of the finding."""

    def get_value(self, instance: Finding) -> dict[str, Any]:
        return {"finding": instance, "rule": BY_CODE.get(instance.rule)}


class RuleColumn(_FindingColumn):
    cell_template_name = "lint/rule_cell.html"


class PlaceColumn(_FindingColumn):
    cell_template_name = "lint/place_cell.html"


class LintReport(QualityReport):
    slug = "content-checks"
    page_title = menu_label = _("Content checks")
    header_icon = "glasses"
    model = Finding
    filterset_class = FindingFilterSet
    columns: ClassVar[list[Column]] = [
        TitleColumn("page.title", label=_("Artifact"), get_url=lambda row: row.edit_url),
        RuleColumn("rule", label=_("What is wrong")),
        PlaceColumn("place", label=_("Where")),
        Column("page.kind_label", label=_("Kind")),
        Column("page.owned_by", label=_("Owner")),
        DateColumn("found_at", label=_("Since")),
    ]
    list_export: ClassVar[list[str]] = [
        *("page.title", "page.kind_label", "get_severity_display", "rule", "place", "detail"),
        *("other_title", "page.owned_by", "found_at", "edit_url"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "page.title": _("Artifact"),
        "page.kind_label": _("Kind"),
        "get_severity_display": _("How pressing"),
        "rule": _("What is wrong"),
        "place": _("Where"),
        "detail": _("Detail"),
        "other_title": _("Other artifact"),
        "page.owned_by": _("Owner"),
        "found_at": _("Since"),
        "edit_url": _("Edit"),
    }
    no_results_message = _("Nothing was found on the live artifacts that you look after.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.custom_field_preprocess["rule"] = {self.FORMAT_CSV: _words, self.FORMAT_XLSX: _words}
        # A time is a time in a spreadsheet.
        del self.custom_field_preprocess["found_at"]

    @cached_property
    def known(self) -> QuerySet[Finding]:
        return selectors.known_to(self.request.user, access_of(self.request))

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "queryset": self.known}

    def get_filtered_queryset(self) -> Any:
        related = ("page__owner_user", "page__owner_group", "other")
        found = self.filter_queryset(self.known).select_related(*related)
        return found.order_by("severity", "page__title", "page", "pk")
