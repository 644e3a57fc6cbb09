from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from knowledge.catalog.models import Artifact

register = template.Library()


@register.simple_tag
def lint_url(page: Any, request: HttpRequest) -> str:
    """Where the findings on the page in the editor come from; empty for other pages."""
    if not isinstance(page, Artifact):
        return ""
    if page.pk:
        return reverse("artifact_lint", args=[page.pk])
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    names = ("content_type_app_name", "content_type_model_name", "parent_page_id")
    values = [asked.get(name) for name in names]
    return reverse("artifact_lint_new", args=values) if all(values) else ""
