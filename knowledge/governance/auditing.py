"""Auditors read and change nothing, whatever other groups or rights they have.

Held at the door and not by rights alone: Wagtail shows a history only to those who may change the
page. Whoever is to check others does not work in what is checked.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.governance.roles import AUDITORS

READING = frozenset(["GET", "HEAD", "OPTIONS"])
# What belongs to the account alone: leaving, and the own name, password and settings.
OWN = ("logout", "wagtailadmin_logout", "wagtailadmin_account", "login")

# Clients of the API are answered in its own form (RFC 9457).
API, PROBLEM = "/api/", "application/problem+json"


def only_reads(user: Any) -> bool:
    """Whether ``user`` is an auditor. A superuser is none. One query."""
    return bool(
        user.is_authenticated
        and not user.is_superuser
        and user.groups.filter(name=AUDITORS.name).exists()
    )


def auditors() -> QuerySet[Any]:
    """All for whom ``only_reads`` holds."""
    people = get_user_model().objects.filter(is_superuser=False)
    return people.filter(groups__name=AUDITORS.name)


class ReadOnlyMiddleware:
    """Answers 403 to whatever an auditor sends besides reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method not in READING
            and request.path not in {reverse(name) for name in OWN}
            and only_reads(request.user)
        ):
            if request.path.startswith(API):
                words = _("Auditors read and change nothing.")
                problem = {"type": "about:blank", "status": 403, "title": words}
                return JsonResponse(problem, status=403, content_type=PROBLEM)
            return render(request, "governance/read_only.html", {"framed": True}, status=403)
        return self.get_response(request)
