"""Single constructs of Markdown, as blocks."""

import pytest

from knowledge.exchange.imports import anchors, content, front_matter
from knowledge.exchange.imports.addresses import Resolver
from knowledge.exchange.imports.convert import convert, portable_blocks
from knowledge.exchange.imports.convert.links import KeepLinks
from knowledge.exchange.imports.dialects import rewrite
from knowledge.exchange.imports.texts import slug_of


def rewritten(source: str, **head: object) -> str:
    return rewrite(source, head)[0]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("## A `b` *c*", [{"heading": {"text": "A b c", "depth": "section"}}]),
        ("#### A {#here}", [{"heading": {"text": "A", "depth": "detail"}}]),
        ("a\n\n- b\n  1. c", [{"paragraph": "a\n\n- b\n  1. c"}]),
        ("a *b* **c** `d` [e](page:f/g)", [{"paragraph": "a *b* **c** `d` [e](page:f/g)"}]),
        ("[a][b]\n\n[b]: page:c/d", [{"paragraph": "[a](page:c/d)"}]),
        ("```py\nx\n```", [{"code": {"language": "python", "source": "x"}}]),
        ("    x\n", [{"code": {"language": "plaintext", "source": "x"}}]),
        ("```\n\n```", []),
        ("> So be it.", [{"quote": {"text": "So be it."}}]),
        ("> See [it](page:a/b).", [{"callout": {"tone": "note", "body": "See [it](page:a/b)."}}]),
        ("> **Warning**: hot", [{"callout": {"tone": "warning", "body": "hot"}}]),
        ("> **Note:** *so* it is", [{"callout": {"tone": "note", "body": "*so* it is"}}]),
        ("> **Tip**\n> Rest", [{"callout": {"tone": "tip", "body": "Rest"}}]),
        ("> **Tip** `a` b", [{"callout": {"tone": "tip", "body": "`a` b"}}]),
        ("> **Hint**: look", [{"callout": {"tone": "tip", "body": "**Hint**: look"}}]),
        ("> **Warning**", [{"callout": {"tone": "warning", "body": "**Warning**"}}]),
        (
            "> [!CAUTION] Very hot\n> Do not touch.",
            [{"callout": {"tone": "danger", "body": "Do not touch.", "title": "Very hot"}}],
        ),
        ("> [!NOTE]\n> Text", [{"callout": {"tone": "note", "body": "Text"}}]),
        ("> [!NOTE] Only a title", [{"callout": {"tone": "note", "body": "Only a title"}}]),
        ("---", []),
        ("<!-- hidden -->", []),
        ("a<br>b <b>c</b> <i>d</i>", [{"paragraph": "a\\\nb **c** *d*"}]),
        (
            '<a href="page:a/b">c</a> <foo> <span>d</span>',
            [{"paragraph": "[c](page:a/b) \\<foo\\> d"}],
        ),
        ("<script>alert(1)</script>\n", []),
        ("<div onclick=x>\n<p>text</p>\n</div>", [{"paragraph": "text"}]),
        ("![A b](c.png)", [{"image": {"image": "c.png", "alt": "A b"}}]),
        (
            'x ![](c.png "T") y',
            [{"paragraph": "x  y"}, {"image": {"image": "c.png", "alt": "T"}}],
        ),
        (
            "| a | b |\n|---|---|\n| `c` | d |",
            [{"table": {"caption": "", "columns": ["a", "b"], "rows": [["`c`", "d"]]}}],
        ),
        (
            "### [A](page:b/c)\n\nd",
            [
                {"heading": {"text": "A", "depth": "subsection"}},
                {"paragraph": "[A](page:b/c)\n\nd"},
            ],
        ),
        ("Term\n: Meaning", [{"paragraph": "**Term**\n\nMeaning"}]),
    ],
)
def test_blocks(source: str, blocks: list) -> None:
    assert portable_blocks(source) == blocks


