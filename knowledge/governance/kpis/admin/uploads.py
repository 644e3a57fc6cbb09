"""Values from a CSV file: looked at first, kept afterwards. The preview holds what will be written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from knowledge.governance.kpis import files
from knowledge.governance.kpis.permissions import may_feed
from knowledge.governance.kpis.services import feeding

MAX_BYTES = 1_000_000
SHOWN = 50
SALT = "governance.kpis.upload"
MAX_AGE_SECONDS = 3600


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_lazy("CSV file"),
        help_text=_lazy("With the columns kpi, source, at and value, in UTF-8."),
    )

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if given.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None


class Upload(WagtailAdminTemplateMixin, TemplateView):
    page_title = _lazy("Bring values of indicators")
    header_icon = "upload"
    template_name = "kpis/admin/upload.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_feed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "checked" in request.POST:
            return self._keep(request)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form=form)
        text = form.cleaned_data["file"]
        values, faults = files.read(text)
        if faults:
            return self._show(form=UploadForm(), faults=faults)
        return self._show(
            form=UploadForm(),
            values=values[:SHOWN],
            count=len(values),
            checked=dumps(text, salt=SALT, compress=True),
        )

    def _keep(self, request: HttpRequest) -> HttpResponse:
        try:
            text = loads(request.POST["checked"], salt=SALT, max_age=MAX_AGE_SECONDS)
        except BadSignature:
            messages.error(request, _("The preview is too old. Choose the file once more."))
            return redirect("kpi_upload")
        values, faults = files.read(text)
        if faults:
            return self._show(form=UploadForm(), faults=faults)
        outcome = feeding.feed(values=values, by=request.user, now=timezone.now())
        said = _("%(added)s values added, %(corrected)s corrected, %(unchanged)s as before.")
        messages.success(
            request,
            said
            % {
                "added": outcome.added,
                "corrected": outcome.corrected,
                "unchanged": outcome.unchanged,
            },
        )
        return redirect("kpi_upload")

    def _show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UploadForm())
        return super().get_context_data(**kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]
