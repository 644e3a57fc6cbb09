"""A copy as its page shows it, and what a newer version of its template would make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge.catalog.models import TemplatePage
from knowledge.catalog.people import called
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.copies.models import FilledCopy
from knowledge.practice.papers import Paper
from knowledge.practice.selectors import filling
from knowledge.practice.teams.models import Team
from knowledge.practice.teams.permissions import of_own_team
from templates_lib.markdown.render import render
from templates_lib.markdown.write import join
from templates_lib.variables.said import in_words


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """``kept`` is by key. ``lost`` are labels and words of what the new version has no field for;
    ``wrong`` what it asks in another way, so that the answer has to be given again.
    """

    kept: Mapping[str, Any]
    lost: Sequence[tuple[str, str]]
    wrong: Mapping[str, str]
    new: Sequence[str]


def carried_over(copy: FilledCopy, page: TemplatePage) -> CarriedOver:
    """The answers of ``copy`` under the live version of ``page``; nothing is written."""
    before = {one.get("key"): one for one in filling.form_from(copy.parts).variables}
    form = filling.form_of(page.body)
    after = {one.get("key"): one for one in form.variables if one.get("kind") != "computed"}
    kept, lost = {}, []
    for key, said in copy.answers.items():
        variable = before.get(key) or {"label": key}
        if key in after and _same_shape(variable, after[key]):
            kept[key] = said
        elif said:
            lost.append((str(variable.get("label") or key), in_words(variable, said)))
    errors = filling.settled(form, kept).errors
    return CarriedOver(
        kept=kept,
        lost=lost,
        wrong={key: message for key, message in errors.items() if kept.get(key)},
        new=[one.get("label") or key for key, one in after.items() if key not in before],
    )


def _same_shape(before: Any, after: Any) -> bool:
    """Whether an answer can be shown in the new field: a table is no text, columns have to agree."""

    def shape(variable: Any) -> Any:
        kind = variable.get("kind")
        if kind == "table":
            return [column.get("label") for column in variable.get("columns") or []]
        return "list" if kind == "several" else "text"

    return bool(shape(before) == shape(after))


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """``newer`` is the live version of the template when that has moved on, else empty."""

    row: FilledCopy
    page: TemplatePage | None
    artifact_url: str
    newer: str
    changes_url: str
    html: SafeString
    people: Sequence[Any]


def shown(copy: FilledCopy, access: Access) -> ShownCopy:
    """Two queries: its template, when the reader may see it, and its people."""
    page = None
    if copy.artifact_id:
        page = visible(TemplatePage.objects.filter(pk=copy.artifact_id), access).first()
    newer = page.version if page is not None and page.version != copy.version else ""
    return ShownCopy(
        row=copy,
        page=page,
        artifact_url=site_path(page.url_path) if page else "",
        newer=newer,
        changes_url=_changes(page, copy.version) if page and newer else "",
        html=render(text_of(copy)),
        people=list(copy.people.order_by("pk")),
    )


def _changes(page: TemplatePage, since: str) -> str:
    """Where both versions are compared; empty where the portal has no such page."""
    try:
        address = reverse("governance:changes", kwargs={"path": site_path(page.url_path)[1:]})
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode({'from': since, 'to': page.version})}"


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    stored: str
    yours: str


def differences(copy: FilledCopy, name: str, answers: Mapping[str, Any]) -> list[Difference]:
    """Where what somebody sends differs from what is stored, in words."""
    found = [Difference(_("Name"), copy.name, name)] if name != copy.name else []
    for variable in filling.form_from(copy.parts).variables:
        key = variable.get("key")
        stored, yours = (in_words(variable, said.get(key)) for said in (copy.answers, answers))
        if stored != yours:
            found.append(Difference(str(variable.get("label") or key), stored, yours))
    return found


def text_of(copy: FilledCopy) -> str:
    """The document as Markdown, with blanks where a draft has no answer."""
    return filling.preview(filling.form_from(copy.parts), copy.answers)


def paper_of(copy: FilledCopy) -> Paper:
    """The document as it is taken along."""
    facts = [
        (_("Template"), f"{copy.title}, {copy.version}"),
        (_("State"), copy.get_state_display()),
        (_("Filled in by"), called(copy.owner)),
    ]
    return Paper(
        title=copy.name,
        kind=_("Filled template"),
        stem=f"filled-{copy.pk}",
        markdown=join(text_of(copy)),
        facts=tuple((label, value) for label, value in facts if value),
        author=called(copy.owner),
        made=copy.finished_at or copy.changed_at,
    )


def own(user: Any, *, team: Team | None = None) -> QuerySet[FilledCopy]:
    """What the person fills, or those of one ``team``, what was changed last first; whether it may be
    seen, the caller asks.
    """
    rows = FilledCopy.objects.select_related("owner")
    if team is not None:
        return rows.filter(team=team)
    fills = FilledCopy.people.through.objects.filter(filledcopy=OuterRef("pk"), user=user.pk)
    return rows.filter(Q(Exists(fills)) | of_own_team(user))
