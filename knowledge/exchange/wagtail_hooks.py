"""What the exchange puts on pages."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from knowledge.exchange.downloads import menu, papers
from knowledge.exchange.reports import views as reports
from knowledge.exchange.rich_text import AnchoredPageLinkHandler
from knowledge.practice.papers import PaperFormat


@hooks.register("artifact_slots")
def offer_downloads(page: Artifact, request: HttpRequest) -> dict[str, str]:
    offers = menu.offers(page, access_of(request))
    return {"actions": render_to_string("exchange/download_menu.html", {"formats": offers})}


@hooks.register("paper_formats")
def offer_papers() -> Iterator[PaperFormat]:
    return papers.formats()


@hooks.register("register_rich_text_features", order=20)
def keep_anchors_of_links(features: FeatureRegistry) -> None:
    features.register_link_type(AnchoredPageLinkHandler)


@hooks.register("register_admin_urls")
def add_report_urls() -> list[URLPattern]:
    return [path("reports/governance/pdf/", reports.governance, name="governance_report_pdf")]
