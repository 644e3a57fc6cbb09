"""What a query returns now, and what it would return with synonyms or a best bet not yet saved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from search.language import synonyms
from search.language.text import parse
from search.models import SynonymSet
from search.querying import service
from search.querying.request import SearchRequest
from search.querying.result import Hit


class TrialForm(forms.Form):
    q = forms.CharField(label=_("Search for"), max_length=200)
    expressions = forms.CharField(
        label=_("Words that would mean the same"),
        required=False,
        help_text=_("Separated by commas. Nothing is saved here."),
    )
    first = forms.ModelChoiceField(
        label=_("Artifact that would come first"),
        queryset=Artifact.objects.filter(live=True),
        required=False,
        widget=AdminPageChooser(target_models=[Artifact]),
    )

    def clean_expressions(self) -> str:
        value: str = self.cleaned_data["expressions"]
        if value:
            SynonymSet(expressions=value).clean_fields(exclude=["typed"])
            found = SynonymSet(expressions=value).words
            if len(found) < 2:
                raise forms.ValidationError(_("Name at least two words."))
        return value


@permission_required("search.change_synonymset")
def try_words(request: HttpRequest) -> HttpResponse:
    first = request.GET.get("first", "").strip()
    if first and not first.isdecimal():
        # Nobody types there; the chooser could not be shown again.
        raise Http404
    form = TrialForm(request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        search = SearchRequest(text=parse(form.cleaned_data["q"]))
        access = access_of(request)
        now = service.find(search, access)
        then = service.find(search, access, trial=_trial(form.cleaned_data))
        context |= {
            "now": now,
            "then": then,
            "rows_now": _rows(now.hits, then.hits),
            "rows_then": _rows(then.hits, now.hits),
        }
    return render(request, "search/admin/try.html", context)


def _trial(wanted: dict[str, Any]) -> service.Trial:
    sets = list(SynonymSet.objects.filter(is_active=True))
    if wanted["expressions"]:
        sets.append(SynonymSet(expressions=wanted["expressions"]))
    first = [wanted["first"].pk] if wanted["first"] else []
    return service.Trial(synonyms.made_of(sets), first)


def _rows(hits: Sequence[Hit], others: Sequence[Hit]) -> list[dict[str, Any]]:
    """``moved``: by how many places it stands higher than on the other side; None when it is new."""
    places = {hit.card.id: place for place, hit in enumerate(others)}
    return [
        {
            "card": hit.card,
            "moved": places[hit.card.id] - place if hit.card.id in places else None,
        }
        for place, hit in enumerate(hits)
    ]
