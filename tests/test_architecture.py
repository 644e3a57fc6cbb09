"""Rules of the house that no single module can see."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("portal", "search", "knowledge", "templates_lib")


def files(pattern: str, *folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders or PACKAGES
        for path in (ROOT / folder).rglob(pattern)
        if "migrations" not in path.parts
    )


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_only_go_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_block_library_knows_none_of_our_models() -> None:
    """Strings count as imports: "catalog.Artifact" in a chooser would bind the library to us."""
    named = re.compile(r"""["'](catalog|governance|practice|exchange|search|accounts)\.[A-Z]""")
    for path in files("*.py", "templates_lib"):
        source = path.read_text()
        assert not named.search(source), name(path)
        assert "knowledge." not in source, name(path)
    for path in files("*.html", "templates_lib"):
        assert "{% url" not in path.read_text() or "diagram" in path.read_text(), name(path)


INLINE = {
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(
        r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("what", INLINE)
def test_templates_bring_nothing_that_the_policy_would_block(what: str) -> None:
    found = [name(path) for path in files("*.html") if INLINE[what].search(path.read_text())]
    assert found == [], what


def test_templates_ask_for_no_pages_past_the_visibility_rule() -> None:
    past = re.compile(r"\.(get_children|get_descendants|get_siblings|get_ancestors|get_parent)\b")
    found = [name(path) for path in files("*.html") if past.search(path.read_text())]
    assert found == []


def test_nothing_is_marked_safe_without_a_reason() -> None:
    for path in files("*.py"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if "mark_safe(" in line and "import" not in line:
                assert "# noqa: S308 - " in line, f"{name(path)}:{number}"
    for path in files("*.html"):
        source = path.read_text()
        assert "|safe" not in source, name(path)
        assert "autoescape off" not in source, name(path)


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def test_services_take_their_arguments_by_name() -> None:
    """Whoever acts is called ``by``; a service that takes it is called with names only."""
    services = [path for path in files("*.py", "knowledge") if "services" in path.parts]
    assert services
    for path in services:
        for function in _functions(path):
            names = [argument.arg for argument in function.args.kwonlyargs]
            if "by" in [*names, *(argument.arg for argument in function.args.args)]:
                assert not function.args.args, f"{name(path)}: {function.name}"


def test_services_know_no_requests() -> None:
    for path in files("*.py", "knowledge"):
        if "services" in path.parts:
            assert "HttpRequest" not in path.read_text(), name(path)
            assert "django.contrib.messages" not in path.read_text(), name(path)


def test_every_block_family_has_tests() -> None:
    families = {path.parent.name for path in (ROOT / "templates_lib").glob("*/blocks.py")}
    tested = {path.parent.name for path in (ROOT / "tests/templates_lib").glob("*/test_*.py")}
    assert families
    assert families <= tested


def test_every_room_has_tests() -> None:
    for room in ("catalog", "practice", "governance", "exchange"):
        assert list((ROOT / "tests/knowledge" / room).rglob("test_*.py")), room
    for package in ("portal", "search"):
        assert list((ROOT / "tests" / package).rglob("test_*.py")), package


def test_no_test_file_is_empty() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        assert re.search(r"^\s*(async )?def test_", path.read_text(), re.MULTILINE), name(path)


def test_production_code_does_not_ask_whether_it_is_under_test() -> None:
    asks = re.compile(r"\bpytest\b|settings\.TEST\b|['\"]test['\"] in sys\.argv")
    for path in files("*.py"):
        assert not asks.search(path.read_text()), name(path)


def test_the_catalogue_and_those_above_it_print_nothing() -> None:
    for path in files("*.py"):
        if "settings" not in path.parts:
            assert not re.search(r"^\s*print\(", path.read_text(), re.MULTILINE), name(path)
