"""Shared by the dialects: text without its code, and blocks set apart as alerts."""

import re
from collections.abc import Callable, Iterable, Iterator

_FENCE = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})(.*)$")

ALERTS = {
    **dict.fromkeys(("note", "info", "information", "hint", "abstract", "summary", "tldr"), "NOTE"),
    **dict.fromkeys(("seealso", "example", "quote", "cite", "question", "help", "faq"), "NOTE"),
    **dict.fromkeys(("details", "expand", "collapse", "todo", "default", "primary"), "NOTE"),
    **dict.fromkeys(("tip", "success", "check", "done", "important-tip"), "TIP"),
    **dict.fromkeys(("important", "warning", "attention", "alert"), "WARNING"),
    **dict.fromkeys(("caution", "danger", "error", "failure", "fail", "missing", "bug"), "CAUTION"),
}


def marked(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is code: inside a fence or one of its ends."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            yield line, True
            closes = found and found[1][0] == fence[0] and len(found[1]) >= len(fence)
            if found and closes and not found[2].strip():
                fence = ""
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
            yield line, True
        else:
            yield line, False


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """``text`` with ``change`` applied to what is no fenced code and no code in a line."""
    result: list[str] = []
    waiting: list[str] = []

    def settle() -> None:
        if waiting:
            result.append(_outside_spans("\n".join(waiting), change))
            waiting.clear()

    for line, is_code in marked(text.split("\n")):
        if is_code:
            settle()
            result.append(line)
        else:
            waiting.append(line)
    settle()
    return "\n".join(result)


def _outside_spans(text: str, change: Callable[[str], str]) -> str:
    pieces = re.split(r"(?<!`)(`+)(?!`)([^`\n]+?)(?<!`)\1(?!`)", text)
    if len(pieces) == 1:
        return change(text)
    # Code stands for itself as one private character while the rest is changed as a whole.
    kept = [f"{ticks}{code}{ticks}" for ticks, code in zip(pieces[1::3], pieces[2::3], strict=True)]
    changed = change("\ue000".join(pieces[0::3]))
    parts = changed.split("\ue000")
    if len(parts) != len(kept) + 1:
        return text
    return "".join(a + b for a, b in zip(parts, [*kept, ""], strict=True))


def alert(sort: str, title: str, lines: Iterable[str]) -> list[str]:
    """A block set apart, as GitHub writes it, with an empty line on both sides."""
    head = f"> [!{ALERTS.get(sort.lower(), 'NOTE')}] {title}".rstrip()
    return ["", head, ">", *(f"> {line}".rstrip() for line in lines), ""]


def dedented(lines: list[str]) -> list[str]:
    """Lines without the indent that all of them share, empty ones at the ends removed."""
    filled = [line for line in lines if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    cut = [line[indent:] if line.strip() else "" for line in lines]
    while cut and not cut[0]:
        cut.pop(0)
    while cut and not cut[-1]:
        cut.pop()
    return cut
