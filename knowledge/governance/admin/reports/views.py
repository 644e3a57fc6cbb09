"""What wants work, as reports with export. Each person sees the pages that they look after."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from knowledge.governance.selectors import quality
from knowledge.governance.tables import as_text


def edit_url(row: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.page.pk])


class QualityReport(ReportView):
    """A list of findings; ``find`` is the selector that makes it."""

    slug: ClassVar[str]
    find: ClassVar[Any]  # Callable[[QuerySet[Artifact]], list]; mypy takes it for a method
    menu_label: ClassVar[Any]
    header_icon = "warning"
    any_permission_required: ClassVar[list[str]] = ["change", "publish"]
    is_searchable = False
    no_results_message = _("Nothing to do here: no live artifact that you look after has this.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.custom_field_preprocess = {
            name: {self.FORMAT_CSV: as_text, self.FORMAT_XLSX: as_text} for name in self.list_export
        }

    @cached_property
    def permission_policy(self) -> PagePermissionPolicy:
        return policy_registry.get_by_type(Page)

    @property
    def index_url_name(self) -> str:
        return self.url_name()

    @property
    def index_results_url_name(self) -> str:
        return self.url_name(results=True)

    @classmethod
    def url_name(cls, *, results: bool = False) -> str:
        return f"report_{cls.slug.replace('-', '_')}{'_results' if results else ''}"

    def get_filename(self) -> str:
        return self.slug

    def get_filtered_queryset(self) -> list[Any]:
        return type(self).find(quality.looked_after_by(self.request.user))


class QuestionsReport(QualityReport):
    slug = "questions-alike"
    find = staticmethod(quality.questions_alike)
    page_title = menu_label = _("Near-duplicate FAQ questions")
    header_icon = "help"
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("Question"), get_url=edit_url),
        TitleColumn(
            "other_title",
            label=_("Asks nearly the same"),
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.other.pk]),
        ),
        Column("likeness", label=_("Likeness in per cent")),
    ]
    list_export: ClassVar[list[str]] = ["title", "other_title", "likeness"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Question"),
        "other_title": _("Asks nearly the same"),
        "likeness": _("Likeness in per cent"),
    }
