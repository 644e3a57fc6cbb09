"""The governance report as PDF, set like an artifact."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.exchange.downloads.nodes import from_markdown
from knowledge.exchange.downloads.pdf.compile import to_pdf
from knowledge.exchange.downloads.pdf.fit import to_page
from knowledge.exchange.errors import DownloadFailed
from knowledge.governance.quarterly import files
from knowledge.governance.quarterly.report import Report
from knowledge.governance.quarterly.views import asked_for


@require_safe
def governance(request: HttpRequest) -> HttpResponse:
    made = asked_for(request)
    at = timezone.make_aware(datetime.combine(made.made_on, time.min))
    try:
        paper = to_pdf(_paper(made), [], at)
    except DownloadFailed as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(paper, content_type="application/pdf")
    name = f"governance-{made.quarter.name}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(made: Report) -> dict[str, Any]:
    language, _sep, region = (get_language() or "en-gb").partition("-")
    days = {
        "first": date_format(made.quarter.first, "j F Y"),
        "last": date_format(made.quarter.last, "j F Y"),
    }
    return {
        "title": made.title,
        "kind": str(settings.WAGTAIL_SITE_NAME),
        "bottom_line": _("From %(first)s to %(last)s.") % days,
        "authors": [],
        "keywords": [],
        "lang": language,
        "region": region.upper() or "GB",
        "version": made.quarter.name,
        "footer": _("Made on %s") % date_format(made.made_on, "j F Y"),
        "contents": False,
        "words": {"contents": _("Contents"), "page": _("Page"), "of": _("of")},
        "facts": [{"label": label, "value": value} for label, value in made.groups[0].figures],
        "body": to_page(from_markdown(files.as_markdown(made))),
    }
