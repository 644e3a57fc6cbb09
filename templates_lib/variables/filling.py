"""Answers put into a Markdown text at its placeholders, so that they read as they were typed.

Where the placeholder stands decides: in text an answer is escaped; alone in its paragraph it also
keeps its lines; in code, where an escape would be shown, it stays as it is but cannot end the code.
"""

import re
from collections.abc import Callable, Mapping

from templates_lib.markdown import write

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
# A line to write on by hand, where a field was left empty.
BLANK = "_____"

_FENCE = re.compile(r"^\s*(`{3,}(?=[^`]*$)|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def fill(
    source: str, answers: Mapping[str, str | None], alone: Mapping[str, str] | None = None
) -> str:
    """``source`` with the answers in place. A placeholder that is no key of them stays as it is.

    An empty answer is a line to write on; None, of what was not asked, is nothing. ``alone`` has the
    Markdown of answers that are more than a text, for a placeholder that stands alone.
    """
    filled = []
    fence = ""
    for line in source.replace("\r\n", "\n").split("\n"):
        mark = _FENCE.match(line)
        if fence:
            closing = mark and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            filled.append(line if closing else _code_line(line, answers, fence))
            fence = "" if closing else fence
        elif mark:
            filled.append(_replace(line, answers, _in_code_span))
            fence = mark[1]
        else:
            filled.append(_text_line(line, answers, alone or {}))
    return "\n".join(filled)


def _replace(text: str, answers: Mapping[str, str | None], shown: Callable[[str], str]) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1] not in answers:
            return match[0]
        answer = answers[match[1]]
        return "" if answer is None else shown(answer)

    return PLACEHOLDER.sub(put, text)


def _text_line(line: str, answers: Mapping[str, str | None], blocks: Mapping[str, str]) -> str:
    alone = PLACEHOLDER.fullmatch(line.strip())
    if alone and alone[1] in answers:
        answer = answers[alone[1]]
        if answer is None:
            return ""
        margin = line[: len(line) - len(line.lstrip())]
        block = blocks.get(alone[1])
        # With empty lines around it: text below would become a row of the table.
        shown = f"\n{block}\n" if block else write.paragraphs(answer) or write.escape(BLANK)
        return "\n".join(margin + one if one else one for one in shown.split("\n"))
    pieces, end = [], 0
    for span in _CODE_SPAN.finditer(line):
        pieces.append(_replace(line[end : span.start()], answers, _in_text))
        pieces.append(_replace(span[0], answers, _in_code_span))
        end = span.end()
    return "".join([*pieces, _replace(line[end:], answers, _in_text)])


def _in_text(answer: str) -> str:
    return write.escape(answer if answer.strip() else BLANK)


def _in_code_span(answer: str) -> str:
    return " ".join(answer.replace("`", "'").split()) or BLANK


def _code_line(line: str, answers: Mapping[str, str | None], fence: str) -> str:
    lines = _replace(
        line, answers, lambda answer: answer if answer.strip() else BLANK
    ).splitlines() or [""]
    # Four spaces make a line of ticks a part of the code.
    return "\n".join(f"    {one.lstrip()}" if _closes(one, fence) else one for one in lines)


def _closes(line: str, fence: str) -> bool:
    return line.strip().startswith(fence) and not line.strip().strip(fence[0])
