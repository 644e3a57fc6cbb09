"""The page of an artifact."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors import reading

# Header of the answer: the id of the artifact that it shows, for whoever counts. It stays with a page
# that is kept, and is taken off before the answer leaves the portal.
SHOWN = "X-Artifact-Shown"


def show(request: HttpRequest, page: Artifact) -> HttpResponse:
    context = reading.context(page, request)
    headers = {SHOWN: str(page.pk)}
    return TemplateResponse(request, page.get_template(request), context, headers=headers)