def test_footnotes_are_listed_at_the_end() -> None:
    blocks = portable_blocks("Text[^1].\n\n[^1]: The *note*.")
    assert blocks == [
        {"paragraph": "Text\\[1\\]."},
        {"heading": {"text": "Notes", "depth": "section"}},
        {"paragraph": "1. The *note*."},
    ]


def test_numbered_lists_with_code_keep_their_numbers_around_pictures() -> None:
    blocks = portable_blocks("1. a\n\n   ```sh\n   x\n   ```\n\n   ![p](q.png)\n\n2. b\n   > c")
    assert [next(iter(one)) for one in blocks] == ["markdown", "image", "markdown"]
    assert blocks[0]["markdown"]["source"].startswith("1. a\n")
    assert "```sh" in blocks[0]["markdown"]["source"]
    assert blocks[2]["markdown"]["source"].startswith("2. b")


def test_a_list_that_does_not_begin_at_one_keeps_its_numbers() -> None:
    assert portable_blocks("3. a\n4. b") == [{"markdown": {"source": "3. a\n4. b"}}]


def test_words_that_look_like_markup_stay_words() -> None:
    blocks = portable_blocks("1\\. a\n\n\\- b \\* c \\[d] 5 * 3 a_b_c <https://x.example>")
    again = portable_blocks(blocks[0]["paragraph"])
    assert again == blocks


def test_a_task_keeps_what_a_plain_line_cannot() -> None:
    long = "word " * 60
    # The heading became the title: it stands there once.
    (block,) = portable_blocks(
        f"## Before\n\n- [ ] see [it](page:a/b)\n- [X] {long}\n- [ ] c\n\n  more"
    )
    steps = block["checklist"]["steps"]
    assert block["checklist"]["title"] == "Before"
    assert steps[0] == {"task": "see it", "detail": "see [it](page:a/b)"}
    assert len(steps[1]["task"]) <= 200
    assert steps[1]["task"].endswith("…")
    assert steps[2] == {"task": "c", "detail": "more"}


def test_tasks_away_from_their_heading_are_named_after_it() -> None:
    blocks = portable_blocks("## Before\n\nText\n\n- [ ] a\n- [ ] b")
    assert blocks[0]["heading"]["text"] == "Before"
    assert blocks[2]["checklist"]["title"] == "Before: checklist"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Date: 2020-04-08\n\nWe log with care here.", "We log with care here."),
        ("- [a](#a)\n- [b](#b)\n\nThis is the style guide.", "This is the style guide."),
        ("It is meant to:\n\n- help\n- guide", "It is meant to: help; guide"),
        ("We use many tools. Among them are:\n\n- a", "We use many tools."),
        ("[A](page:b/c)\n\nThis says what it is.", "This says what it is."),
        ("Short.", "Short."),
    ],
)
def test_the_first_words_say_something(source: str, words: str) -> None:
    assert content.first_words(portable_blocks(source)) == words


def test_a_first_heading_that_only_repeats_the_title_goes() -> None:
    heading = {"heading": {"text": "KubePodCrash-Looping", "depth": "section"}}
    rest = [{"paragraph": "x"}]
    assert content.without_title([heading, *rest], "Kube pod crash looping") == rest
    assert content.without_title([heading, *rest], "Something else") == [heading, *rest]


def test_a_list_with_one_box_among_many_is_no_checklist() -> None:
    assert portable_blocks("- a\n- b\n- [ ] c") == [{"paragraph": "- a\n- b\n- ☐ c"}]


def test_tasks_below_a_task_can_be_ticked_too() -> None:
    source = "- [ ] a\n  - [x] b [c](page:d/e)\n  - [ ] f\n- [ ] g\n  - h"
    (block,) = portable_blocks(source)
    assert block["checklist"]["steps"] == [
        {"task": "a"},
        {"task": "b c", "detail": "b [c](page:d/e)"},
        {"task": "f"},
        {"task": "g", "detail": "- h"},
    ]


def test_html_tables_become_tables() -> None:
    html = "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
    assert portable_blocks(html)[0]["table"]["rows"] == [["b"]]


