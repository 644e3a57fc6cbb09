"""What the repository says about itself holds."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def read(path: str) -> str:
    return (ROOT / path).read_text()


def image_version(service: str) -> str:
    return COMPOSE["services"][service]["image"].split(":")[1]


def test_tests_and_compose_run_the_same_elasticsearch_and_the_client_fits() -> None:
    (tested,) = re.findall(
        r"^ELASTICSEARCH_VERSION=(\S+)", read("deploy/services/elasticsearch.sh"), re.M
    )
    assert image_version("elasticsearch") == tested
    assert tested.startswith("8.19.")
    (client,) = re.findall(r"^elasticsearch==(\d+)\.", read("requirements/base.txt"), re.M)
    assert tested.split(".")[0] == client


def test_tests_and_compose_run_the_same_major_of_postgresql_and_redis() -> None:
    containers = read("deploy/services/containers.sh")
    for service, name in (("postgres", "postgres"), ("redis", "redis")):
        (tested,) = set(re.findall(rf"library/{name}:(\d+)", containers))
        assert image_version(service).split(".")[0] == tested


def test_the_readme_names_both_commands_and_make_knows_them() -> None:
    readme, makefile = read("README.md"), read("Makefile")
    for command in ("demo", "test"):
        assert f"make {command}" in readme
        assert re.search(rf"^{command}:", makefile, re.M)


def test_every_recipe_that_a_document_names_exists() -> None:
    recipes = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.M))
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        code = " ".join(re.findall(r"`[^`]+`|```.*?```", path.read_text(), re.S))
        named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code))
        assert named <= recipes, path.name


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_variable_of_the_settings_is_explained() -> None:
    """A variable that nobody knows of is never set."""
    sources = [read(str(path)) for path in (ROOT / "portal/settings").rglob("*.py")]
    named = {name for source in sources for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)}
    explained = read("docs/operator.md") + read("deploy/env.example")
    assert sorted(name for name in named if name not in explained) == []


def test_commands_that_the_operators_page_names_exist() -> None:
    from django.core.management import get_commands

    table = re.findall(r"^\| `([a-z_]+)[` ]", read("docs/operator.md"), re.M)
    assert table
    assert set(table) <= set(get_commands())


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda path: path.name
)
def test_a_decision_record_has_its_parts(path: Path) -> None:
    text = path.read_text()
    assert re.match(rf"# {path.name[:4]} \S", text)
    assert "Status: " in text
    for part in ("## Context", "## Decision", "## Consequences"):
        assert part in text


def test_decision_records_that_are_named_exist() -> None:
    there = {path.name[:4] for path in (ROOT / "docs/adr").glob("*.md")}
    tracked = subprocess.run(
        ["git", "ls-files", "*.py", "*.md", "*.toml", "*.html", "*.css", "*.js"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    for name in tracked:
        if (ROOT / name).exists():
            found = set(re.findall(r"(?:docs/adr/|ADR )(\d{4})", read(name)))
            assert found <= there, f"{name}: {sorted(found - there)}"


def test_every_dependency_says_what_it_is_for() -> None:
    section = read("pyproject.toml").split("dependencies = [")[1].split("\n]")[0]
    for line in section.splitlines():
        if line.strip().startswith('"'):
            assert "#" in line, line


def test_packages_are_pinned_with_their_hashes() -> None:
    for path in ("requirements/base.txt", "requirements/dev.txt"):
        pinned = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,]+\])?==\S+", read(path), re.M)
        assert pinned
        assert len(re.findall(r"--hash=sha256:", read(path))) >= len(pinned)


def test_no_secret_and_no_generated_file_is_kept() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    for name in tracked:
        assert not re.search(r"(^|/)(\.env|.*\.sqlite3|.*\.pyc|node_modules|\.venv)(/|$)", name), (
            name
        )
    for name in tracked:
        if name.endswith((".py", ".yml", ".toml", ".sh", ".example")) and not name.startswith(
            "tests/"
        ):
            assert "BEGIN PRIVATE KEY" not in read(name), name


def test_the_deployed_image_brings_what_the_code_reads() -> None:
    copied = set(re.findall(r"^COPY (?!--from)(\S+)", read("deploy/Dockerfile"), re.M))
    assert {
        "docs",
        "fixtures",
        "static",
        "templates_lib",
        "knowledge",
        "search",
        "portal",
    } <= copied


def test_django_and_wagtail_are_those_that_were_decided_for() -> None:
    wanted = " ".join(PROJECT["project"]["dependencies"])
    assert "wagtail==8.0.1" in wanted
    assert "django>=5.2" in wanted
