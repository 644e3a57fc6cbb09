"""Filling a template: the fields are asked, the document is handed over, nothing is stored."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import TemplatePage
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice import papers
from knowledge.practice.selectors import filling
from templates_lib.markdown.render import render as render_markdown
from templates_lib.variables.reading import read

MORE = "more."


# The form stands on cached pages and so carries no token; it changes nothing on the server.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, page_id: int) -> HttpResponse:
    page = visible(TemplatePage.objects.filter(pk=page_id), access_of(request)).first()
    if page is None:
        raise Http404
    form = filling.form_of(page.body)
    if request.method != "POST":
        return _asked(request, page, form, {}, {})
    # No key of a template starts with an underscore.
    wish = request.POST.get("_do", "")
    if wish:
        said = read(form.variables, request.POST)
        return _asked(request, page, form, said, {}, more_rows=wish.removeprefix(MORE))
    result = filling.filled(form, request.POST)
    if result.errors:
        return _asked(request, page, form, result.said, result.errors)
    # Other formats cost a process of their own: they are for those who are known here.
    offered = papers.formats() if request.user.is_authenticated else [papers.MARKDOWN]
    wanted = next((one for one in offered if one.extension == request.POST.get("_format")), None)
    failed = ""
    if wanted is not None:
        try:
            return papers.answer(_paper(page, result.markdown), wanted)
        except KnowledgeError as error:
            failed = str(error)
    context = {
        "page": page,
        "back_url": site_path(page.url_path),
        "html": render_markdown(result.markdown),
        "pairs": filling.pairs(form, result.said),
        "formats": offered,
        "failed": failed,
    }
    return render(request, "practice/filling/document.html", context, status=503 if failed else 200)


def _asked(
    request: HttpRequest,
    page: TemplatePage,
    form: filling.Form,
    said: dict[str, Any] | Any,
    errors: Any,
    *,
    more_rows: str = "",
) -> HttpResponse:
    context = {
        "page": page,
        "back_url": site_path(page.url_path),
        "groups": filling.fields(form, said, errors, more_rows),
        "errors": errors,
        "preview": render_markdown(filling.preview(form, said)),
    }
    status = 400 if errors else 200
    return render(request, "practice/filling/form.html", context, status=status)


def _paper(page: TemplatePage, markdown: str) -> papers.Paper:
    return papers.Paper(
        title=page.title,
        kind=page.kind_label,
        stem=page.slug,
        markdown=markdown,
        facts=((_("Template"), f"{page.title}, {page.version}"),),
        author="",
        made=timezone.now(),
    )
