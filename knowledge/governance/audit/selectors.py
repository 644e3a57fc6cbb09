"""Entries as lines: with the version that a revision became, and actions in words."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from knowledge.governance.audit.models import AuditEntry
from knowledge.governance.models import Version
from knowledge.practice.models import RunEvent

CHUNK = 500
RIGHTS = {
    "rights.give": _("Right given"),
    "rights.take": _("Right taken away"),
    "rights.account": _("Account changed"),
    "rights.section": _("Rights given on a section"),
}


def action_choices() -> list[tuple[str, Any]]:
    """All that can stand in the audit, in words; no query."""
    runs = [(f"run.{sort}", _("Run: %s") % label) for sort, label in RunEvent.Sort.choices]
    return [*registry.get_choices(), *runs, *RIGHTS.items()]


def in_words(action: str) -> str:
    """What is not known any more, or comes from a part of the portal that is gone, stays its name."""
    sort = action.removeprefix("run.")
    if sort != action:
        return str(_("Run: %s") % RunEvent.Sort(sort).label) if sort in RunEvent.Sort else action
    if action in RIGHTS:
        return str(RIGHTS[action])
    # Asking for one that exists makes Wagtail read its hooks, which its labels alone do not.
    return str(registry.get_action_label(action)) if registry.action_exists(action) else action


def type_in_words(label: str) -> str:
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


def with_versions(entries: Sequence[AuditEntry]) -> Sequence[AuditEntry]:
    """Sets the version where the revision has become one. One query for all of them."""
    revisions = {one.revision_id for one in entries if one.revision_id and not one.version}
    numbers = dict(Version.objects.filter(revision__in=revisions).values_list("revision", "number"))
    for one in entries:
        one.version = one.version or numbers.get(one.revision_id or 0, "")
    return entries


def streamed(entries: QuerySet[AuditEntry]) -> Iterator[AuditEntry]:
    """All of them, a few hundred in memory at a time."""
    rows = entries.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield from with_versions(chunk)
