"""The page of an artifact."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors import reading


def show(request: HttpRequest, page: Artifact) -> HttpResponse:
    return TemplateResponse(request, page.get_template(request), reading.context(page, request))
