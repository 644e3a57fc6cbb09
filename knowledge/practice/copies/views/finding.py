"""The copy of an address, for those who may see it."""

from typing import Any

from django.http import Http404, HttpRequest

from knowledge.catalog.permissions import access_of
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.copies.permissions import readable


def copy_of(request: HttpRequest, copy_id: int) -> FilledCopy:
    """Raises Http404 for what the person may not see."""
    rows = FilledCopy.objects.select_related("owner", "changed_by", "artifact")
    copy = readable(rows, request.user, access_of(request)).filter(pk=copy_id).first()
    if copy is None:
        raise Http404
    return copy


def number(text: Any) -> int:
    """A revision as a form sends it; 0, which none has, for anything else."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
