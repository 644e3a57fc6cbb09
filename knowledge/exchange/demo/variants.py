"""Variants of demo standards, made of an earlier version, so that there is something to take over."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import publishing
from knowledge.exchange.demo.bodies import DemoLibrary
from knowledge.exchange.demo.voices import without_mails
from knowledge.exchange.documents.load import load_body
from knowledge.governance.variants.services import counting, deriving, telling


def derive(
    page: Artifact, rows: list[Mapping[str, Any]], library: DemoLibrary, *, now: datetime
) -> Iterator[Page]:
    """Variants of ``page`` as it is live, beside it. Compare them (``settle``) when all is there."""
    for row in rows:
        by = get_user_model().objects.get(username=row["by"])
        variant = deriving.derive(
            parent=page,
            by=by,
            place=Page.objects.get(path=page.path[: -page.steplen]),
            title=row["title"],
            at=now - timedelta(days=row["days_ago"]),
        )
        draft = variant.page.specific.get_latest_revision_as_object()
        draft.bottom_line = row.get("bottom_line", draft.bottom_line)
        raw = [_renamed(one, row.get("renames", {})) for one in draft.body.get_prep_value()]
        own = load_body(draft, row.get("adds", []), library).get_prep_value()
        draft.body = draft.body.stream_block.to_python([*raw, *own])
        yield publishing.publish(page=draft, by=by)


def settle() -> None:
    """Compare what was published since; nobody is written to."""
    with without_mails():
        for variant_id in counting.stale():
            counting.recount(variant_id=variant_id)
            telling.tell(variant_id=variant_id)


def _renamed(body: Any, titles: Mapping[str, str]) -> Any:
    """The stored body with other titles for the steps of these names."""
    if isinstance(body, list):
        return [_renamed(one, titles) for one in body]
    if isinstance(body, Mapping):
        changed = {key: _renamed(value, titles) for key, value in body.items()}
        title = str(changed.get("title") or "")
        return changed | {"title": titles[title]} if title in titles else changed
    return body
