"""A thousand made-up artifacts of about 600 words, the same in every run."""

import random

from django.db import transaction

from knowledge.catalog import models
from knowledge.catalog.kinds import Maturity, RiskTolerance, TeamScale
from tests.factories import (
    ArtifactFactory,
    CategoryFactory,
    IndustryFactory,
    ToolFactory,
    home,
    person,
)

WORDS = [
    "release",
    "incident",
    "review",
    "deploy",
    "rollback",
    "owner",
    "database",
    "migration",
    "queue",
    "worker",
    "search",
    "index",
    "audit",
    "access",
    "token",
    "secret",
    "pipeline",
    "build",
    "test",
    "coverage",
    "latency",
    "budget",
    "alert",
    "runbook",
    "backup",
    "restore",
    "customer",
    "support",
    "escalation",
    "approval",
    "checklist",
    "template",
    "decision",
    "risk",
    "threshold",
    "team",
    "practice",
    "standard",
    "evidence",
    "metric",
    "target",
    "trend",
    "capacity",
    "region",
    "compliance",
    "vendor",
    "cost",
]
TAGS = ("APIs", "Workflows", "Automation", "AI Tools", "LLMs", "Prompts", "Security", "Databases")
KINDS = (models.GuidePage, models.PlaybookPage, models.RunbookPage, models.ArticlePage)
PARAGRAPHS = 9
WORDS_A_PARAGRAPH = 62


def build(size: int) -> None:
    """Create ``size`` live artifacts in five categories, with terms, owners and links between them."""
    dice = random.Random(20261121)
    home()
    shelves = [CategoryFactory(title=f"Shelf {n}", slug=f"shelf-{n}") for n in range(5)]
    industries = [IndustryFactory() for _ in range(5)]
    tools = [ToolFactory() for _ in range(6)]
    owner = person("Editors")
    made: list[int] = []
    for start in range(0, size, 100):
        with transaction.atomic():
            for number in range(start, min(start + 100, size)):
                made.append(_artifact(number, dice, shelves, industries, tools, owner, made))


def _artifact(number, dice, shelves, industries, tools, owner, made) -> int:  # type: ignore[no-untyped-def]
    title = f"{' '.join(dice.sample(WORDS, 3)).capitalize()} {number}"
    page = ArtifactFactory.of(
        dice.choice(KINDS),
        title=title,
        slug=f"artifact-{number}",
        parent=dice.choice(shelves),
        bottom_line=_sentence(dice, 18),
        owner_user=owner,
        maturity=dice.choice(list(Maturity)),
        risk_tolerance=dice.choice(list(RiskTolerance)),
        team_scale=dice.choice(list(TeamScale)),
        effort_minutes=dice.choice([15, 60, 240, 960, 4800]),
        industries=dice.sample(industries, 2),
        tools=dice.sample(tools, 2),
        tags=dice.sample(TAGS, 3),
        body=_body(dice, made),
    )
    return page.pk


def _sentence(dice: random.Random, length: int) -> str:
    return " ".join(dice.choices(WORDS, k=length)).capitalize() + "."


def _body(dice: random.Random, made: list[int]) -> list[dict]:
    link = f' <a linktype="page" id="{dice.choice(made)}">see</a>' if made else ""
    parts: list[dict] = [{"type": "overview", "value": {"body": f"<p>{_sentence(dice, 40)}</p>"}}]
    for n in range(PARAGRAPHS):
        if n % 3 == 0:
            heading = {"text": _sentence(dice, 4), "depth": "section"}
            parts.append({"type": "heading", "value": heading})
        text = _sentence(dice, WORDS_A_PARAGRAPH)
        parts.append({"type": "paragraph", "value": f"<p>{text}{link}</p>"})
    steps = [{"title": _sentence(dice, 5), "outcome": _sentence(dice, 6)} for _ in range(4)]
    parts.append({"type": "steps", "value": {"steps": steps}})
    return parts
