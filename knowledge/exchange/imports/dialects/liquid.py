"""Liquid tags, of Jekyll sites and GitBook: boxes become callouts, links links; other tags go."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import ALERTS, alert, marked, outside_code
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

_TAG = re.compile(r"\{%-?\s*(\w[\w-]*)\s*([^{}]{0,500}?)\s*-?%\}")
_FILTERED = re.compile(
    r"""\{\{-?\s*["']([^"'{}\n]{1,500})["']\s*\|\s*(?:relative_url|absolute_url)[^{}\n]*\}\}"""
)
_BASE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url|github\.url)\s*-?\}\}")
_WORD = re.compile(r'(?:([\w-]+)=)?(?:"([^"]*)"|(\S+))')
_BOXES = frozenset([*ALERTS, "callout", "admonition"])


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if "{%" not in text and "{{" not in text:
        return text
    text = "\n".join(_blocks(text.split("\n"), notes))

    def change(part: str) -> str:
        part = _BASE.sub("", _FILTERED.sub(r"\1", part))
        return _TAG.sub(lambda found: _inline(found, notes), part)

    return outside_code(text, change)


def _blocks(lines: list[str], notes: list[Note]) -> list[str]:
    """What stands on lines of its own: boxes, tabs and highlighted code."""
    result: list[str] = []
    inside: list[tuple[str, dict[str, str], list[str]]] = []
    for line, is_code in marked(lines):
        found = None if is_code else _TAG.fullmatch(line.strip())
        here = inside[-1][2] if inside else result
        if found is None:
            here.append(line)
        elif found[1] == "highlight":
            here.append(f"```{found[2].split(' ')[0]}")
        elif found[1] == "endhighlight":
            here.append("```")
        elif found[1] in _BOXES:
            inside.append((found[1], _words(found[2]), []))
        elif inside and found[1] == f"end{inside[-1][0]}":
            name, words, content = inside.pop()
            notes.append(Note(MAPPED, f"tag {name} as a callout"))
            sort = words.get("style") or words.get("type") or name
            title = words.get("title") or words.get("header", "")
            (inside[-1][2] if inside else result).extend(alert(sort, title, content))
        elif found[1] in ("tab", "step") and found[2]:
            words = _words(found[2])
            notes.append(Note(MAPPED, "tab as text under its name"))
            here += ["", f"**{words.get('title') or words.get('', '')}**", ""]
        else:
            here.append(line)
    for _name, _words_of_it, content in inside:
        result += content
    return result


def _inline(found: re.Match[str], notes: list[Note]) -> str:
    name, rest = found[1], found[2]
    words = _words(rest)
    if name == "link" and rest:
        # Named from the root of the site.
        return f"/{rest.lstrip('/')}"
    if name == "post_url" and rest:
        return f"/_posts/{rest}"
    target = words.get("url") or words.get("page") or words.get("src", "")
    if name in ("embed", "page-ref", "file") and target:
        notes.append(Note(MAPPED, f"tag {name} as a link"))
        return f"\n[{words.get('caption') or target}]({target.replace(' ', '%20')})\n"
    if not name.startswith("end") and name not in ("raw", "content-ref", "tabs", "code"):
        notes.append(Note(DROPPED, f"tag {name} {rest}".strip()[:80]))
    return ""


def _words(rest: str) -> dict[str, str]:
    """Named values; the last one without a name is under an empty one."""
    return {key: quoted or bare for key, quoted, bare in _WORD.findall(rest)}
