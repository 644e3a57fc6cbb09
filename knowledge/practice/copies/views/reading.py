"""The list of a person's copies, and a copy as a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.permissions import access_of
from knowledge.practice import papers
from knowledge.practice.copies import selectors
from knowledge.practice.copies.permissions import readable
from knowledge.practice.copies.views.finding import copy_of
from knowledge.practice.teams import choosing

A_PAGE = 25


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    narrowed = choosing.narrowing(request)
    own = selectors.own(request.user, team=narrowed["of_team"])
    rows = readable(own, request.user, access_of(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": page.object_list, "page": page, **narrowed}
    return render(request, "copies/list.html", context)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, copy_id: int, extension: str) -> HttpResponse:
    copy = copy_of(request, copy_id)
    form = papers.format_of(extension)
    if form is None:
        raise Http404
    try:
        return papers.answer(selectors.paper_of(copy), form)
    except KnowledgeError as error:
        messages.error(request, str(error))
        return redirect("copies:copy", copy.pk)
