from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from knowledge.governance.overview.panels import IndicatorsPanel, SectionsPanel


@hooks.register("construct_homepage_panels")
def show_how_it_stands(request: HttpRequest, panels: list[Any]) -> None:
    panels += [SectionsPanel(), IndicatorsPanel()]


@hooks.register("insert_global_admin_css")
def style_panels() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-overview.css"))
