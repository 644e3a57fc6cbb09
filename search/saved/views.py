"""A person's saved searches. Those of others are not found."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.querying.errors import BadFilter, NoSuchPage
from search.querying.request import SearchRequest, from_parameters
from search.saved import addresses, services
from search.saved.errors import NotSaved
from search.saved.forms import SavedSearchForm
from search.saved.models import NAME_CHARS, SavedSearch
from search.views.answering import refused

FORM = "saved/form.html"


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = [_row(saved) for saved in _own(request)]
    return render(request, "saved/list.html", {"rows": rows, "most": services.MAX_A_PERSON})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The search is in the address, as it is on the page of results."""
    try:
        search = from_parameters(request.GET)
    except NoSuchPage:
        raise Http404(_("There is no such page of results.")) from None
    form = SavedSearchForm(request.POST or None, initial={"name": _suggested(search)})
    if form.is_valid():
        try:
            services.keep(by=request.user, query=addresses.query_of(search), **form.cleaned_data)
        except BadFilter as refusal:
            return refused(request, refusal)
        except NotSaved as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The search is saved."))
            return redirect("search:saved")
    return _asked(request, form, search)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, saved_id: int) -> HttpResponse:
    saved = get_object_or_404(_own(request), pk=saved_id)
    form = SavedSearchForm(
        request.POST or None, initial={"name": saved.name, "delivery": saved.delivery}
    )
    if form.is_valid():
        try:
            services.change(by=request.user, saved=saved, **form.cleaned_data)
        except BadFilter as refusal:
            return refused(request, refusal)
        except NotSaved as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("search:saved")
    return _asked(request, form, addresses.search_of(saved.query), saved=saved)


@login_required
@require_POST
def delete(request: HttpRequest, saved_id: int) -> HttpResponse:
    saved = get_object_or_404(_own(request), pk=saved_id)
    services.forget(by=request.user, saved=saved)
    messages.success(request, _("“%s” is deleted.") % saved.name)
    return redirect("search:saved")


@login_required
@require_POST
def renew_feed(request: HttpRequest, saved_id: int) -> HttpResponse:
    saved = get_object_or_404(_own(request), pk=saved_id)
    services.renew_feed(by=request.user, saved=saved)
    messages.success(request, _("The feed has a new address; the old one gives nothing any more."))
    return redirect("search:saved")


def _own(request: HttpRequest) -> Any:
    return SavedSearch.objects.filter(person=request.user.pk)


def _row(saved: SavedSearch) -> dict[str, Any]:
    feed = ""
    if saved.delivery == SavedSearch.Delivery.FEED:
        token = addresses.feed_token(saved.pk, saved.feed_number)
        feed = settings.PORTAL_BASE_URL + reverse("search:saved_feed", args=[token])
    return {
        "saved": saved,
        "words": addresses.in_words(addresses.search_of(saved.query)),
        "feed": feed,
    }


def _asked(
    request: HttpRequest,
    form: SavedSearchForm,
    search: SearchRequest,
    saved: SavedSearch | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "words": addresses.in_words(search),
        "query": addresses.query_of(search),
        "saved": saved,
    }
    return render(request, FORM, context, status=400 if form.errors else 200)


def _suggested(search: SearchRequest) -> str:
    return addresses.in_words(search).replace("“", "").replace("”", "")[:NAME_CHARS]
