"""The only place that writes entries, each in the transaction of what it tells of.

Of a row of another log there is one entry, however often it is asked for.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from knowledge.catalog.people import called
from knowledge.governance.audit.models import AuditEntry
from knowledge.governance.audit.recording import origin
from knowledge.governance.audit.recording.differences import Change, between, facts_of, short
from knowledge.governance.models import Version
from knowledge.practice.models import Run, RunEvent

Source = AuditEntry.Source
LABEL_CHARS = 255
# A draft is compared with the draft before it; what goes live with what was live before it.
DRAFT, LIVE = "wagtail.edit", "wagtail.publish"
BATCH = 500


def of_page(row: PageLogEntry, address: str = "") -> AuditEntry:
    page = Page.objects.filter(pk=row.page_id).values_list("path", flat=True).first()
    return AuditEntry(
        source=Source.PAGE,
        source_id=row.pk,
        at=row.timestamp,
        action=row.action,
        object_type=_type(row),
        object_id=str(row.page_id),
        object_label=row.label[:LABEL_CHARS],
        path=page or "",
        revision_id=row.revision_id,
        version=str((row.data or {}).get("version", ""))[:12],
        changes=_changes(row),
        facts=facts_of(row.data or {}),
        address=address,
        **_who(row.user_id, row.user_display_name),
    )


def of_model(row: ModelLogEntry, address: str = "") -> AuditEntry:
    return AuditEntry(
        source=Source.MODEL,
        source_id=row.pk,
        at=row.timestamp,
        action=row.action,
        object_type=_type(row),
        object_id=row.object_id[:64],
        object_label=row.label[:LABEL_CHARS],
        revision_id=row.revision_id,
        facts=facts_of(row.data or {}),
        address=address,
        **_who(row.user_id, row.user_display_name),
    )


def of_run(row: RunEvent, address: str = "") -> AuditEntry:
    run: Run = row.run
    pairs = {"artifact": run.title, "step": row.step.title if row.step else "", "text": row.text}
    return AuditEntry(
        source=Source.RUN,
        source_id=row.pk,
        at=row.at,
        action=f"run.{row.sort}",
        object_type="practice.run",
        object_id=str(run.pk),
        object_label=run.name[:LABEL_CHARS],
        path=run.artifact.path if run.artifact else "",
        version=run.version,
        facts=facts_of(pairs),
        address=address,
        **_who(row.by_id, row.by_name),
    )


MAKERS: dict[Any, tuple[Source, Any]] = {
    PageLogEntry: (Source.PAGE, of_page),
    ModelLogEntry: (Source.MODEL, of_model),
    RunEvent: (Source.RUN, of_run),
}


def mirror(rows: Sequence[Any]) -> None:
    """The entries of rows of one log that were just written by somebody."""
    if rows:
        _source, make = MAKERS[type(rows[0])]
        made = [make(row, origin.address()) for row in rows]
        AuditEntry.objects.bulk_create(made, ignore_conflicts=True)


def rights(
    *,
    action: str,
    holder: Any,
    changes: Iterable[Change],
    path: str = "",
    at: datetime | None = None,
) -> AuditEntry:
    """Rights of ``holder``, a person or a group, were changed by who is at it."""
    by = origin.actor()
    return AuditEntry.objects.create(
        source=Source.RIGHTS,
        at=at or timezone.now(),
        action=action,
        object_type=holder._meta.label_lower,
        object_id=str(holder.pk),
        object_label=str(holder)[:LABEL_CHARS],
        path=path,
        changes=[(name, short(old), short(new)) for name, old, new in changes],
        address=origin.address(),
        **_who(by.pk if by else None, called(by) if by else ""),
    )


def catch_up() -> int:
    """Entries for rows that have none: from before this audit, or written past the signals.

    A second run finds none. The address of that time is not known.
    """
    written = 0
    for model, (source, make) in MAKERS.items():
        known = AuditEntry.objects.filter(source=source, source_id=OuterRef("pk"))
        rows = model.objects.filter(~Exists(known)).order_by("pk")
        while batch := list(rows[:BATCH]):
            AuditEntry.objects.bulk_create([make(row) for row in batch], ignore_conflicts=True)
            written += len(batch)
    return written


def _who(pk: int | None, name: Any) -> dict[str, Any]:
    return {"actor_id": pk, "actor_name": str(name)[:200] if pk else ""}


def _type(row: Any) -> str:
    kind = row.content_type
    return f"{kind.app_label}.{kind.model}" if kind else ""


def _changes(row: PageLogEntry) -> list[Change]:
    """Empty where no state before it is known, such as for a first draft."""
    if row.action not in (DRAFT, LIVE) or row.revision_id is None or row.content_type is None:
        return []
    model = row.content_type.model_class()
    before = _draft_before(row) if row.action == DRAFT else _live_before(row)
    if model is None or before is None:
        return []
    after = Revision.objects.filter(pk=row.revision_id).values_list("content", flat=True).first()
    return between(model, before, after) if after else []


def _draft_before(row: PageLogEntry) -> dict[str, Any] | None:
    return (
        Revision.page_revisions.filter(object_id=str(row.page_id), pk__lt=row.revision_id)
        .order_by("-pk")
        .values_list("content", flat=True)
        .first()
    )


def _live_before(row: PageLogEntry) -> dict[str, Any] | None:
    return (
        Version.objects.filter(page=row.page_id, published_at__lt=row.timestamp)
        .exclude(revision=row.revision_id)
        .order_by("-published_at", "-pk")
        .values_list("revision__content", flat=True)
        .first()
    )
