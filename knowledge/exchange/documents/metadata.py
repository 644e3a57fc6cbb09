"""Metadata of an artifact as plain data, and back onto a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model

from knowledge.catalog.kinds import DecisionStatus, Kind, Maturity, RiskTolerance, TeamScale
from knowledge.catalog.models import Artifact, Audience, Industry, Region, Tag, Tool

# Fields that are the same on both sides.
PLAIN = (
    *("title", "bottom_line", "maturity", "risk_tolerance", "team_scale", "effort_minutes"),
    *("review_interval_days", "change_note", "licence"),
)
# Portable key -> name of the relation on the page, vocabulary.
TERMS: Mapping[str, tuple[str, type[Model]]] = {
    "industries": ("industries", Industry),
    "tools": ("tools", Tool),
    "audience": ("audiences", Audience),
    "regions": ("regions", Region),
}
# Keys that name other pages; they are set once all pages exist.
REFERENCES = ("related", "superseded_by", "linked_checklist", "linked_sop")
# Keys about the state of the page, which services move.
STATE = (
    *("reviewed_days_ago", "last_reviewed", "reviewed_by", "next_review", "version", "archived"),
)
KEYS = frozenset(
    ["kind", "slug", "group", "as_of", "owner", "tags", "decision_status", "body"]
    + [*PLAIN, *TERMS, *REFERENCES, *STATE]
)

_CHOICES = {
    "maturity": Maturity.values,
    "risk_tolerance": RiskTolerance.values,
    "team_scale": TeamScale.values,
    "decision_status": DecisionStatus.values,
    "kind": Kind.values,
}


class MetadataError(ValueError):
    """A value does not fit; ``key`` names it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass
class Vocabulary:
    """Terms by slug, tags by name, people and groups by name: looked up once for many documents."""

    terms: dict[str, dict[str, Model]]
    people: dict[str, Any]
    groups: dict[str, Group]
    tags: dict[str, Tag] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Vocabulary":
        """Seven queries."""
        return cls(
            terms={
                key: {
                    term.slug: term.merged_into or term
                    for term in model.objects.select_related("merged_into")  # type: ignore[attr-defined]
                }
                for key, (_name, model) in TERMS.items()
            },
            people={one.get_username(): one for one in get_user_model().objects.all()},
            groups={one.name: one for one in Group.objects.all()},
            tags={tag.name.lower(): tag for tag in Tag.objects.all()},
        )

    def owner(self, name: str) -> tuple[Any, Group | None]:
        """The person or the group that ``user:name`` or ``group:name`` stands for."""
        sort, _sep, rest = str(name).partition(":")
        if sort == "user" and rest in self.people:
            return self.people[rest], None
        if sort == "group" and rest in self.groups:
            return None, self.groups[rest]
        raise MetadataError("owner", f"there is no owner {name!r}; write user:NAME or group:NAME")

    def person(self, name: str, key: str) -> Any:
        if name not in self.people:
            raise MetadataError(key, f"there is no user {name!r}")
        return self.people[name]

    def term_list(self, key: str, slugs: Any) -> list[Model]:
        known = self.terms[key]
        unknown = [slug for slug in _as_list(key, slugs) if slug not in known]
        if unknown:
            raise MetadataError(key, f"{unknown[0]!r} is not in the vocabulary")
        return [known[slug] for slug in slugs]

    def tag_list(self, names: Any) -> list[Tag]:
        """Tags by name, made where there is none yet; a merged tag is followed to its successor."""
        found = []
        for name in dict.fromkeys(str(one).strip() for one in _as_list("tags", names)):
            tag = self.tags.get(name.lower())
            if tag is None:
                tag = Tag(name=name[:100])
                tag.save()  # finds a slug that is free
                self.tags[name.lower()] = tag
            found.append(tag.merged_into or tag)
        return list(dict.fromkeys(found))


def check(data: Mapping[str, Any]) -> None:
    """Refuse unknown keys and values outside their choices, before anything is looked up.

    Raises:
        MetadataError: naming the key.
    """
    for key in data:
        if key not in KEYS:
            raise MetadataError(str(key), "there is no such key")
    for key in ("kind", "title"):
        if not data.get(key):
            raise MetadataError(key, "is missing")
    for key, allowed in _CHOICES.items():
        choices: Any = allowed
        value = data.get(key)
        if value not in (None, "") and value not in choices:
            raise MetadataError(key, f"{value!r} is none of {', '.join(map(str, choices))}")
    for key in PLAIN:
        limit = getattr(Artifact._meta.get_field(key), "max_length", None)
        if limit and len(str(data.get(key) or "")) > limit:
            raise MetadataError(key, f"is longer than {limit} characters")
    for key in ("industries", "tools", "audience", "regions", "tags", "related"):
        _as_list(key, data.get(key))


def apply(page: Artifact, data: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    """Put the plain fields, the owner and the terms of ``data`` onto ``page``, unsaved.

    Raises:
        MetadataError: a term, a person or a value is not known.
    """
    for key in PLAIN:
        if key in data:
            default = Artifact._meta.get_field(key).get_default()
            setattr(page, key, data[key] if data[key] is not None else default)
    page.bottom_line = " ".join(str(page.bottom_line or "").split())
    page.as_of = _as_date("as_of", data.get("as_of"))
    if data.get("owner"):
        page.owner_user, page.owner_group = vocabulary.owner(data["owner"])
    for key, (name, _model) in TERMS.items():
        getattr(page, name).set(vocabulary.term_list(key, data.get(key) or []))
    page.tags.set(vocabulary.tag_list(data.get("tags") or []))
    if data.get("decision_status") and hasattr(page, "status"):
        page.status = data["decision_status"]
    if "group" in data and hasattr(page, "group"):
        page.group = data["group"]


def read(page: Artifact) -> dict[str, Any]:
    """Metadata of ``page`` without its references to other pages; empty values are left out."""
    data: dict[str, Any] = {"kind": page.kind}
    data |= {key: getattr(page, key) for key in PLAIN}
    data["slug"] = page.slug
    data["group"] = getattr(page, "group", None)
    data["as_of"] = page.as_of
    data["decision_status"] = getattr(page, "status", None)
    for key, (name, _model) in TERMS.items():
        data[key] = sorted(term.slug for term in getattr(page, name).all())
    data["tags"] = sorted(tag.name for tag in page.tags.all())
    data["owner"] = _owner(page)
    data["version"] = page.version
    data["last_reviewed"] = page.last_reviewed
    data["reviewed_by"] = page.reviewed_by.get_username() if page.reviewed_by else None
    data["next_review"] = page.next_review
    data["archived"] = page.archived_at is not None or None
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _owner(page: Artifact) -> str:
    if page.owner_user:
        return f"user:{page.owner_user.get_username()}"
    return f"group:{page.owner_group.name}" if page.owner_group else ""


def _as_list(key: str, value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list) or any(isinstance(one, list | dict) for one in value):
        raise MetadataError(key, "a list of names is expected")
    return value


def _as_date(key: str, value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise MetadataError(key, f"{value!r} is not a date such as 2026-04-30") from None
