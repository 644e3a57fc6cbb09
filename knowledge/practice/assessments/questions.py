"""The questions of an assessment, and its result worked out from answers; nothing is kept here.

A level is reached when the mean of a pillar is at least its number: a mean of 2.9 is level 2. A pillar
is weak when its mean is below the limit that the assessment names for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean
from typing import Any

from django.utils.translation import gettext as _

from knowledge.catalog.bodies import LIBRARY
from templates_lib.limits import as_decimal

PARTS = ("assessment", "fit")
_BLOCKS: Mapping[str, Any] = LIBRARY


@dataclass(frozen=True, slots=True)
class Question:
    """``key`` names it in a form: pillar and question, counted from 0."""

    key: str
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class Pillar:
    name: str
    questions: Sequence[Question]
    low: Decimal | None
    # Ids of pages that answer a low score.
    helps: Sequence[int]


@dataclass(frozen=True, slots=True)
class Questions:
    """``scale`` has the names of the levels, the lowest first. ``fit`` are the reasons of a fit
    assessment by name of the list; empty for any other.
    """

    heading: str
    scale: Sequence[str]
    pillars: Sequence[Pillar]
    fit: Mapping[str, Sequence[str]]

    @property
    def keys(self) -> list[str]:
        return [one.key for pillar in self.pillars for one in pillar.questions]


@dataclass(frozen=True, slots=True)
class Score:
    """``mean`` is None without an answer. ``lowest`` and ``highest`` are of the means of persons."""

    pillar: Pillar
    mean: float | None
    level: int
    level_name: str
    is_weak: bool
    lowest: float
    highest: float


def kept(body: Iterable[Any]) -> list[dict[str, Any]]:
    """The first assessment of a body, with the reasons of fit beside it, as data; empty without one."""
    found: dict[str, dict[str, Any]] = {}
    for part in body:
        if part.block_type in PARTS:
            raw = part.block.get_prep_value(part.value)
            found.setdefault(part.block_type, {"type": part.block_type, "value": raw})
    return [found[name] for name in PARTS if name in found] if "assessment" in found else []


def questions_from(parts: Iterable[Mapping[str, Any]]) -> Questions:
    """The questions of what ``kept`` gave."""
    values = {part["type"]: part["value"] for part in parts}
    block = _BLOCKS["assessment"]
    # Read as stored: pages are asked for when they are shown, to whom may see them.
    raw = values.get("assessment") or {}
    fit = values.get("fit") or {}
    return Questions(
        heading=block.heading_for(raw),
        scale=[str(one) for one in _bare(raw.get("scale_labels"))],
        pillars=[_pillar(place, one) for place, one in enumerate(_bare(raw.get("pillars")))],
        fit={name: [str(one) for one in _bare(fit.get(name))] for name in fit},
    )


def _bare(entries: Any) -> list[Any]:
    """The values of a stored list block, with or without their ids."""
    found = []
    for one in entries or []:
        stored = isinstance(one, Mapping) and one.get("type") == "item" and "value" in one
        found.append(one["value"] if stored else one)
    return found


def _pillar(place: int, raw: Mapping[str, Any]) -> Pillar:
    return Pillar(
        name=str(raw.get("name") or ""),
        questions=[
            Question(
                f"{place}.{number}", str(one.get("question") or ""), str(one.get("help") or "")
            )
            for number, one in enumerate(_bare(raw.get("questions")))
        ],
        low=as_decimal(raw.get("low_score_below")),
        helps=[int(one) for one in _bare(raw.get("low_score_pages")) if one],
    )


def read(asked: Questions, data: Mapping[str, Any]) -> dict[str, int]:
    """The answers in a posted form or a stored sheet; what is no step of the scale is left out."""
    found = {}
    for key in asked.keys:
        said = str(data.get(key, ""))
        if (
            said.isascii()
            and said.isdigit()
            and len(said) < 3
            and 1 <= int(said) <= len(asked.scale)
        ):
            found[key] = int(said)
    return found


def missing(asked: Questions, answers: Mapping[str, int]) -> dict[str, str]:
    """A message for each question without an answer, by its key."""
    return {
        one.key: _("Answer “%s”") % one.text
        for pillar in asked.pillars
        for one in pillar.questions
        if one.key not in answers
    }


def scores(asked: Questions, sheets: Sequence[Mapping[str, int]]) -> list[Score]:
    """The result of one or several sheets, a line for each pillar. Each person counts the same."""
    return [_score(asked, pillar, sheets) for pillar in asked.pillars]


def _score(asked: Questions, pillar: Pillar, sheets: Sequence[Mapping[str, int]]) -> Score:
    means = [
        mean(given)
        for sheet in sheets
        if (given := [sheet[one.key] for one in pillar.questions if one.key in sheet])
    ]
    if not means:
        return Score(pillar, None, 0, "", False, 0, 0)
    value = mean(means)
    # A mean of thirds must not miss its level by the last digit of a float.
    level = min(int(value + 1e-9), len(asked.scale))
    is_weak = pillar.low is not None and value + 1e-9 < float(pillar.low)
    return Score(
        pillar, float(value), level, asked.scale[level - 1], is_weak, min(means), max(means)
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The yes or no of a fit assessment. ``tone`` is go, caution or stop."""

    answer: str
    reason: str
    tone: str
    reasons: Sequence[str]
    weak: Sequence[Score]
    strong: Sequence[Score]


def verdict(asked: Questions, result: Sequence[Score]) -> Verdict | None:
    """Yes with no weak pillar, no when half of them or more are weak, else only when justified.

    None for an assessment without reasons of fit, and while a pillar has no answer.
    """
    if not asked.fit or not result or any(one.mean is None for one in result):
        return None
    weak = [one for one in result if one.is_weak]
    strong = [one for one in result if not one.is_weak]
    if not weak:
        answer, tone, name = _("Yes, adopt it"), "go", "adopt_when"
        reason = _("No pillar lies below its limit.")
    elif 2 * len(weak) >= len(result):
        answer, tone, name = _("No, not now"), "stop", "unnecessary_when"
        reason = _("%(weak)d of %(all)d pillars lie below their limit.") % {
            "weak": len(weak),
            "all": len(result),
        }
    else:
        answer, tone, name = _("Only with a reason"), "caution", "justify"
        reason = _(
            "%(weak)d of %(all)d pillars lie below their limit. Repair them, or justify it."
        ) % {
            "weak": len(weak),
            "all": len(result),
        }
    return Verdict(answer, reason, tone, asked.fit.get(name) or [], weak, strong)
