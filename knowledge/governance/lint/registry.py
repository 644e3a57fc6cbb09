"""What a rule is, and what it is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from knowledge.governance.lint.models import Severity
from knowledge.governance.lint.rules.body import Part


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that breaks a rule. ``path`` as the editor addresses it: "body.<block>.steps"."""

    path: str
    place: str = ""
    detail: str = ""
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An artifact or another page that a body leads to; ``successor`` takes its place."""

    live: bool
    retired: bool
    successor: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the rest of the site.

    Attributes:
        targets: pages by id; one that is missing does not exist.
        own_paths: paths of this site that lead somewhere, of those that the pages asked for.
        dead_outside: why, by the address of another site that does not answer any more.
        absent_users: owners who have left; ``empty_groups``: groups without an active member.
        horizon_days: how long before a dated sentence grows old it is told.
        own_host: the name of this site in addresses, such as "portal.example.org".
    """

    today: date
    targets: Mapping[int, Target] = field(default_factory=dict)
    own_paths: frozenset[str] = frozenset()
    dead_outside: Mapping[str, str] = field(default_factory=dict)
    absent_users: frozenset[int] = frozenset()
    empty_groups: frozenset[int] = frozenset()
    horizon_days: int = 90
    own_host: str = ""


Check = Callable[[Any, tuple[Part, ...], Surroundings], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` is given the artifact, the parts of its body and its surroundings.

    A rule without it compares artifacts with each other, which only the daily round does.
    """

    code: str
    severity: Severity
    wrong: str | Promise
    remedy: str | Promise
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    rule: Rule
    spot: Spot


def faults(
    rules: Iterable[Rule], page: Any, parts: tuple[Part, ...], around: Surroundings
) -> Iterator[Fault]:
    """What all rules find on one page, the most pressing first, then in the order of the page."""
    found = [
        Fault(rule, spot)
        for rule in rules
        if rule.check is not None
        for spot in rule.check(page, parts, around)
    ]
    yield from sorted(found, key=lambda one: one.rule.severity)
