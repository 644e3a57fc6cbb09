"""Turns the syntax tree of one file into portable blocks.

Running prose is gathered until something comes that is a block of its own; a picture inside prose
comes right after it, because prose of the portal holds none.
"""

from typing import Any

from markdown_it.tree import SyntaxTreeNode

from knowledge.exchange.imports.convert import callouts, html, lists
from knowledge.exchange.imports.convert.links import LinkSource
from knowledge.exchange.imports.convert.parse import parse, plain
from knowledge.exchange.imports.convert.prose import Image, ProseWriter
from knowledge.exchange.imports.report import DROPPED, GUESSED, MAPPED, Note
from templates_lib.code_colours import language_of
from templates_lib.markdown import write

MAX_HEADING_CHARS = 150
MAX_CAPTION_CHARS = 255
MAX_ALT_CHARS = 300
MAX_TITLE_CHARS = 120
MAX_CODE_CHARS = 50_000
MAX_DIAGRAM_CHARS = 10_000
MAX_MARKDOWN_CHARS = 50_000
MAX_QUOTE_DEPTH = 4
DEPTHS = {1: "section", 2: "section", 3: "subsection"}

Block = dict[str, Any]


class Converter:
    """Use one for each file. ``notes`` tell what was met; ``heading`` is the one in force."""

    def __init__(self, links: LinkSource, notes: list[Note] | None = None, depth: int = 0) -> None:
        self._links = links
        self._depth = depth
        self._prose: list[str] = []
        self._blocks: list[Block] = []
        self.heading = ""
        # Explicit ids of places in the text, by the heading that they stand at.
        self.names: dict[str, str] = {}
        self._waiting_names: list[str] = []
        self.notes: list[Note] = notes if notes is not None else []

    def convert(self, tree: SyntaxTreeNode) -> list[Block]:
        return self.of(tree.children)

    def of(self, nodes: list[SyntaxTreeNode]) -> list[Block]:
        for node in nodes:
            self._waiting_names += html.names_in(node)
            if not self._depth:
                # A quotation was looked through with the node that holds it.
                self._tell_active(html.active_tags_in_lines(node))
            getattr(self, f"_{node.type}", self._other)(node)
        self._settle()
        self.names |= dict.fromkeys(self._waiting_names, self.heading)
        return self._blocks

    # Gathering.

    def _writer(self, *, for_site: bool = False) -> ProseWriter:
        def address(asked: str) -> str:
            link = self._links.link(asked)
            return link.site if for_site else link.portable

        return ProseWriter(address)

    def _add(self, name: str, value: Any) -> None:
        self._settle()
        self._blocks.append({name: value})

    def _settle(self) -> None:
        text = write.join(*self._prose)
        self._prose.clear()
        if text:
            self._blocks.append({"paragraph": text})

    def _prose_of(self, node: SyntaxTreeNode) -> None:
        writer = self._writer()
        self._prose.append(writer.block(node))
        self._show(writer.images)

    def _show(self, images: list[Image]) -> None:
        for image in images:
            name = self._links.image(image.src)
            alt = " ".join(image.alt.split())[:MAX_ALT_CHARS]
            if name:
                self._picture(name, alt, image.title)
            elif link := self._links.link(image.src).portable:
                self.notes.append(
                    Note(DROPPED, f"picture on another host, kept as a link: {image.src[:200]}")
                )
                self._prose.append(f"[{write.escape(alt or 'Picture')}]({link})")
            elif alt:
                self._prose.append(f"*{write.escape(alt)}*")

    def _picture(self, name: str, alt: str, title: str) -> None:
        if alt.lower() in ("", "image", "img", "picture", "screenshot", "alt text", "drawing"):
            alt = title or (f"Picture under “{self.heading}”" if self.heading else "Picture")
            self.notes.append(Note(GUESSED, f"what the picture {name} shows"))
        value: Block = {"image": name, "alt": alt[:MAX_ALT_CHARS]}
        if title and title != alt:
            value["caption"] = title[:MAX_CAPTION_CHARS]
        self._add("image", value)

    def _tell_active(self, tags: list[str]) -> None:
        if tags:
            self.notes.append(Note(DROPPED, f"HTML that is active: {', '.join(tags)}"))

    # Nodes.

    def _heading(self, node: SyntaxTreeNode) -> None:
        text, name = html.split_id(plain(node))
        writer = self._writer()
        writer.block(node)
        if text:
            self.heading = text
            self.names |= dict.fromkeys([*self._waiting_names, *filter(None, [name])], text)
            self._waiting_names.clear()
            if len(text) > MAX_HEADING_CHARS:
                self.notes.append(Note(GUESSED, "a heading too long to be one, as bold text"))
                self._prose.append(f"**{write.escape(text)}**")
            else:
                depth = DEPTHS.get(int(node.tag[1]), "detail")
                self._add("heading", {"text": text, "depth": depth})
            # Headings of the portal are plain words: what they linked to comes below them.
            self._prose += writer.links
        self._show(writer.images)

    def _paragraph(self, node: SyntaxTreeNode) -> None:
        self._prose_of(node)

    def _bullet_list(self, node: SyntaxTreeNode) -> None:
        if lists.is_task_list(node):
            writer = self._writer()
            self._add("checklist", lists.checklist(node, self._list_title(), writer))
            self.notes.append(Note(MAPPED, "task list as a checklist"))
            self._show(writer.images)
        elif lists.is_simple(node) and not lists.holds_image(node):
            self._prose_of(node)
        else:
            self._long_list(node)

    def _list_title(self) -> str:
        """The heading right above, which the title then replaces; else words that name the list."""
        if not self.heading:
            return "Checklist"
        self._settle()
        last = self._blocks[-1].get("heading") if self._blocks else None
        if last and last["text"] == self.heading and len(self.heading) <= MAX_TITLE_CHARS:
            self._blocks.pop()
            return self.heading
        return f"{self.heading[: MAX_TITLE_CHARS - 11]}: checklist"

    def _ordered_list(self, node: SyntaxTreeNode) -> None:
        starts_at_one = int(node.attrs.get("start", 1)) == 1
        if lists.is_simple(node) and starts_at_one and not lists.holds_image(node):
            self._prose_of(node)
        else:
            self._long_list(node)

    def _long_list(self, node: SyntaxTreeNode) -> None:
        """A list with code, tables or pictures: Markdown, cut after each entry with a picture."""
        number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        waiting: list[str] = []

        def settle() -> None:
            if waiting:
                self._markdown("\n".join(waiting))
                waiting.clear()

        for position, item in enumerate(node.children):
            writer = self._writer(for_site=True)
            marker = f"{number + position}. " if node.type == "ordered_list" else "- "
            first, *rest = (writer.blocks(item.children) or " ").split("\n")
            waiting.append(marker + first)
            waiting += [(" " * len(marker) + line) if line else "" for line in rest]
            if rest:
                waiting.append("")
            if writer.images:
                settle()
                self._show(writer.images)
        settle()

    def _markdown(self, source: str) -> None:
        source = source.strip("\n")
        if len(source) > MAX_MARKDOWN_CHARS:
            self.notes.append(Note(DROPPED, "the end of a list that is too long"))
            source = source[:MAX_MARKDOWN_CHARS]
        if source.strip():
            self._add("markdown", {"source": source})

    def _fence(self, node: SyntaxTreeNode) -> None:
        source = node.content.rstrip("\n")
        language = node.info.split()[0].strip("{.}") if node.info.strip() else ""
        if not source.strip():
            return
        if language.lower() == "mermaid" and len(source) <= MAX_DIAGRAM_CHARS:
            title = (self.heading or "Diagram")[:MAX_TITLE_CHARS]
            self.notes.append(Note(GUESSED, "what a diagram shows, from its heading"))
            description = f"The diagram of the section “{title}”; its source is the text form."
            self._add("diagram", {"title": title, "source": source, "description": description})
            return
        for start in range(0, len(source), MAX_CODE_CHARS):
            part = source[start : start + MAX_CODE_CHARS]
            self._add("code", {"language": language_of(language), "source": part})

    _code_block = _fence

    def _table(self, node: SyntaxTreeNode) -> None:
        above, writer = self._writer(), self._writer()
        rows = [row.children for part in node.children for row in part.children]
        head, *body = rows
        for cell in head:
            above.inline(cell)
        self._add(
            "table",
            {
                "caption": "",
                "columns": [plain(cell) for cell in head],
                "rows": [[writer.inline(cell) for cell in row] for row in body],
            },
        )
        # The head of a table is plain words, as a heading is.
        self._prose += above.links
        self._show([*above.images, *writer.images])

    def _blockquote(self, node: SyntaxTreeNode) -> None:
        if self._depth == MAX_QUOTE_DEPTH:
            self._prose_of(node)
            return
        alert = callouts.alert_of(node)
        tone = alert[0] if alert else callouts.labelled_tone(node)
        inner = Converter(self._links, self.notes, self._depth + 1)
        inner.heading = self.heading
        blocks = inner.of(node.children)
        if not tone and callouts.is_plain_quote(blocks):
            said = parse(blocks[0]["paragraph"]).children
            if words := "\n\n".join(filter(None, map(plain, said))):
                self._add("quote", {"text": words})
        elif blocks or alert:
            self._callout(tone or "note", alert[1] if alert else "", blocks)

    def _callout(self, tone: str, title: str, blocks: list[Block]) -> None:
        """The prose that begins it; what is no prose follows as blocks of its own."""
        prose = ""
        if blocks and "paragraph" in blocks[0]:
            prose = blocks.pop(0)["paragraph"]
        if not prose:
            if not title:
                self._settle()
                self._blocks += blocks
                return
            prose, title = write.escape(title), ""
        value = {"tone": tone, "body": prose}
        self._add("callout", {**value, "title": title} if title else value)
        self._blocks += blocks

    def _hr(self, node: SyntaxTreeNode) -> None:
        self._settle()

    def _html_block(self, node: SyntaxTreeNode) -> None:
        if html.is_comment(node.content):
            return
        self._tell_active(html.active_tags(node.content[: html.MAX_HTML_CHARS]))
        text = html.to_markdown(node.content)
        if not text:
            return
        self.notes.append(Note(MAPPED, "HTML as Markdown"))
        for child in parse(text).children:
            if child.type == "html_block":
                self._prose.append(write.escape(child.content))
            else:
                getattr(self, f"_{child.type}", self._other)(child)

    def _footnote_block(self, node: SyntaxTreeNode) -> None:
        self._add("heading", {"text": "Notes", "depth": "section"})
        writer = self._writer()
        entries = [writer.blocks(child.children) for child in node.children]
        self._prose.append(write.bullets(entries, ordered=True))
        self._show(writer.images)

    def _dl(self, node: SyntaxTreeNode) -> None:
        writer = self._writer()
        for child in node.children:
            text = writer.block(child) if child.type == "dt" else writer.blocks(child.children)
            self._prose.append(f"**{text}**" if child.type == "dt" and text else text)
        self._show(writer.images)

    def _other(self, node: SyntaxTreeNode) -> None:
        self._prose_of(node)
