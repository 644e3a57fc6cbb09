"""What suits a team: a few questions, then artifacts in order, with the reasons."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.catalog.permissions import access_of
from knowledge.practice.forms import TeamForm
from knowledge.practice.selectors import fitting

PER_PAGE = 20


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The address is the state, so that what was found can be sent to the team."""
    form = TeamForm(request.GET)
    context: dict[str, object] = {"form": form}
    if not form.is_valid():
        return render(request, "practice/choose.html", context, status=400)
    team = form.team()
    if team.says_something:
        access = access_of(request)
        pages = Paginator(fitting.ranked(team, access), PER_PAGE)
        number = request.GET.get("page", "1")
        if not number.isdecimal() or not 1 <= int(number[:6]) <= pages.num_pages:
            raise Http404
        page = pages.page(int(number))
        answers = [(name, value) for name, value in request.GET.items() if name in form.fields]
        context |= {
            "asked": True,
            "page_obj": page,
            "suited": fitting.with_cards(list(page), access),
            "address": urlencode(answers),
        }
    return render(request, "practice/choose.html", context)
