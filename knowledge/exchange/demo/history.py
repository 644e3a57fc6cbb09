"""Earlier versions of demo artifacts, so that there is something to compare; before the one of the file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Revision

from knowledge.catalog.models import Artifact
from knowledge.catalog.services import publishing
from knowledge.exchange.demo.bodies import DemoLibrary, body_data
from knowledge.exchange.documents.load import load_body
from knowledge.governance.services import versions


def publish_earlier(
    page: Artifact,
    data: Mapping[str, Any],
    rows: list[Mapping[str, Any]],
    library: DemoLibrary,
    *,
    by: Any,
    now: datetime,
) -> None:
    """Publish the page as each of ``rows`` tells, the oldest first; the caller sets its state after it."""
    for row in rows:
        at = now - timedelta(days=row["days_ago"])
        page.bottom_line = row.get("bottom_line", data["bottom_line"])
        page.body = load_body(page, _without(body_data(data), set(row.get("lacks", ()))), library)
        published = publishing.publish(page=page, by=by, change_note=row["note"])
        versions.record(
            page=published,
            revision=published.live_revision,
            by=by,
            at=at,
            number=str(row["number"]),
        )
        # Wagtail's newest draft is the one with the latest date.
        Revision.objects.filter(pk=published.live_revision_id).update(created_at=at)


def _without(body: Any, tasks: set[str]) -> Any:
    """The body without the steps of these names."""
    if isinstance(body, list):
        kept = (one for one in body if not (isinstance(one, Mapping) and _name(one) in tasks))
        return [_without(one, tasks) for one in kept]
    if isinstance(body, Mapping):
        return {key: _without(value, tasks) for key, value in body.items()}
    return body


def _name(step: Mapping[str, Any]) -> Any:
    """Of a step of a checklist, or of any other."""
    return step.get("task", step.get("title"))
