"""By what the findings can be narrowed. The choices of rules say how many there are."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from knowledge.catalog.kinds import Kind
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.categories import categories
from knowledge.governance.lint import selectors
from knowledge.governance.lint.catalogue import RULES
from knowledge.governance.lint.models import Finding, Severity

NOBODY = "nobody"


class FindingFilterSet(WagtailFilterSet):
    rule = django_filters.ChoiceFilter(label=_("Rule"), empty_label=_("All"))
    severity = django_filters.ChoiceFilter(
        label=_("How pressing"), choices=Severity.choices, empty_label=_("All")
    )
    section = django_filters.ChoiceFilter(
        label=_("Section"),
        empty_label=_("All"),
        field_name="page__path",
        lookup_expr="startswith",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Kind.choices, empty_label=_("All"), field_name="page__kind"
    )
    owner = django_filters.ChoiceFilter(label=_("Owner"), empty_label=_("All"), method="of_owner")

    class Meta:
        model = Finding
        fields = ["rule", "severity", "section", "kind", "owner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "rule": lambda: list(_rules(self.queryset)),
            "section": lambda: [
                (one.path, one.title) for one in categories(access_of(self.request))
            ],
            "owner": lambda: list(_owners(self.queryset)),
        }
        for name, make in choices.items():
            self.filters[name].extra["choices"] = make()

    def of_owner(self, findings: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        if value == NOBODY:
            return findings.filter(page__owner_user=None, page__owner_group=None)
        sort, _dash, key = value.partition("-")
        return findings.filter(**{f"page__owner_{sort}": key})


def _rules(findings: QuerySet[Finding]) -> Iterator[tuple[str, str]]:
    numbers = selectors.counts(findings)
    for rule in RULES:
        if numbers.get(rule.code):
            yield rule.code, f"{rule.wrong} ({numbers[rule.code]})"


def _owners(findings: QuerySet[Finding]) -> Iterator[tuple[str, str]]:
    yield NOBODY, str(_("Nobody"))
    pages = findings.order_by()
    people = get_user_model().objects.filter(pk__in=pages.values("page__owner_user"))
    yield from sorted(((f"user-{one.pk}", called(one)) for one in people), key=lambda one: one[1])
    groups = Group.objects.filter(pk__in=pages.values("page__owner_group")).order_by("name")
    yield from ((f"group-{one.pk}", one.name) for one in groups)