def test_names_of_places_are_told() -> None:
    converted = convert('<a name="old"></a>\n\n## New name\n\n### Other {#mine}', KeepLinks())
    assert converted.names == {"old": "New name", "mine": "Other"}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('!!! warning "Hot"\n    a\n\n    b\nc', "> [!WARNING] Hot\n>\n> a\n>\n> b\n\nc"),
        ("??? tip\n    a", "> [!TIP]\n>\n> a\n"),
        ('=== "T"\n    a', "**T**\n\na\n"),
        (":::danger Mind\na\n:::", "> [!CAUTION] Mind\n>\n> a\n"),
        ("^Note this^", "> [!NOTE]\n>\n> Note this\n"),
        ("%Mind this%", "> [!WARNING]\n>\n> Mind this\n"),
        ("$E\nx\n$E", "> [!NOTE] Example\n>\n> x\n"),
        ('{{< hint type="info" title="T" >}}\na\n{{< /hint >}}', "> [!NOTE] T\n>\n> a\n"),
        ('[x]({{< ref "./a.md" >}})', "[x](./a.md)"),
        ('see {{< ref "./a.md#b" >}}', "see [a](./a.md#b)"),
        ("[a](b.md#Some Place)", "[a](b.md#Some%20Place)"),
        ('[a](b c.md "A title")', '[a](b%20c.md "A title")'),
        ("[a](b is not an address)", "[a](b is not an address)"),
        (
            "<% content_for :sidebar do %>\n    <ul>\n    </ul>\n<% end %>\n# A",
            "# A\n\n<ul>\n</ul>",
        ),
        ('{{< figure src="a b.png" alt="c" >}}', "![c](a%20b.png)"),
        ("![a](b){width=300}", "![a](b)"),
        ("[TOC]\n", "\n"),
        ("# <%= current_page.data.title %>", "# Told"),
        ("<%= warning_text('Do not') %>", "\n> [!WARNING]\n>\n> Do not\n"),
        ("a <% if x %>b<% end %>", "a b"),
        ("--8<-- 'other.md'", ""),
    ],
)
def test_dialects(source: str, told: str) -> None:
    assert rewritten(source, title="Told").strip("\n") == told.strip("\n")


@pytest.mark.parametrize(
    "source",
    [
        "```\n!!! note\n    x\n```",
        "```erb\n<%= x %>\n```",
        "`<%= x %>` and `{{< y >}}`",
        "~~~\n{{< hint >}}\n~~~",
        "100% of 5 ^ 3 and $5",
        "::: not closed\ntext",
        "{{< hint info >}}",
    ],
)
def test_code_and_lookalikes_are_left_alone(source: str) -> None:
    assert rewritten(source).strip() == (source if "hint info" not in source else "")


@pytest.mark.parametrize(
    ("source", "head", "problem"),
    [
        ("---\na: 1\n---\nx", {"a": 1}, ""),
        ('+++\na = "b"\n+++\nx', {"a": "b"}, ""),
        ("---\na: [\n---\nx", {}, "malformed front matter"),
        ("+++\na = \n+++\nx", {}, "malformed front matter"),
        ("---\nx\n---\ny", {}, ""),
        ("---\n---\nx", {}, ""),
        ("x\n---\na: 1\n---\n", {}, ""),
        ("---\na: &b 1\nc: *b\n---\nx", {}, "malformed front matter: aliases"),
        (f"---\na: {'x' * 30_000}\n---\nx", {}, "the front matter is too long"),
    ],
)
def test_front_matter(source: str, head: dict, problem: str) -> None:
    data, rest, told = front_matter.split(source)
    assert data == head
    assert told.startswith(problem) if problem else told == ""
    assert rest.strip()


