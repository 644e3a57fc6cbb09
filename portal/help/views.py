"""One view for all guides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.help import guides


def guide(request: HttpRequest, name: str) -> HttpResponse:
    found = guides.find(name)
    if found is None:
        raise Http404
    context = {"guide": found, "rendered": guides.rendered(found)}
    return render(request, "portal/admin/guide.html", context)
