"""The real playbooks that lie beside the project, where there are any. Nothing of them is kept."""

from pathlib import Path

import pytest

from knowledge.exchange.imports import run
from tests.factories import CategoryFactory, person
from tests.knowledge.exchange.imports import acceptance

CORPORA = Path(__file__).resolve().parents[5] / "shared" / "corpora"
NAMES = ("prometheus-runbooks", "gds-way", "code-with-engineering-playbook")


@pytest.mark.parametrize("name", NAMES)
def test_a_real_playbook_arrives_whole(home: object, name: str) -> None:
    folder = CORPORA / name
    if not folder.is_dir():
        pytest.skip("the corpora are not on this machine")
    CategoryFactory(slug="operations")
    by = person("Administrators")
    report = run.run(run.Options(folder=folder, under=f"operations/{name}", by=by))
    count = acceptance.check(folder, report)
    assert [(one.file, one.what) for one in count.faults] == []
    again = run.run(run.Options(folder=folder, under=f"operations/{name}", by=by))
    assert not {"published", "conflict"} & set(again.counts())
