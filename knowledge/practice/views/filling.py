"""Filling a template: the fields are asked, the document is handed over, nothing is stored."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.catalog.models import TemplatePage
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.selectors import filling
from templates_lib.markdown.render import render as render_markdown


# The form stands on cached pages and so carries no token; it changes nothing on the server.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, page_id: int) -> HttpResponse:
    page = visible(TemplatePage.objects.filter(pk=page_id), access_of(request)).first()
    if page is None:
        raise Http404
    context = {"page": page, "back_url": site_path(page.url_path)}
    if request.method != "POST":
        asked = [part for part in page.body if part.block_type == "variables"]
        return render(request, "practice/fill.html", context | {"asked": asked, "errors": {}})
    result = filling.filled(page, request.POST.dict())
    if result.errors:
        asked = [part for part in page.body if part.block_type == "variables"]
        context |= {"asked": asked, "errors": result.errors, "answers": request.POST.dict()}
        return render(request, "practice/fill.html", context, status=400)
    # No key of a template starts with an underscore.
    if request.POST.get("_format") == "md":
        name = f"{page.slug}-{timezone.localdate():%Y-%m-%d}.md"
        response = HttpResponse(result.markdown, content_type="text/markdown; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response
    context |= {"html": render_markdown(result.markdown), "answers": result.answers}
    return render(request, "practice/filled.html", context)