def test_addresses_are_read_as_the_sites_read_them() -> None:
    refs = [
        "README.md",
        "docs/index.md",
        "docs/a.md",
        "docs/b/README.md",
        "docs/b/c.html.md.erb",
        "docs/Images/p q.png",
        "content/x/_index.md",
    ]
    resolver = Resolver(refs)

    def ref(address: str, here: str = "docs/a.md") -> str:
        return resolver.resolve(address, here).ref

    assert ref("b/c.html") == "docs/b/c.html.md.erb"
    assert ref("/b/c.html") == "docs/b/c.html.md.erb"
    assert ref("./b/c.html.md.erb#x") == "docs/b/c.html.md.erb"
    assert ref("b/") == "docs/b/"
    assert ref("b/README.md") == "docs/b/README.md"
    assert ref("../a/", "docs/b/README.md") == "docs/a.md"
    assert ref("A.MD") == "docs/a.md"
    assert ref("Images/p%20q.png") == "docs/Images/p q.png"
    assert ref("/x") == "content/x/"
    assert ref("../") == "README.md"
    assert ref("../../../etc/passwd") == ""
    assert ref("nothing.md") == ""
    assert resolver.resolve("#here", "docs/a.md").is_here
    assert resolver.resolve("//host/x", "docs/a.md").host == "https://host/x"
    assert resolver.resolve("HTTPS://host/x", "docs/a.md").host == "HTTPS://host/x"
    for address in ("javascript:x", "file:///etc/passwd", "data:,x", "http://[x"):
        assert resolver.resolve(address, "docs/a.md").host == ""


def test_addresses_that_files_and_wikis_give_are_read() -> None:
    refs = ["docs/a.md", "docs/02-Set up/01-first-steps.md", "wiki/Home-Page.md", "wiki/i/p.png"]
    resolver = Resolver(refs, [("docs/a.md", "/start/"), ("docs/a.md", "begin")])

    def ref(address: str, here: str = "docs/a.md") -> str:
        return resolver.resolve(address, here).ref

    assert ref("/start/") == ref("/start") == ref("begin", "docs/b.md") == "docs/a.md"
    assert ref("Set up/first-steps") == "docs/02-Set up/01-first-steps.md"
    assert ref("/project/docs/a") == "docs/a.md"
    assert ref("wiki:Home%20Page|") == ref("wiki:text|home%20page") == "wiki/Home-Page.md"
    assert ref("wiki:Nothing|") == ""
    assert ref("wiki:p.png|") == "wiki/i/p.png"
    assert resolver.resolve("wiki:Home%20Page%23A%20b|", "docs/a.md").fragment == "A b"
    assert resolver.resolve("wiki:%23Here|", "docs/a.md").is_here


def test_anchors_are_found_by_every_spelling() -> None:
    body = [
        {"overview": {"body": "x"}},
        {"heading": {"text": "2. Install & run", "depth": "section"}},
        {"heading": {"text": "Overview", "depth": "section"}},
        {"heading": {"text": "security.txt", "depth": "section"}},
        {"heading": {"text": "Notes", "depth": "section"}},
        {"heading": {"text": "Notes", "depth": "section"}},
    ]
    known = anchors.of("The title", body, {"Old": "Notes"})
    for spelling, anchor in (
        ("2-install--run", "2-install-run"),
        ("2-install-run", "2-install-run"),
        ("install--run", "2-install-run"),
        ("overview", "overview-2"),
        ("security-txt", "securitytxt"),
        ("notes", "notes"),
        ("Notes-1", "notes-2"),
        ("old", "notes"),
        ("the-title", ""),
    ):
        assert anchors.find(known, spelling) == anchor, spelling
    assert anchors.find(known, "nowhere") is None


def test_anchors_of_a_decision_are_those_its_headings_had() -> None:
    body = [{"context": {"body": "x"}}, {"decision": {"body": "y"}}]
    found = anchors.of("Title", body, {})
    assert anchors.find(found, "context-and-problem-statement") == "context"
    assert anchors.find(found, "decision-outcome") == "decision"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NodeRAIDDegraded", "node-raid-degraded"),
        ("etcdMembersDown", "etcd-members-down"),
        ("CI-CD", "ci-cd"),
        ("a_b c", "a-b-c"),
        ("漢字", "page"),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("source", "block"),
    [
        (
            "## Deploy <service> to <b>prod</b><!-- x -->",
            {"heading": {"text": "Deploy <service> to prod", "depth": "section"}},
        ),
        ("> Ask <your-name>.", {"quote": {"text": "Ask <your-name>."}}),
        (
            "| <env> |\n|---|\n| d |",
            {"table": {"caption": "", "columns": ["<env>"], "rows": [["d"]]}},
        ),
    ],
)
def test_placeholders_stay_where_words_are_plain(source: str, block: dict) -> None:
    assert portable_blocks(source) == [block]


