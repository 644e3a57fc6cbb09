"""Lists: tasks become a checklist; simple ones are prose; what holds more stays Markdown."""

import re
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from knowledge.exchange.imports.convert.parse import plain
from knowledge.exchange.imports.convert.prose import ProseWriter

MAX_TASK_CHARS = 200
_TASK = re.compile(r"^\[([ xX])\]\s+")
_WRITTEN_BOX = re.compile(r"^\\\[[ xX]\\\]\s+")
_OPTIONAL = re.compile(r"^\(?optional\)?[:,]?\s+|\s+\(optional\)\s*$", re.IGNORECASE)
_SIMPLE = frozenset(["paragraph", "bullet_list", "ordered_list", "list_item", "inline"])


def is_task_list(node: SyntaxTreeNode) -> bool:
    """Whether most entries have a box. One entry without it is a slip of the pen."""
    boxes = sum(bool(_box(item)) for item in node.children)
    return boxes > 0 and boxes * 2 > len(node.children)


def is_simple(node: SyntaxTreeNode) -> bool:
    """Text and deeper lists only: what rich text can hold."""
    for child in node.children:
        if child.type not in _SIMPLE:
            return False
        if child.type == "list_item":
            texts = sum(one.type == "paragraph" for one in child.children)
            if texts > 1 or (child.children and child.children[0].type != "paragraph"):
                return False
        if child.type != "inline" and not is_simple(child):
            return False
    return True


def holds_image(node: SyntaxTreeNode) -> bool:
    return any(
        one.type == "image"
        or (one.type == "html_inline" and one.content.lower().startswith("<img"))
        for one in node.walk()
    )


def checklist(node: SyntaxTreeNode, title: str, writer: ProseWriter) -> dict[str, Any]:
    """The portable checklist of a task list; what does not fit a plain line goes into the detail.

    Tasks below a task are steps of their own behind it, so that each can be ticked.
    """
    return {"title": title, "steps": _steps(node, writer)}


def _steps(node: SyntaxTreeNode, writer: ProseWriter) -> list[dict[str, Any]]:
    steps = []
    for item in node.children:
        inner = [one for one in item.children if _is_list(one) and is_task_list(one)]
        steps.append(_step(item, [one for one in item.children if one not in inner], writer))
        for one in inner:
            steps += _steps(one, writer)
    return steps


def _is_list(node: SyntaxTreeNode) -> bool:
    return node.type in ("bullet_list", "ordered_list")


def _box(item: SyntaxTreeNode) -> re.Match[str] | None:
    first = item.children[0] if item.children else None
    if first is None or first.type != "paragraph":
        return None
    inline = first.children[0]
    return _TASK.match(inline.children[0].content) if inline.children else None


def _step(
    item: SyntaxTreeNode, children: list[SyntaxTreeNode], writer: ProseWriter
) -> dict[str, Any]:
    paragraph, rest = (children[0], children[1:]) if children else (None, [])
    if paragraph is None or paragraph.type != "paragraph":
        rest, text = children, plain(item)
    else:
        text = _TASK.sub("", plain(paragraph))
    is_optional = bool(_OPTIONAL.search(text))
    text = _OPTIONAL.sub("", text).strip()
    details = []
    if paragraph is not None and (len(text) > MAX_TASK_CHARS or _says_more(paragraph)):
        details.append(_WRITTEN_BOX.sub("", writer.block(paragraph)))
    details.append(writer.blocks(rest))
    step: dict[str, Any] = {"task": _cut(text) or "…"}
    if detail := "\n\n".join(one for one in details if one.strip()):
        step["detail"] = detail
    if is_optional:
        step["optional"] = True
    return step


def _says_more(paragraph: SyntaxTreeNode) -> bool:
    """Whether the line holds a link or a picture, which a plain task would lose."""
    return any(one.type in ("link", "image", "html_inline") for one in paragraph.walk())


def _cut(text: str) -> str:
    if len(text) <= MAX_TASK_CHARS:
        return text
    return text[: MAX_TASK_CHARS - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
