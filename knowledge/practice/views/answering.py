"""What the views of runs share: finding the run, and answering a change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from knowledge.catalog.permissions import access_of
from knowledge.practice.models import Run
from knowledge.practice.permissions import joinable
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.selectors.outline import Moved
from knowledge.practice.slots import pieces_of

PAGE = "practice/runs/show.html"
# What scripts ask for: the part of the page that changes.
PIECE = "practice/runs/run.html"
TICK = "practice/runs/step/tick.html"
PIECE_HEADER = "X-Run-Piece"
# The number of the event that the page shows: only what is another since is answered.
AFTER_HEADER = "X-Run-After"

OF_ARTIFACT = ("path", "live", "title", "url_path", "version", "archived_at", "superseded_by")
COLUMNS = [
    *(field.name for field in Run._meta.concrete_fields),
    *(f"lead__{name}" for name in ("username", "first_name", "last_name", "email")),
    *(f"artifact__{name}" for name in OF_ARTIFACT),
]


def find(request: HttpRequest, run_id: int) -> Run:
    """Who may not see a run does not learn that there is one.

    Of its artifact only what rights and trails ask: a page has some hundred columns.
    """
    runs = Run.objects.select_related("lead", "artifact").filter(pk=run_id).only(*COLUMNS)
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
    moved: Moved | None = None,
    **context: Any,
) -> HttpResponse:
    """After a change: the piece for scripts, the page again for errors, else back to the page.

    ``moved`` is a step that was moved and what came of it: its piece does not wait for what others did
    meanwhile, which the page asks for every few seconds.
    """
    if PIECE_HEADER not in request.headers:
        if status != 200:
            return page(request, find(request, run.pk), status=status, **context)
        return redirect(f"{reverse('practice:run', args=[run.pk])}#{anchor}")
    after = number(request.headers.get(AFTER_HEADER, ""))
    if moved is not None and moved.is_alone and after is not None:
        shown = selectors.show_tick(moved, request.user, access_of(request), after=after)
        return render(request, TICK, {"run": shown})
    step = moved.step.pk if moved else (context.get("refused") or {}).get("step")
    return piece(request, find(request, run.pk), status=status, after=after, also=step, **context)


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
    **context: Any,
) -> HttpResponse:
    access, now = access_of(request), timezone.now()
    context["run"] = selectors.show(run, request.user, access, now=now, after=after, also=also)
    return render(request, PIECE, context, status=status)


def number(text: str) -> int | None:
    """Digits only, and no more than a column takes."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
