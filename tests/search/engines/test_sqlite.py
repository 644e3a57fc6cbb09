"""The same tests once more on SQLite: matching and schema differ there from PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

from search.engines import schema
from search.engines.database.matching import SqliteMatcher
from search.language.text import parse

ROOT = Path(__file__).resolve().parents[3]
SUITES = (
    "tests/search/querying/test_relevance.py",
    "tests/search/querying/test_facets.py",
    "tests/search/querying/test_access.py",
    "tests/search/querying/test_hostile.py",
    "tests/search/indexing/test_entries.py",
    "tests/search/views/test_suggest.py",
)


def test_the_database_engine_passes_its_tests_on_sqlite():
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    settings = ["--ds=tests.search.engines.sqlite_settings", "-k", "not elasticsearch and not node"]
    done = subprocess.run(
        [*command, *settings, *SUITES],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "passed" in done.stdout


def test_what_was_typed_is_quoted():
    match = SqliteMatcher().match(parse('rollback"; DROP -x"y \'z'), ())
    query = match.source_parameters[0]
    assert query.count('"') % 2 == 0
    assert "DROP" not in match.source


def test_the_schema_can_be_installed_again():
    statements = schema._SQLITE
    assert statements[:4] == schema._SQLITE_DROP
