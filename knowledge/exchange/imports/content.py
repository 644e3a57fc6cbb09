"""From the blocks of a text to an artifact: its kind, its bottom line, the parts its kind needs.

What is guessed is noted. Nothing is made up: a part that the text does not hold is missing.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from knowledge.catalog.kinds import DecisionStatus, Kind
from knowledge.exchange.imports.convert.parse import parse, plain
from knowledge.exchange.imports.report import GUESSED, Note
from knowledge.exchange.imports.texts import Text
from templates_lib.markdown import write

MAX_BOTTOM_LINE_CHARS = 300
MIN_STEPS_OF_CHECKLIST = 3
MIN_STATEMENT_WORDS = 4
# What is said about a text before it begins.
_LABEL = re.compile(r"^(?:date|status|authors?|owners?|version|last \w+|tags|deciders)\b\W*:", re.I)
_GUIDE_PARTS = frozenset(["steps", "paragraph", "markdown", "related", "heading"])
# Headings of decision records in the usual templates, and the part that takes their text.
DECISION_PARTS = {
    "context": "context",
    "context and problem statement": "context",
    "decision": "decision",
    "decision outcome": "decision",
    "consequences": "consequences",
    "positive consequences": "consequences",
}
_RUNBOOK_HEADINGS = frozenset(
    ["meaning", "impact", "diagnosis", "mitigation", "trigger", "rollback"]
)

Block = dict[str, Any]


@dataclass
class Draft:
    """Portable blocks with what the page needs beside them."""

    kind: str
    bottom_line: str
    body: list[Block]
    notes: list[Note] = field(default_factory=list)
    decision_status: str = ""


def shape(text: Text, blocks: list[Block]) -> Draft:
    """The artifact that ``blocks`` of ``text`` make."""
    blocks = without_title(blocks, text.title)
    notes: list[Note] = []
    bottom_line = text.description[:MAX_BOTTOM_LINE_CHARS]
    if not bottom_line or len(text.description) > MAX_BOTTOM_LINE_CHARS:
        bottom_line = _cut(text.description or first_words(blocks) or text.title)
        notes.append(Note(GUESSED, "bottom line, from the first words"))
    kind = text.kind or _kind(text, blocks, notes)
    draft = Draft(kind, bottom_line, list(blocks), notes)
    if kind == Kind.DECISION_RECORD:
        _as_decision(draft)
    elif kind == Kind.GUIDE:
        _as_guide(draft)
    return draft


def without_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks without a first heading that only repeats the title."""
    first = blocks[0].get("heading") if blocks else None
    if first and _same(first["text"], title):
        return blocks[1:]
    return blocks


def first_words(blocks: list[Block]) -> str:
    """Plain words of the first running text that says something; of any when none does."""
    nodes = [
        node
        for block in blocks
        if "paragraph" in block
        for node in parse(block["paragraph"]).children
        if plain(node)
    ]
    for position, node in enumerate(nodes):
        if node.type != "paragraph":
            continue
        following = nodes[position + 1] if position + 1 < len(nodes) else None
        words = _statement(plain(node), following)
        if len(words.split()) >= MIN_STATEMENT_WORDS and not _LABEL.match(words):
            return words
    return plain(nodes[0]) if nodes else ""


def _statement(words: str, following: SyntaxTreeNode | None) -> str:
    """``words`` without what only announces a list; with its entries when there is nothing else."""
    if not words.endswith(":"):
        return "" if words.endswith(("...", "…")) else words
    sentence = max(words.rfind(mark) for mark in (". ", "! ", "? "))
    if sentence > 0:
        return words[: sentence + 1]
    if following is not None and following.type in ("bullet_list", "ordered_list"):
        return f"{words} {'; '.join(plain(item) for item in following.children)}"
    return ""


def is_more_than(intro: str, blocks: list[Block], title: str) -> bool:
    """Whether an index says more than the plain ``intro`` of its section, so that it is a page."""
    rest = without_title(blocks, title)
    if not rest:
        return False
    if len(rest) > 1 or "paragraph" not in rest[0]:
        return True
    nodes = parse(rest[0]["paragraph"]).children
    if len(nodes) > 1 or nodes[0].type != "paragraph" or _has_link(nodes[0]):
        return True
    return not _same(intro, plain(nodes[0]))


def _has_link(node: SyntaxTreeNode) -> bool:
    return any(one.type == "link" for one in node.walk())


