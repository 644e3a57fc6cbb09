"""The tree that PDF and DOCX are made from."""

from knowledge.exchange.downloads.nodes import from_markdown
from knowledge.exchange.downloads.pdf.fit import CODE_WRAP_COLUMNS, spelt_out, to_page
from knowledge.exchange.downloads.pictures import Picture


def words(nodes: list) -> str:
    def of(one: object) -> str:
        if isinstance(one, str):
            return one
        if isinstance(one, list):
            return "".join(map(of, one))
        if isinstance(one, dict):
            return of(one.get("x", "")) + of(one.get("c", [])) + of(one.get("rows", []))
        return ""

    return of(nodes)


def a_picture(**size: int) -> Picture:
    return Picture(
        1, "a.png", "image/png", size.get("w", 100), size.get("h", 50), "/m/a.png", "x", None
    )


def test_levels_begin_at_one_and_never_skip() -> None:
    nodes = from_markdown("## A\n\n##### B\n\n## C\n\n# D")
    assert [(one["l"], one["c"]) for one in nodes] == [
        (1, ["A"]),
        (2, ["B"]),
        (1, ["C"]),
        (1, ["D"]),
    ]


def test_headings_of_the_same_name_get_anchors_of_their_own() -> None:
    nodes = from_markdown("## A\n\n## A\n\n[to](#a-2) [lost](#b)")
    assert [one["id"] for one in nodes[:2]] == ["a", "a-2"]
    link, _space, lost = nodes[2]["c"]
    assert link == {"t": "a", "to": "a-2", "c": ["to"]}
    assert lost == {"t": "span", "c": ["lost"]}


def test_tasks_have_boxes() -> None:
    (node,) = from_markdown("- [ ] one\n- [x] two")
    assert node["ticks"] is True
    assert [one["c"][0]["c"] for one in node["c"]] == [["☐ ", "one"], ["☑ ", "two"]]


def test_a_list_with_one_box_keeps_its_bullets() -> None:
    (node,) = from_markdown("- [ ] one\n- two")
    assert node["ticks"] is False
    assert "☐ one" in words([node])


def test_only_breaks_are_html() -> None:
    (node,) = from_markdown("a<br>b <b>bold</b> <script>x</script>")
    assert {"t": "br"} in node["c"]
    assert "<b>bold</b> <script>x</script>" in words([node])


def test_addresses_of_other_kinds_are_no_links() -> None:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//host/x"):
        (node,) = from_markdown(f"[a]({address})")
        assert "url" not in str(node)
        assert words([node]).startswith("a") or words([node]).startswith("[a]")


def test_an_image_that_is_not_given_is_its_description() -> None:
    (node,) = from_markdown("![Four stages](https://example.org/x.png)")
    assert words([node]) == "[Four stages]"


def test_an_image_alone_fits_the_page() -> None:
    (node,) = to_page(from_markdown("![Wide](x)", {"x": a_picture(w=2000, h=1000)}))
    assert (node["t"], node["w"], node["h"]) == ("img", 459, 229.5)
    (node,) = to_page(from_markdown("![Tall](x)", {"x": a_picture(w=100, h=4000)}))
    assert node["h"] == 560


def test_an_image_in_a_line_is_as_high_as_the_line() -> None:
    (node,) = to_page(from_markdown("see ![it](x) here", {"x": a_picture(w=100, h=50)}))
    image = node["c"][1]
    assert (image["h"], image["w"]) == (16, 32)


def test_table_cells_keep_their_side_and_break_long_words() -> None:
    long = "x" * 60
    (node,) = to_page(from_markdown(f"| a | b |\n| --- | --: |\n| {long} | 1<br>2 |"))
    assert node["align"] == ["left", "right"]
    assert words([node]).replace("\u200b", "") == f"{long}12"
    assert "\u200b" in words([node])


def test_long_lines_of_code_are_set_smaller_then_wrapped() -> None:
    assert to_page(from_markdown("```\nx\n```"))[0]["size"] == 8
    assert to_page(from_markdown(f"```\n{'x' * 100}\n```"))[0]["size"] == 7.2
    node = to_page(from_markdown(f"```\n{'x' * 300}\n```"))[0]
    assert node["size"] == 6.4
    assert max(map(len, node["x"].split("\n"))) == CODE_WRAP_COLUMNS
    assert node["x"].replace("\n", "") == "x" * 300


def test_headings_in_quotations_stay_out_of_the_contents() -> None:
    (node,) = from_markdown("> ## Not a section\n>\n> text")
    assert node["t"] == "quote"
    assert node["c"][0] == {"t": "p", "c": [{"t": "b", "c": ["Not a section"]}]}


def test_ordered_lists_keep_their_number_and_nesting() -> None:
    (node,) = from_markdown("3. three\n   - inner\n4. four")
    assert node["start"] == 3
    assert node["c"][0]["c"][1]["t"] == "ul"


def test_pictographs_are_spelt_out() -> None:
    data = {"a": ["Lock \U0001f510, tick ✅\ufe0f, arrow →"]}
    assert spelt_out(data) == {
        "a": ["Lock [closed lock with key], tick [white heavy check mark], arrow →"]
    }
