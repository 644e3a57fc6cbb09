"""Shortcodes of Hugo: hints become callouts, references links, figures images; others go."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.imports.dialects.lines import ALERTS, alert, marked, outside_code
from knowledge.exchange.imports.report import DROPPED, MAPPED, Note

_TAG = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/-]+)\s*([^{}]{0,500}?)\s*/?[%>]\}\}")
_BOXES = frozenset(["hint", "notice", "callout", "admonition", "alert", "details", "expand"])
_WORD = re.compile(r'(?:(\w+)=)?(?:"([^"]*)"|(\S+))')


def rewrite(text: str, head: Mapping[str, Any], notes: list[Note]) -> str:
    if "{{<" not in text and "{{%" not in text:
        return text
    text = "\n".join(_boxes(text.split("\n"), notes))
    return outside_code(text, lambda part: _TAG.sub(lambda found: _tag(found, notes), part))


def _boxes(lines: list[str], notes: list[Note]) -> list[str]:
    """Paired shortcodes that set a block apart, each on a line of its own."""
    result: list[str] = []
    inside: list[tuple[str, str, list[str]]] = []
    for line, is_code in marked(lines):
        found = None if is_code else _TAG.fullmatch(line.strip())
        here = inside[-1][2] if inside else result
        if found and found[2] in ("highlight", "mermaid", "code"):
            language = "mermaid" if found[2] == "mermaid" else found[3].split(" ")[0].strip('"')
            here.append("```" if found[1] else f"```{language}")
            continue
        if found and found[2] == "tab" and not found[1]:
            here += ["", f"**{_box_words('tab', found[3])[1] or found[3]}**", ""]
            continue
        if found and found[2] in _BOXES:
            if not found[1]:
                sort, title = _box_words(found[2], found[3])
                inside.append((sort, title, []))
                continue
            if inside:
                sort, title, content = inside.pop()
                notes.append(Note(MAPPED, f"shortcode {found[2]} as a callout"))
                (inside[-1][2] if inside else result).extend(alert(sort, title, content))
                continue
        (inside[-1][2] if inside else result).append(line)
    for _sort, _title, content in inside:
        result += content
    return result


def _box_words(name: str, rest: str) -> tuple[str, str]:
    """Sort and title from ``info "Title"`` or ``type="info" title="Title"``."""
    sort, title = name, ""
    for key, quoted, bare in _WORD.findall(rest):
        value = quoted or bare
        if key in ("type", "level", "style", "icon", "color") or (
            not key and value.lower() in ALERTS
        ):
            sort = value
        elif key in ("title", "summary", "header", "name", "") and value not in (
            "open",
            "closed",
            "true",
            "false",
        ):
            title = value
    return sort, title


def _words_of(address: str) -> str:
    path = address.partition("#")[0].strip("/")
    return path.rpartition("/")[2].removesuffix(".md") or address


def _tag(found: re.Match[str], notes: list[Note]) -> str:
    name, rest = found[2], found[3]
    words = {key: quoted or bare for key, quoted, bare in _WORD.findall(rest)}
    if name in ("ref", "relref") and not found[1]:
        notes.append(Note(MAPPED, "shortcode ref as a link"))
        target = words.get("path") or words.get("", "")
        is_address = found.string[: found.start()].endswith(("](", "](<", '"', "'", "]: "))
        return target if is_address else f"[{_words_of(target)}]({target})"
    if name in ("figure", "img") and words.get("src"):
        notes.append(Note(MAPPED, "shortcode figure as a picture"))
        alt = words.get("alt") or words.get("caption") or words.get("title", "")
        return f"![{alt}]({words['src'].replace(' ', '%20')})"
    if not found[1]:
        notes.append(Note(DROPPED, f"shortcode {name} {rest}".strip()))
    return ""
