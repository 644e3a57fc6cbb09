import pytest

from knowledge.practice.models import Run
from tests.factories import person
from tests.knowledge.practice.runs.helpers import checklist, start


@pytest.fixture
def lead():
    return person("Editors")


@pytest.fixture
def run(lead) -> Run:
    """A run of a checklist, led by ``lead``."""
    return start(checklist(), lead)
