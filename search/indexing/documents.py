"""One document an artifact, the same for both engines.

It has two halves. The *content* comes from what editors wrote; it is kept in ``SearchEntry`` in
the transaction of the change. The *standing* (place in the tree, review dates, archive) belongs to
the row of the page, changes without a new revision, and is read when a document is sent.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.encoding import force_str
from wagtail.models import Page

from knowledge.catalog.kinds import Kind, effort_band
from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors.body import anchored
from knowledge.catalog.selectors.categories import CATEGORY_PATH_CHARS, STEP_CHARS, site_path
from search.language import words
from search.meaning import vectors
from search.models import SearchEntry, SearchPassage

# Far beyond any playbook (30,000 words); PostgreSQL allows one megabyte of distinct words.
MAX_BODY_CHARS = 200_000
MAX_HEADINGS = 200
# Zero bytes do not go into PostgreSQL; other control characters mean nothing to a reader.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORD = re.compile(r"[^\W_]+")
# Terms of an artifact that are chosen from a vocabulary: facet field -> attribute.
TERM_FIELDS = {
    "industry": "industries",
    "tag": "tags",
    "tool": "tools",
    "audience": "audiences",
    "region": "regions",
}
# Regions and industries are filters; their names in the text would find too much.
NAMED_IN_TEXT = ("tag", "tool", "industry", "audience")

Section = list[Any]  # anchor, heading, place in the body
Terms = dict[str, list[tuple[str, str]]]  # field -> (slug, name)


def entry_for(page: Artifact) -> SearchEntry:
    """The content half, from ``page`` in memory: relations that are not yet saved count."""
    terms = terms_of(page)
    headings, body, sections = _texts(page)
    names = names_of(page.kind, terms)
    entry = SearchEntry(
        page_id=page.pk,
        title=clean(page.title),
        title_key=title_key(page.title),
        bottom_line=clean(page.bottom_line),
        headings=clean("\n".join(headings)),
        terms=names,
        body=body,
        spellings=words.spellings(page.title, [page.bottom_line, names, body]),
        sections=sections,
        codes=codes_of(page, terms),
    )
    entry.digest = digest_of(entry)
    return entry


def terms_of(page: Artifact) -> Terms:
    return {field: _chosen(page, attribute) for field, attribute in TERM_FIELDS.items()}


def clean(text: str) -> str:
    return _CONTROL.sub(" ", text)


def title_key(title: str) -> str:
    """Words in lower case, each after a space, so that ``LIKE '% han%'`` finds beginnings."""
    return " " + " ".join(_WORD.findall(title.lower()))


def names_of(kind: str, terms: Terms) -> str:
    """Names of the kind and of the chosen terms as text to search, one a line, each once.

    Who looks for "release checklist" says the kind, which the page itself need not say.
    """
    names = [] if kind == Kind.FAQ else [str(Kind(kind).label)]
    names += [clean(name) for field in NAMED_IN_TEXT for _slug, name in terms[field]]
    return "\n".join(dict.fromkeys(names))


def codes_of(page: Artifact, terms: Terms) -> str:
    """What the artifact is filtered by, as ``SearchEntry.codes``.

    ``category`` and ``trust`` are not among them: the first follows from the place in the tree,
    the second from the day of the query.
    """
    band = effort_band(page.effort_minutes)
    found = {
        "kind": [page.kind],
        "maturity": [str(page.maturity)] if page.maturity else [],
        "risk": [page.risk_tolerance] if page.risk_tolerance else [],
        "scale": [page.team_scale] if page.team_scale else [],
        "effort": [band.value] if band else [],
        **{field: sorted({slug for slug, _name in chosen}) for field, chosen in terms.items()},
    }
    return " ".join(f"{field}:{value}" for field, values in found.items() for value in values)


def facets_of(codes: str) -> dict[str, list[str]]:
    """Values by field; fields without a value are left out."""
    found: dict[str, list[str]] = {}
    for code in codes.split():
        field, _colon, value = code.partition(":")
        found.setdefault(field, []).append(value)
    return found


def digest_of(entry: SearchEntry) -> str:
    """The same for entries with the same content."""
    text = [entry.title, entry.bottom_line, entry.headings, entry.terms, entry.body]
    return _digest([*text, entry.spellings, entry.sections, entry.codes])


def documents(page_ids: Iterable[int]) -> list[dict[str, Any]]:
    """Whole documents of those of the pages that are live, as Elasticsearch gets them. Two queries."""
    columns = (
        *("page_id", "title", "title_key", "bottom_line", "headings", "terms", "body", "codes"),
        *(
            "spellings",
            "page__path",
            "page__url_path",
            "page__first_published_at",
            "page__last_published_at",
        ),
        *("page__last_reviewed", "page__next_review", "page__superseded_by_id"),
        *("page__archived_at", "page__live_revision_id"),
    )
    rows = SearchEntry.objects.filter(page__in=page_ids, page__live=True).order_by("page_id")
    passages = passages_of(page_ids)
    return [_document(row, passages.get(row["page_id"], [])) for row in rows.values(*columns)]


def passages_of(page_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The passages that have a vector, by page; one query."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = SearchPassage.objects.filter(page__in=page_ids).values_list(
        "page_id", "start", "end", "vector"
    )
    for pk, start, end, packed in rows:
        passage = {"start": start, "end": end, "vector": vectors.unpacked(packed)}
        found.setdefault(pk, []).append(passage)
    for passages in found.values():
        if len(passages) > 1:
            passages.append(_whole(passages))
    return found


def _whole(passages: list[dict[str, Any]]) -> dict[str, Any]:
    """What all passages mean together: near to what no single one of them says."""
    middle = vectors.middle([passage["vector"] for passage in passages])
    # Half floats are what is kept of all others; more digits would only make the document longer.
    return {"start": 0, "end": 0, "vector": vectors.unpacked(vectors.packed(middle))}


def prefixes(path: str) -> list[str]:
    """Tree paths of the page and of all pages above it, the root first."""
    return [path[:end] for end in range(STEP_CHARS, len(path) + 1, STEP_CHARS)]


def _document(row: dict[str, Any], passages: list[dict[str, Any]]) -> dict[str, Any]:
    path = row["page__path"]
    document = {
        "id": row["page_id"],
        "path": path,
        "ancestors": prefixes(path),
        "category": path[:CATEGORY_PATH_CHARS],
        "url": site_path(row["page__url_path"]),
        "title": row["title"],
        "title_key": row["title_key"].strip(),
        "bottom_line": row["bottom_line"],
        "headings": row["headings"].splitlines(),
        "terms": row["terms"].splitlines(),
        "body": row["body"],
        "spellings": row["spellings"],
        **facets_of(row["codes"]),
        "last_reviewed": _iso(row["page__last_reviewed"]),
        "next_review": _iso(row["page__next_review"]),
        "superseded": row["page__superseded_by_id"] is not None,
        "archived": row["page__archived_at"] is not None,
        "first_published_at": _iso(row["page__first_published_at"]),
        "last_published_at": _iso(row["page__last_published_at"]),
        "revision_id": row["page__live_revision_id"],
        "passages": passages,
    }
    document["digest"] = _digest(document)
    return document


def _iso(moment: Any) -> str | None:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="milliseconds")
    return moment.isoformat() if moment else None


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _chosen(page: Artifact, attribute: str) -> list[tuple[str, str]]:
    return sorted({(term.slug, term.name) for term in getattr(page, attribute).all()})


def _texts(page: Artifact) -> tuple[list[str], str, list[Section]]:
    """Headings and words of the body, from the text form of its blocks, and where its parts begin."""
    headings: list[str] = []
    sections: list[Section] = []
    texts: list[str] = []
    length = 0
    for anchor, heading, child in anchored(page.body):
        heading = " ".join(force_str(heading).split())
        if heading and len(headings) < MAX_HEADINGS:
            headings.append(heading)
            sections.append([anchor, heading, length])
        text = clean(child.block.as_text(child.value))
        texts.append(text)
        length += len(text) + 1
        if length > MAX_BODY_CHARS:
            break
    return headings, "\n".join(texts)[:MAX_BODY_CHARS], sections


def specific(page: Page) -> Artifact | None:
    """The artifact that ``page`` is, with its body; None when it is another type of page."""
    if isinstance(page, Artifact) and page.KIND is not None:
        return page
    artifact = Artifact.objects.filter(pk=page.pk).first()
    return artifact.specific if artifact is not None else None


def specifics(page_ids: Iterable[int]) -> list[Artifact]:
    """Live artifacts with their bodies and terms; as many queries as there are kinds among them."""
    pages = Artifact.objects.filter(pk__in=page_ids, live=True).specific()
    return list(pages.prefetch_related(*TERM_FIELDS.values()))
