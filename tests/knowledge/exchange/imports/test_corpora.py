"""A real playbook that lies beside the project, where there is one. Nothing of it is kept.

One is enough on every run: all three take minutes; what they showed has tests of its own
(test_dialects, test_strange_folders, test_convert), and docs/editor.md says how they arrived.
"""

from pathlib import Path

import pytest

from knowledge.exchange.imports import run
from tests.factories import CategoryFactory, person
from tests.knowledge.exchange.imports import acceptance

CORPORA = Path(__file__).resolve().parents[5] / "shared" / "corpora"
NAME = "gds-way"


def test_a_real_playbook_arrives_whole(home: object) -> None:
    folder = CORPORA / NAME
    if not folder.is_dir():
        pytest.skip("there is none beside this checkout")
    CategoryFactory(slug="operations")
    by = person("Administrators")
    report = run.run(run.Options(folder=folder, under=f"operations/{NAME}", by=by))
    count = acceptance.check(folder, report)
    assert [(one.file, one.what) for one in count.faults] == []
    again = run.run(run.Options(folder=folder, under=f"operations/{NAME}", by=by))
    assert not {"published", "conflict"} & set(again.counts())
