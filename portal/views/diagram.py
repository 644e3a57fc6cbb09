"""The frame in which a diagram is drawn; it has a policy of its own (portal/settings/components/security.py)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin


@xframe_options_sameorigin
def frame(request: HttpRequest) -> HttpResponse:
    return render(request, "prose/diagram_frame.html")
