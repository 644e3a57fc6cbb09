"""Files that the tests make lie in a folder of their own."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.knowledge.exchange.pages import Rich, make_rich


@pytest.fixture(autouse=True)
def own_folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.PORTAL_DOWNLOADS_DIR = tmp_path / "downloads"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def rich(home: object) -> Rich:
    return make_rich()