def _kind(text: Text, blocks: list[Block], notes: list[Note]) -> str:
    steps = sum(len(one["checklist"]["steps"]) for one in blocks if "checklist" in one)
    named = "checklist" in f"{text.ref} {text.title}".lower()
    if steps >= MIN_STEPS_OF_CHECKLIST and (named or _mostly_tasks(blocks)):
        notes.append(Note(GUESSED, "kind checklist, from its task list"))
        return Kind.CHECKLIST.value
    headings = {_heading(one) for one in blocks if "heading" in one}
    parts = {DECISION_PARTS[one] for one in headings if one in DECISION_PARTS}
    if parts == {"context", "decision", "consequences"}:
        notes.append(Note(GUESSED, "kind decision record, from its headings"))
        return Kind.DECISION_RECORD.value
    if len(headings & _RUNBOOK_HEADINGS) >= 2 or "runbook" in text.ref.lower():
        notes.append(
            Note(
                GUESSED, "reads like a runbook; a guide, until trigger, actions and so on are typed"
            )
        )
    return Kind.GUIDE.value


def _mostly_tasks(blocks: list[Block]) -> bool:
    others = sum(not ({"heading", "checklist"} & set(one)) for one in blocks)
    return others <= sum("checklist" in one for one in blocks)


def _heading(block: Block) -> str:
    return re.sub(r"^[\d.\s]+", "", block["heading"]["text"]).strip().lower()


def _as_guide(draft: Draft) -> None:
    """The text before the first heading is the overview."""
    body = draft.body
    if not body:
        return
    if "paragraph" in body[0]:
        nodes = _pieces(body[0]["paragraph"])
        rest = body[1:]
        if any(set(one) & _GUIDE_PARTS for one in rest):
            draft.body = [{"overview": {"body": body[0]["paragraph"]}}, *rest]
            return
        if len(nodes) > 1:
            more = {"paragraph": write.join(*nodes[1:])}
            draft.body = [{"overview": {"body": nodes[0]}}, more, *rest]
            return
    draft.notes.append(Note(GUESSED, "overview, as the text begins with none"))
    draft.body = [{"overview": {"body": _outline(draft)}}, *body]
    if not any(set(one) & _GUIDE_PARTS for one in body):
        draft.body.insert(1, {"heading": {"text": "Content", "depth": "section"}})


def _outline(draft: Draft) -> str:
    """What the headings promise; the bottom line when there are too few of them."""
    headings = [
        one["heading"]["text"]
        for one in draft.body
        if "heading" in one and one["heading"]["depth"] == "section"
    ]
    if len(headings) < 2:
        return write.escape(draft.bottom_line)
    return write.escape(_("In this guide: %s.") % ", ".join(headings))


def _pieces(markdown: str) -> list[str]:
    """The top-level pieces of a text, each as its own Markdown."""
    lines = markdown.split("\n")
    return [
        "\n".join(lines[node.map[0] : node.map[1]]).strip()
        for node in parse(markdown).children
        if node.map
    ]


def _as_decision(draft: Draft) -> None:
    """Prose under Context, Decision and Consequences becomes those parts."""
    body: list[Block] = []
    blocks = draft.body
    taken: set[str] = set()
    position = 0
    while position < len(blocks):
        block = blocks[position]
        name = _heading(block) if "heading" in block else ""
        following = blocks[position + 1] if position + 1 < len(blocks) else {}
        part = DECISION_PARTS.get(name)
        if part and part not in taken and "paragraph" in following:
            taken.add(part)
            body.append({part: {"body": following["paragraph"]}})
            position += 2
            continue
        if name == "status" and "paragraph" in following:
            status, is_all = _status(following["paragraph"])
            if status:
                draft.decision_status = status
            if is_all:
                position += 2
                continue
            if status:
                draft.notes.append(Note(GUESSED, f"status {status}, from the first word about it"))
        body.append(block)
        position += 1
    draft.body = body


def _status(markdown: str) -> tuple[str, bool]:
    """The status that a text begins with, if it does, and whether the text says nothing else."""
    tree = parse(markdown)
    words = " ".join(map(plain, tree.children)).split()
    status = re.sub(r"\W", "", words[0]).lower() if words else ""
    if status not in DecisionStatus.values:
        return "", False
    return status, len(words) == 1 and not _has_link(tree)


def _same(one: str, other: str) -> bool:
    """Whether both say the same, as do “Kube Pod Crash” and the name “KubePodCrash”."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold() or text


def _cut(text: str) -> str:
    """At most so many characters, ending with a sentence if there is one, else with a word."""
    text = " ".join(text.split())
    if len(text) <= MAX_BOTTOM_LINE_CHARS:
        return text
    start = text[: MAX_BOTTOM_LINE_CHARS - 1]
    sentence = max(start.rfind(mark) for mark in (". ", "! ", "? "))
    if sentence >= 60:
        return start[: sentence + 1]
    return start.rsplit(" ", 1)[0].rstrip(",;:") + "…"
