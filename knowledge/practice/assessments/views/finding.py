"""The round, or the page with an assessment, of an address."""

from typing import Any

from django.http import Http404, HttpRequest

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.practice.assessments import questions
from knowledge.practice.assessments.models import Round
from knowledge.practice.assessments.permissions import readable


def round_of(request: HttpRequest, round_id: int) -> Round:
    """Raises Http404 for what the person may not see."""
    rows = Round.objects.select_related("owner", "artifact")
    one = readable(rows, request.user, access_of(request)).filter(pk=round_id).first()
    if one is None:
        raise Http404
    return one


def page_of(request: HttpRequest, page_id: int) -> Any:
    """Raises Http404 for a page without an assessment, too."""
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    specific = page.specific if page else None
    if specific is None or not questions.kept(specific.body):
        raise Http404
    return specific
