"""The three bodies of a variant, out of revisions."""

import json
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock
from wagtail.models import Revision

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Version
from knowledge.governance.selectors import comparisons, versions
from knowledge.governance.variants.differing import facts
from knowledge.governance.variants.differing.aligned import Aligned, align
from knowledge.governance.variants.models import Variant

OWN = frozenset({"slug", "owner_user", "owner_group", "superseded_by"})


def stored(revision: Revision | None) -> list[dict[str, Any]]:
    """The parts as they are stored, each with its id."""
    body = revision.content.get("body") if revision is not None else None
    return json.loads(body) if isinstance(body, str) and body else []


def block_of(page: Artifact) -> StreamBlock:
    model = page.specific_class or type(page)
    return model._meta.get_field("body").stream_block


def in_memory(page: Artifact) -> list[dict[str, Any]]:
    """The body of a state that is not saved yet."""
    return list(page.specific.body.get_prep_value())


def version_now(variant: Variant) -> Version | None:
    """The version of the standard that is live; None while there is none."""
    parent = variant.parent
    return versions.find(parent, parent.version) if parent is not None and parent.live else None


def of_draft(variant: Variant, now: Version | None) -> Aligned:
    """The newest state of the variant beside the standard; without one, beside what it was."""
    return _aligned(variant, variant.base, now or variant.base, variant.page.latest_revision)


def of_live(variant: Variant, now: Version | None) -> Aligned:
    """What readers see beside the standard."""
    return _aligned(
        variant, variant.live_base, now or variant.live_base, variant.page.live_revision
    )


def _aligned(
    variant: Variant, base: Version | None, now: Version | None, mine: Revision | None
) -> Aligned:
    known = {id(one): stored(one.revision) for one in (base, now) if one is not None}
    found = align(
        block_of(variant.page),
        known.get(id(base), []),
        known.get(id(now), []),
        stored(mine),
    )
    revisions = [one.revision if one is not None else None for one in (base, now)]
    then, today, own = (one.content if one is not None else {} for one in (*revisions, mine))
    pair = (variant.page_id, variant.parent_id)
    return replace(found, facts=facts.slots(labels_of(variant.page), then, today, own, pair))


def labels_of(page: Artifact) -> dict[str, str]:
    """What a variant hears of beside the body, by the name of the field. Its own are where it stands
    and who keeps it.
    """
    model = page.specific_class or type(page)
    labels = {
        one.name: comparisons.label_of(one)
        for one in comparisons.fields_of(model)
        if one.name not in OWN
    }
    return labels | {facts.RELATED: str(_("Related artifacts"))}
