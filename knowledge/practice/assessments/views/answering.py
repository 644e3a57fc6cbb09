"""Answering: at once without being kept, which anyone may, or in a round."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.assessments import questions, selectors, services
from knowledge.practice.assessments.models import NAME_CHARS, Sheet
from knowledge.practice.assessments.questions import Questions
from knowledge.practice.assessments.views.finding import page_of, round_of
from knowledge.practice.errors import ChangedMeanwhile, RunRefused


# The form stands on cached pages and so carries no token; it changes nothing on the server.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def at_once(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer and see the result; nothing is kept."""
    page = page_of(request, page_id)
    asked = questions.questions_from(questions.kept(page.body))
    context: dict[str, Any] = {"page": page, "back_url": site_path(page.url_path), "asked": asked}
    if request.method != "POST":
        return render(request, "assessments/at_once.html", context | {"pillars": _form(asked, {})})
    answers = questions.read(asked, request.POST)
    faults = questions.missing(asked, answers)
    if faults or request.POST.get("_do") == "change":
        shown = {} if request.POST.get("_do") == "change" else faults
        context |= {"pillars": _form(asked, answers, shown), "faults": shown}
        status = 400 if shown else 200
        return render(request, "assessments/at_once.html", context, status=status)
    context |= {
        "result": selectors.result_of(asked, [answers], access_of(request)),
        "answers": answers,
        "today": timezone.localdate(),
    }
    return render(request, "assessments/result_page.html", context)


@never_cache
@login_required
@require_POST
def keep(request: HttpRequest, page_id: int) -> HttpResponse:
    """The answers that were given at once, as a closed round of one person."""
    page = page_of(request, page_id)
    asked = questions.questions_from(questions.kept(page.body))
    answers = questions.read(asked, request.POST)
    if questions.missing(asked, answers):
        return redirect("assessments:at_once", page.pk)
    today = date_format(timezone.localdate(), "j F Y")
    name = f"{page.title[: NAME_CHARS - len(today) - 2]}, {today}"
    one = services.begin(page=page, by=request.user, name=name)
    services.answer(one=one, by=request.user, answers=answers, seen=0, give=True)
    services.close(one=one, by=request.user)
    messages.success(request, _("The result is kept. Only you see it."))
    return redirect("assessments:round", one.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, round_id: int) -> HttpResponse:
    """The person's own answers in a round, saved as a draft or given."""
    one = round_of(request, round_id)
    asked = questions.questions_from(one.parts)
    mine = Sheet.objects.filter(round=one, person=request.user.pk).first()
    seen = mine.revision if mine else 0
    answers = questions.read(asked, mine.answers if mine else {})
    faults: Mapping[str, str] = {}
    refused = ""
    if request.method == "POST":
        answers = questions.read(asked, request.POST)
        sent = request.POST.get("_seen", "")
        seen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
        give = request.POST.get("_do") == "give"
        try:
            kept = services.answer(one=one, by=request.user, answers=answers, seen=seen, give=give)
        except services.Unanswered as refusal:
            faults = refusal.faults
        except ChangedMeanwhile as refusal:
            refused = str(refusal)
            seen = Sheet.objects.get(round=one, person=request.user.pk).revision
        except RunRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _what_became_of(kept, give=give))
            return redirect("assessments:round" if give else "assessments:answer", one.pk)
    context = {
        "round": one,
        "asked": asked,
        "pillars": _form(asked, answers, faults),
        "faults": faults,
        "refused": refused,
        "seen": seen,
        "is_given": mine is not None and mine.given_at is not None,
    }
    status = 400 if faults or refused else 200
    return render(request, "assessments/answer.html", context, status=status)


def _what_became_of(kept: Sheet, *, give: bool) -> str:
    if give:
        return _("Your answers are in.")
    # What was given before goes on counting while no answer is missing.
    return _("Saved. Your answers count.") if kept.given_at else _("Saved. They do not count yet.")


def _form(
    asked: Questions, answers: Mapping[str, int], faults: Mapping[str, str] | None = None
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The pillars with their questions as the form shows them."""
    steps = list(enumerate(asked.scale, start=1))
    return [
        (
            pillar.name,
            [
                {
                    "question": one,
                    "id": one.key.replace(".", "-"),
                    "fault": (faults or {}).get(one.key, ""),
                    "steps": [
                        (number, label, answers.get(one.key) == number) for number, label in steps
                    ],
                }
                for one in pillar.questions
            ],
        )
        for pillar in asked.pillars
    ]
