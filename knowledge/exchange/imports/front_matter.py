"""The head of a Markdown file: YAML between ``---`` or TOML between ``+++``.

A malformed head is no reason to lose the text: it is named and the text goes on without it.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

MAX_HEAD_CHARS = 20_000
_HEAD = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class _PlainLoader(yaml.SafeLoader):
    """Refuses aliases: a few of them can stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def split(source: str) -> tuple[dict[str, Any], str, str]:
    """The head as data, the rest of the text, and what is wrong with the head (or nothing)."""
    found = _HEAD.match(source)
    if found is None:
        return {}, source, ""
    mark, head, rest = found[1], found[2], source[found.end() :]
    if len(head) > MAX_HEAD_CHARS:
        return {}, rest, "the front matter is too long to be one"
    try:
        data = tomllib.loads(head) if mark == "+++" else yaml.load(head, Loader=_PlainLoader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        return {}, rest, f"malformed front matter: {_first_line(error)}"
    if data is None:
        return {}, rest, ""
    if not isinstance(data, Mapping):
        # Two rules with text between them, not a head.
        return {}, source, ""
    return {str(key): value for key, value in data.items()}, rest, ""


def _first_line(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None)
    place = f" in line {mark.line + 2}" if mark is not None else ""
    return f"{str(problem).splitlines()[0] if str(problem) else 'unreadable'}{place}"
