"""Pages of programs. What a person may not see is not found."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.errors import RunRefused
from knowledge.practice.forms.people import INPUT
from knowledge.practice.programs import selectors, services
from knowledge.practice.programs.models import NAME_CHARS, ProgramPart, ProgramRun
from knowledge.practice.programs.permissions import joinable
from knowledge.practice.teams import choosing

A_PAGE = 25


class StartForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this program"),
        help_text=_("What it is for: a product, a team, a quarter."),
        max_length=NAME_CHARS,
        widget=forms.TextInput(attrs=INPUT),
    )
    is_open = forms.BooleanField(
        label=_("Everyone who may read the artifact may see it and take part"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing.offer_teams(self, person)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    narrowed = choosing.narrowing(request)
    rows = selectors.mine(request.user, access_of(request), team=narrowed["of_team"])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": page.object_list, "page": page, **narrowed}
    return render(request, "programs/list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, page_id: int) -> HttpResponse:
    access = access_of(request)
    page = visible(Artifact.objects.filter(pk=page_id), access).first()
    page = page.specific if page else None
    if page is None or not selectors.can_start(page, access):
        raise Http404
    today = date_format(timezone.localdate(), "j F Y")
    name = f"{page.title[: NAME_CHARS - len(today) - 2]}, {today}"
    initial = {"name": name, "team": request.GET.get("team", "")}
    form = StartForm(request.POST or None, person=request.user, initial=initial)
    if form.is_valid():
        try:
            program = services.start(
                page=page, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RunRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("programs:program", program.pk)
    context = {"page": page, "form": form, "back_url": site_path(page.url_path)}
    return render(request, "programs/start.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, program_id: int) -> HttpResponse:
    return _page(request, _program(request, program_id))


@never_cache
@login_required
@require_POST
def begin(request: HttpRequest, program_id: int, part_id: int) -> HttpResponse:
    """Begin a part; with a new run one is led to it."""
    program = _program(request, program_id)
    chosen = request.POST.get("run", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
    try:
        part = services.begin(
            program=program,
            part_id=part_id,
            by=request.user,
            access=access_of(request),
            at=timezone.now(),
            run_id=int(chosen) if is_number else None,
        )
    except ProgramPart.DoesNotExist:
        raise Http404 from None
    except RunRefused as refusal:
        return _page(request, program, refused=str(refusal), status=400)
    if part.run_id is not None and not is_number:
        return redirect("practice:run", part.run_id)
    return redirect("programs:program", program.pk)


@login_required
@require_POST
def end(request: HttpRequest, program_id: int) -> HttpResponse:
    program = _program(request, program_id)
    try:
        services.end(program=program, by=request.user, at=timezone.now())
    except RunRefused as refusal:
        return _page(request, program, refused=str(refusal), status=400)
    messages.success(request, _now("The program has ended. Its record stays."))
    return redirect("programs:program", program.pk)


def _program(request: HttpRequest, program_id: int) -> ProgramRun:
    rows = ProgramRun.objects.select_related("lead").filter(pk=program_id)
    program = joinable(rows, request.user, access_of(request)).first()
    if program is None:
        raise Http404
    return program


def _page(
    request: HttpRequest, program: ProgramRun, *, refused: str = "", status: int = 200
) -> HttpResponse:
    shown = selectors.shown(program, request.user, access_of(request))
    context = {"program": shown, "refused": refused}
    return render(request, "programs/show.html", context, status=status)
