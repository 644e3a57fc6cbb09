"""Looking after one term: another name, into another one, out of use. For administrators."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.selectors import terms as selectors
from knowledge.catalog.services import terms


class RenameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=80,
        help_text=gettext_lazy(
            "The last part of its web address. The old one leads to the new one."
        ),
    )


class MergeForm(forms.Form):
    into: Any = forms.ModelChoiceField(label=gettext_lazy("Into"), queryset=None)

    def __init__(self, *args: Any, term: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = selectors.offered(type(term)).exclude(pk=term.pk).order_by("name")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]  # a choice of rows


@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest, vocabulary: str, term_id: int) -> HttpResponse:
    """What can be done with one term; a merge is shown with its numbers before it is done."""
    model = selectors.MODELS.get(vocabulary)
    if model is None:
        raise Http404
    if not request.user.has_perm(f"catalog.delete_{vocabulary}"):
        raise PermissionDenied
    term = get_object_or_404(model.objects.select_related("merged_into"), pk=term_id)
    asked = request.POST.get("do", "")
    typed = {"rename": RenameForm, "merge": MergeForm, "preview": MergeForm}
    rename = RenameForm(
        request.POST if asked == "rename" else None,
        initial={"name": term.name, "slug": term.slug},
    )
    merge = MergeForm(request.POST if asked in ("merge", "preview") else None, term=term)
    form = rename if asked == "rename" else merge
    if asked and (asked not in typed or form.is_valid()) and asked != "preview":
        answer = _act(request, term, asked, form)
        if answer is not None:
            return answer
    preview = None
    if asked == "preview" and merge.is_valid():
        preview = _preview(term, merge.cleaned_data["into"])
    uses = selectors.uses_of(model)
    context = {
        "term": term,
        "vocabulary": model._meta.verbose_name,
        "list_url": _list_url(vocabulary),
        "used": len(uses.pages(term)),
        "live": uses.of(term).filter(**{f"{uses.page.removesuffix('_id')}__live": True}).count(),
        "rename": rename,
        "merge": merge,
        "preview": preview,
    }
    return render(request, "catalog/admin/term.html", context)


@require_safe
def suggest_tags(request: HttpRequest) -> HttpResponse:
    """For the field of tags in the edit form: a list of names as JSON."""
    start = request.GET.get("term", "")[:100]
    fine = start and start.isprintable()
    return JsonResponse(selectors.suggested_tags(start) if fine else [], safe=False)


def _act(request: HttpRequest, term: Any, asked: str, form: forms.Form) -> HttpResponse | None:
    by = request.user
    into = form.cleaned_data.get("into") if asked == "merge" else None
    deeds: dict[str, tuple[Callable[[], Any], str]] = {
        "rename": (
            lambda: terms.rename(term=term, by=by, **form.cleaned_data),
            _("Renamed. The old address leads to the new one."),
        ),
        "merge": (
            lambda: terms.merge(source=term, into=into, by=by),
            _("Merged into “%s”. Its address and its filters lead there from now.") % into,
        ),
        "undo": (lambda: terms.undo_merge(term=term, by=by), _("Taken out again.")),
        "retire": (lambda: terms.retire(term=term, by=by), _("It is not offered any more.")),
        "offer": (lambda: terms.offer_again(term=term, by=by), _("It is offered again.")),
    }
    if asked not in deeds:
        raise Http404
    deed, done = deeds[asked]
    try:
        deed()
    except ValidationError as error:
        for name, faults in error.message_dict.items():
            form.add_error(name if name in form.fields else None, faults)
        # What was set for the attempt is not what is kept.
        term.refresh_from_db()
        return None
    except KnowledgeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("taxonomy_care", term._meta.model_name, term.pk)


def _preview(term: Any, into: Any) -> dict[str, Any]:
    uses = selectors.uses_of(type(term))
    own, other = set(uses.pages(term)), set(uses.pages(into))
    return {"into": into, "moved": len(own), "both": len(own & other), "after": len(own | other)}


def _list_url(vocabulary: str) -> str:
    try:
        return reverse(f"wagtailsnippets_catalog_{vocabulary}:list")
    except NoReverseMatch:
        return reverse(f"catalog_{vocabulary}_modeladmin_index")
