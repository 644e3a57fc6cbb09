"""The findings on what is on the screen right now, for the panel beside the editor.

Wagtail keeps what was typed for its preview; the same form, filled with the same, gives the page
that is checked. So nothing has to be saved or complete.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from knowledge.governance.lint import selectors
from knowledge.governance.lint.catalogue import BY_CODE, NEAR_DUPLICATE
from knowledge.governance.lint.registry import Rule


@dataclass(frozen=True, slots=True)
class Shown:
    rule: Rule
    path: str
    place: str
    detail: str


class _Findings:
    """Mixed into Wagtail's preview, which knows the form, the kept input and the permission."""

    http_method_names = ("get",)
    object: Any
    request: HttpRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(self.object, Artifact):
            raise Http404
        form = self.get_form(self._get_form_data(self._get_form_state()))  # type: ignore[attr-defined]
        if form.is_bound and self.validate_form(form):  # type: ignore[attr-defined]
            form.save(commit=False)
        shown = [
            Shown(one.rule, one.spot.path, one.spot.place, one.spot.detail)
            for one in selectors.of_draft(self.object, today=timezone.localdate())
        ]
        context = {"findings": shown + self._twins(), "page": self.object}
        return TemplateResponse(request, "lint/findings.html", context)

    def _twins(self) -> list[Shown]:
        if not self.object.pk:
            return []
        rule = BY_CODE[NEAR_DUPLICATE]
        found = selectors.on_page(self.object.pk, access_of(self.request), rule.code)
        return [
            Shown(rule, one.content_path, one.other.title if one.other else "", one.detail)
            for one in found
        ]


class FindingsOnEdit(_Findings, PreviewOnEditView):
    pass


class FindingsOnCreate(_Findings, PreviewOnCreateView):
    pass
