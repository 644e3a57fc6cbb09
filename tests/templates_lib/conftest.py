"""The block library by itself: nobody gives its blocks values from elsewhere."""

import pytest

from templates_lib.metrics import live


@pytest.fixture(autouse=True)
def no_source_of_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_sources", [])
