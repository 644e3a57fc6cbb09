"""The rules of sections, read once: who owns a section, and whether authors approve in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from knowledge.governance.roles import ADMINISTRATORS


@dataclass(frozen=True, slots=True)
class Holder:
    """A person or a group. Where nobody is named, the administrators decide."""

    user_id: int | None = None
    group_id: int | None = None

    def people(self) -> QuerySet[Any]:
        """Who that is: active accounts."""
        people = get_user_model().objects.filter(is_active=True)
        if self.user_id is not None:
            return people.filter(pk=self.user_id)
        if self.group_id is not None:
            return people.filter(groups=self.group_id)
        return people.filter(groups__name=ADMINISTRATORS.name)

    def includes(self, user: Any) -> bool:
        return bool(user.is_active and self.people().filter(pk=user.pk).exists())


@dataclass(frozen=True, slots=True)
class _Rule:
    path: str
    holder: Holder | None
    refuses_own: bool | None


@dataclass(frozen=True, slots=True)
class SectionRules:
    """All rules, deepest first. There are as many as sections that differ: few."""

    rules: Sequence[_Rule]

    def holder_of(self, path: str) -> Holder:
        found = (one.holder for one in self.rules if one.holder and path.startswith(one.path))
        return next(found, Holder())

    def refuses_own(self, path: str) -> bool:
        found = (
            one.refuses_own
            for one in self.rules
            if one.refuses_own is not None and path.startswith(one.path)
        )
        return next(found, False)

    def where_own_is_refused(self, field: str) -> Q:
        """Pages under such a rule; ``field`` leads from the row to the tree path."""
        return self._where(field, "refuses_own", lambda said: bool(said), otherwise=False)

    def where_held_by(self, field: str, people: Collection[int], groups: Collection[int]) -> Q:
        """Where one of ``people`` or of ``groups`` owns the section."""
        administrators = Group.objects.filter(name=ADMINISTRATORS.name, pk__in=groups).exists()

        def holds(holder: Holder) -> bool:
            if holder.user_id is not None:
                return holder.user_id in people
            return holder.group_id in groups

        return self._where(field, "holder", holds, otherwise=administrators)

    def _where(self, field: str, part: str, test: Any, *, otherwise: bool) -> Q:
        """Of each page the deepest rule that says something of ``part`` counts."""
        saying = [one for one in self.rules if getattr(one, part) is not None]
        found = Q(pk__in=[])
        for place, rule in enumerate(saying):
            if test(getattr(rule, part)):
                found |= _below(field, rule.path) & ~_any_below(field, saying[:place], rule.path)
        if otherwise:
            found |= ~_any_below(field, saying, "")
        return found


def load() -> SectionRules:
    """One query."""
    # By name: the steps of a workflow ask for this while their own models are being made.
    model = apps.get_model("governance_reviewing", "SectionRule")
    rows = model.objects.select_related("page").order_by("-page__depth", "page__path")
    return SectionRules([_rule(row, model) for row in rows])


def _rule(row: Any, model: Any) -> _Rule:
    named = row.holder_user_id is not None or row.holder_group_id is not None
    said = {model.OwnChanges.REFUSED: True, model.OwnChanges.ALLOWED: False}
    return _Rule(
        path=row.page.path,
        holder=Holder(row.holder_user_id, row.holder_group_id) if named else None,
        refuses_own=said.get(row.own_changes),
    )


def _below(field: str, path: str) -> Q:
    return Q(**{f"{field}__startswith": path})


def _any_below(field: str, rules: Sequence[_Rule], path: str) -> Q:
    found = Q(pk__in=[])
    for one in rules:
        if one.path.startswith(path):
            found |= _below(field, one.path)
    return found
