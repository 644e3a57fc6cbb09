"""Findings in the admin: the panel beside the editor, and the report."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from knowledge.governance.admin import reports
from knowledge.governance.lint.admin.editor import FindingsOnCreate, FindingsOnEdit
from knowledge.governance.lint.admin.report import LintReport

FIRST_IN_MENU = 90


@hooks.register("register_admin_urls")
def add_urls() -> list:
    return [
        path("artifacts/<int:page_id>/findings/", FindingsOnEdit.as_view(), name="artifact_lint"),
        path(
            "artifacts/findings/<slug:content_type_app_name>/<slug:content_type_model_name>/"
            "<int:parent_page_id>/",
            FindingsOnCreate.as_view(),
            name="artifact_lint_new",
        ),
        *reports.urls([LintReport]),
    ]


@hooks.register("construct_reports_menu")
def add_report(request: HttpRequest, menu_items: list) -> None:
    items = reports.menu_items([LintReport], FIRST_IN_MENU)
    menu_items += [item for item in items if item.is_shown(request)]


@hooks.register("insert_editor_js")
def show_findings_while_writing() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/admin-lint.js"))


@hooks.register("insert_global_admin_css")
def style_findings() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-lint.css"))
