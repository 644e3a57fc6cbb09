"""The page. Its address is the state, so that what was found can be sent to the team."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.catalog.permissions import access_of
from knowledge.practice.forms.team import TeamForm
from search.choosing.answering import answer
from search.querying.errors import NoSuchPage

TEMPLATE = "search/choose.html"


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    access = access_of(request)
    form = TeamForm(request.GET, access=access)
    if not form.is_valid():
        return render(request, TEMPLATE, {"form": form}, status=400)
    try:
        found = answer(form, request.GET.get("page", ""), access)
    except NoSuchPage:
        raise Http404(_("There is no such page of results.")) from None
    said = [(name, value) for name, value in request.GET.items() if name in form.fields and value]
    context = {"form": form, "found": found, "address": urlencode(said)}
    response = render(request, TEMPLATE, context)
    if found and not found.is_lasting:
        # As for results: what Elasticsearch says just after a change must not be kept.
        response["Cache-Control"] = "private, no-cache"
    return response
