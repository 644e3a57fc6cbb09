"""Browse pages: everything of one kind, industry, tag and so on, with the other filters."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from knowledge.catalog.models import Tag
from knowledge.catalog.permissions import access_of
from search.querying import counting, facets
from search.querying.errors import BadFilter
from search.views import answering
from search.views.headings import LISTINGS


@require_safe
def scale(request: HttpRequest, field: str, value: str) -> HttpResponse:
    """All artifacts with one value of a closed scale: a kind, a level of maturity."""
    choices = facets.FIELDS[field].choices or {}
    if value not in choices:
        raise Http404
    return _subject(request, field, value, str(choices[value]), "")


@require_safe
def term(request: HttpRequest, field: str, value: str) -> HttpResponse:
    """All artifacts with one term of a vocabulary. A merged one leads to what it went into."""
    found: Any = _term(field, value)
    if found.merged_into is not None:
        return _moved_to(request, field, found.merged_into)
    if isinstance(found, Tag):
        try:
            facets.refuse_unseen_tags([value], access_of(request))
        except BadFilter:
            raise Http404 from None
    return _subject(request, field, value, found.name, found.description)


@require_safe
def index(request: HttpRequest, field: str) -> HttpResponse:
    """All values of a field with how many artifacts each has."""
    listing = LISTINGS[field]
    counts = counting.counts(field, access_of(request))
    terms = [
        {**row, "count": counts.get(row["value"], 0), "url": url_of(field, row["value"])}
        for row in _rows(field)
    ]
    if field == "tag":
        # Tags of closed pages and drafts only are not known.
        terms = [row for row in terms if row["count"]]
    # What is not offered any more is shown where it is used.
    terms = [row for row in terms if row["count"] or not row.get("retired")]
    context = {"heading": str(listing.title), "intro": str(listing.intro), "field": field}
    return TemplateResponse(request, "search/term_index.html", {**context, "terms": terms})


def url_of(field: str, value: str) -> str:
    return reverse(f"search:{field}", args=[value])


def _subject(
    request: HttpRequest, field: str, value: str, heading: str, intro: str
) -> HttpResponse:
    listing = LISTINGS[field]
    search = answering.wanted(request).on(**{field: value})
    above = [{"title": str(listing.title), "url": reverse(listing.index_url_name)}]
    extra = {
        "heading": heading,
        "intro": intro,
        "breadcrumbs": above,
        "subject": {"field": field, "value": value, "label": str(facets.FIELDS[field].label)},
    }
    if field == "tag":
        extra["follow_url"] = f"{reverse('following:new')}?{urlencode({'tag': value})}"
    return answering.page(request, search, "search/browse.html", extra)


def _term(field: str, slug: str) -> Any:
    model = facets.FIELDS[field].model
    terms: Any = model._default_manager  # type: ignore[union-attr]  # only vocabularies come here
    # A database refuses some characters even in a question.
    found = (
        terms.select_related("merged_into").filter(slug=slug).first()
        if slug.isprintable()
        else None
    )
    if found is None:
        raise Http404
    return found


def _moved_to(request: HttpRequest, field: str, now: Any) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = url_of(field, now.slug)
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _rows(field: str) -> list[dict[str, Any]]:
    described = facets.FIELDS[field]
    if described.choices is not None:
        return [
            {"value": value, "label": str(label), "description": ""}
            for value, label in described.choices.items()
        ]
    terms: Any = described.model._default_manager.filter(merged_into=None)  # type: ignore[union-attr]  # a vocabulary
    rows = terms.values_list("slug", "name", "description", "retired")
    return [
        {"value": slug, "label": name, "description": text, "retired": retired}
        for slug, name, text, retired in rows
    ]
