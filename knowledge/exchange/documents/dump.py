"""An artifact as one portable document, as far as one person may see it."""

from dataclasses import replace
from typing import Any

from wagtail.documents import get_document_model

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.body import render_context
from knowledge.exchange.documents import addresses, metadata
from knowledge.exchange.downloads.pictures import referenced_images
from templates_lib import portable
from templates_lib.rendering import RenderContext, rendering


def dump(page: Artifact, access: Access) -> dict[str, Any]:
    """Metadata, references and body of ``page``; what ``access`` hides is not named in it."""
    context = _page_scheme(render_context(page.body, access))
    library = addresses.Library(
        pages={
            target.url.removeprefix(addresses.PAGE_SCHEME): pk
            for pk, target in context.pages.items()
        },
        images=addresses.image_names(referenced_images(page.body)),
        documents=_documents(page),
    )
    data = metadata.read(page) | _references(page, access)
    with rendering(context):
        data["body"] = portable.dump(page.body.stream_block, page.body, library)
    return data


def _page_scheme(context: RenderContext) -> RenderContext:
    """The same targets, each under its portable address."""
    targets = {
        pk: replace(target, url=addresses.PAGE_SCHEME + target.url.strip("/"))
        for pk, target in context.pages.items()
    }
    return replace(context, pages=targets)


def _references(page: Artifact, access: Access) -> dict[str, Any]:
    related = list(page.related_links.values_list("target_id", flat=True))
    single = {
        "superseded_by": page.superseded_by_id,
        "linked_checklist": getattr(page, "linked_checklist_id", None),
    }
    wanted = {*related, *filter(None, single.values())}
    if not wanted:
        return {}
    rows = visible(Artifact.objects.filter(pk__in=wanted), access).values_list("pk", "url_path")
    names = {pk: addresses.address_of(url_path) for pk, url_path in rows}
    found: dict[str, Any] = {key: names[pk] for key, pk in single.items() if pk in names}
    if shown := [names[pk] for pk in related if pk in names]:
        found["related"] = shown
    return found


def _documents(page: Artifact) -> dict[str, int]:
    model = get_document_model()
    found = page.body.stream_block.extract_references(page.body)
    ids = {int(ref[1]) for ref in found if issubclass(ref[0], model)}
    return {row.filename: row.pk for row in model.objects.filter(pk__in=ids)} if ids else {}