def test_links_find_a_heading_with_a_placeholder_as_other_sites_spell_it() -> None:
    body = [{"heading": {"text": "Deploy <service> to prod", "depth": "section"}}]
    known = anchors.of("Title", body, {})
    for spelling in ("deploy-service-to-prod", "deploy--to-prod", "deploy-to-prod"):
        assert anchors.find(known, spelling) == "deploy-service-to-prod", spelling


def test_what_the_head_of_a_table_links_to_and_shows_comes_below_it() -> None:
    blocks = portable_blocks("| [A](page:b/c) | ![P](q.png) |\n|---|---|\n| [d](page:e/f) | g |")
    assert blocks == [
        {"table": {"caption": "", "columns": ["A", "P"], "rows": [["[d](page:e/f)", "g"]]}},
        {"paragraph": "[A](page:b/c)"},
        {"image": {"image": "q.png", "alt": "P"}},
    ]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("> ```sh\n> x\n> ```", [{"code": {"language": "bash", "source": "x"}}]),
        ("> <p>a</p>", [{"quote": {"text": "a"}}]),
        ("> a\n>\n> <p>b</p>", [{"quote": {"text": "a\n\nb"}}]),
        (">", []),
    ],
)
def test_a_quotation_keeps_what_is_no_running_text(source: str, blocks: list) -> None:
    assert portable_blocks(source) == blocks


LONG = "This sentence is far too long to be the title of anything, " * 3


@pytest.mark.parametrize(
    ("source", "body"),
    [
        (f"> [!WARNING] {LONG}\n> Rest.", f"{LONG} Rest.".replace("  ", " ")),
        ("> [!WARNING] See [it](page:a/b)\n>\n> Rest.", "See [it](page:a/b)\n\nRest."),
        ('> [!WARNING] See <a href="page:a/b">it</a>', "See [it](page:a/b)"),
        ("> [!WARNING] See https://x.example", "See [https://x.example](https://x.example)"),
    ],
)
def test_a_title_that_is_a_sentence_begins_the_text_of_the_box(source: str, body: str) -> None:
    assert portable_blocks(source) == [{"callout": {"tone": "warning", "body": body}}]


def test_the_title_of_a_box_keeps_its_placeholder() -> None:
    (block,) = portable_blocks("> [!TIP] Ask *the* <owner> `now`\n> Rest")
    assert block["callout"] == {"tone": "tip", "body": "Rest", "title": "Ask the <owner> now"}


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ('<iframe src="https://x.example"></iframe>', "iframe"),
        ('<div>\n<video src="a.mp4"></video>\n<embed src="b">\n</div>', "video, embed"),
        ("<form>\n<label>Name</label>\n</form>", "form"),
        ("<noscript>\nWithout\n</noscript>", "noscript"),
        ("<noscript>Still here</noscript>", ""),
        ("<script>alert(1)</script>", "script"),
        ("<div><svg><text>Words</text></svg></div>", "svg"),
        ('Look: <video src="a.mp4"></video>', "video"),
        ('- Look: <video src="a.mp4"></video>', "video"),
        ('> Look: <video src="a.mp4"></video>', "video"),
        ('<script src="x.js"></script>', ""),
        ("<div>\n<!-- <iframe> -->\na\n</div>", ""),
        ("`<iframe>`", ""),
    ],
)
def test_active_html_that_goes_is_told(source: str, tags: str) -> None:
    told = [one.what for one in convert(source, KeepLinks()).notes if one.sort == "left"]
    assert told == ([f"HTML that is active: {tags}"] if tags else [])
