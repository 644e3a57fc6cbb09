"""What the views of runs share: finding the run, and answering a change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.permissions import access_of
from knowledge.practice.models import Run, RunStep
from knowledge.practice.permissions import joinable
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.slots import pieces_of

PAGE = "practice/runs/show.html"
# What scripts ask for: the part of the page that changes.
PIECE = "practice/runs/run.html"
PIECE_HEADER = "X-Run-Piece"
# The number of the event that the page shows: only what is another since is answered.
AFTER_HEADER = "X-Run-After"


def find(request: HttpRequest, run_id: int) -> Run:
    """Who may not see a run does not learn that there is one."""
    runs = Run.objects.select_related("lead", "artifact").filter(pk=run_id)
    run = joinable(runs, request.user, access_of(request)).first()
    if run is None:
        raise Http404
    return run


def answer(
    request: HttpRequest,
    run: Run,
    *,
    anchor: str = "",
    status: int = 200,
    moved: RunStep | None = None,
    **context: Any,
) -> HttpResponse:
    """After a change: the piece for scripts, the page again for errors, else back to the page.

    ``moved`` is the step of which nothing but itself changed: its piece does not wait for what others
    did meanwhile, which the page asks for every few seconds.
    """
    if PIECE_HEADER in request.headers:
        after = number(request.headers.get(AFTER_HEADER, ""))
        fresh = _anew(run, moved)
        step = moved.pk if moved else (context.get("refused") or {}).get("step")
        others = moved is None
        return piece(
            request, fresh, status=status, after=after, also=step, others=others, **context
        )
    if status != 200:
        return page(request, find(request, run.pk), status=status, **context)
    return redirect(f"{reverse('practice:run', args=[run.pk])}#{anchor}")


def _anew(run: Run, moved: RunStep | None) -> Run:
    """The run as it is after a change by who was let in just now; neither lead nor artifact moved."""
    # The step was moved while its run was held, so that one is not older than it.
    fresh = moved.run if moved else Run.objects.get(pk=run.pk)
    fresh.lead, fresh.artifact = run.lead, run.artifact
    return fresh


def page(request: HttpRequest, run: Run, *, status: int = 200, **context: Any) -> HttpResponse:
    now = timezone.now()
    context["run"] = selectors.show(run, request.user, access_of(request), now=now)
    context["slots"] = pieces_of(run, request)
    return render(request, PAGE, context, status=status)


def piece(
    request: HttpRequest,
    run: Run,
    *,
    status: int = 200,
    after: int | None = None,
    also: int | None = None,
    others: bool = True,
    **context: Any,
) -> HttpResponse:
    access, now = access_of(request), timezone.now()
    context["run"] = selectors.show(
        run, request.user, access, now=now, after=after, also=also, others=others
    )
    return render(request, PIECE, context, status=status)


def number(text: str) -> int | None:
    """Digits only, and no more than a column takes."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
