"""Source code with coloured words."""

import time

import pytest

from templates_lib.code_colours import (
    LANGUAGES,
    MAX_COLOURED_CHARS,
    MAX_COLOURED_LINE_CHARS,
    highlight,
    language_of,
)
from tests.templates_lib.helpers import HOSTILE, assert_harmless_html, soup

# Each kept the lexer of some language busy before the limits were there.
SLOW = [
    "a b ",
    " ",
    "\t",
    "/*\n",
    "<!--\n",
    "<<E\n",
    "function ",
    "class a\n",
    "a.",
    "[",
    "0x",
    "&",
    "${",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_shows_the_source_as_it_is(language):
    source = f"\n  if x < 1 && y: {HOSTILE}\n\n# end"
    html = highlight(source, language)
    assert soup(html).code.text == source
    assert soup(html).code["class"] == [f"language-{language}"]
    assert_harmless_html(html)


@pytest.mark.parametrize("piece", SLOW)
def test_colouring_is_quick_whatever_the_source(piece):
    row = (piece * 300)[:299].rstrip("\n") + "\n"
    long_lines = (row * 30)[:MAX_COLOURED_CHARS]
    short_lines = (piece * MAX_COLOURED_CHARS)[:MAX_COLOURED_CHARS]
    for language in ("java", "terraform", "typescript", "markdown", "python", "go"):
        # Each takes a part of a second, or without the limits minutes: whatever the machine does.
        before = time.process_time()
        highlight(long_lines, language)
        highlight(short_lines, language)
        assert time.process_time() - before < 20, language


def test_words_of_a_language_have_classes_and_no_styles():
    page = soup(highlight("def f(): pass", "python"))
    assert page.find("span", class_="k").text == "def"
    assert not page.find(style=True)
    assert page.pre["tabindex"] == "0", "long lines scroll, also by keyboard"


def test_java_is_coloured_too():
    page = soup(highlight("public class A { int f(int a) { return a; } }", "java"))
    assert {"public", "class"} <= {span.text for span in page.find_all("span", class_="kd")}


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("py", "python"),
        ("YAML", "yaml"),
        ("sh", "bash"),
        ("brainfuck", "plaintext"),
        ("", "plaintext"),
    ],
)
def test_language_is_known_by_its_short_names(name, language):
    assert language_of(name) == language


@pytest.mark.parametrize(
    "source", ["x = 1\n" * MAX_COLOURED_CHARS, "x = " + "1" * MAX_COLOURED_LINE_CHARS]
)
def test_long_source_is_shown_plain(source):
    page = soup(highlight(source, "python"))
    assert not page.find("span", class_="mi")
    assert page.code.text == source.rstrip("\n")
    assert page.code["class"] == ["language-python"]


def test_line_ends_of_other_systems_are_taken():
    assert soup(highlight("a\r\nb  \r\n", "")).code.text == "a\nb"
    assert soup(highlight(None)).code.text == ""
