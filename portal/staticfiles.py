"""Static files: those that lie beside their block, and the names that browsers know them by."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage
from django.utils._os import safe_join
from whitenoise.storage import CompressedManifestStaticFilesStorage

SUFFIXES = (".css", ".js")


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, each made once: the manifest does not change while a process lives.

    A page names some thirty files; making their addresses anew took a tenth of its time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]


class BlockAssetsFinder(BaseFinder):
    """Serves ``templates_lib/<family>/<file>`` as ``<family>/<file>``: styles and scripts only."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=settings.BASE_DIR / "templates_lib")

    def check(self, **kwargs: object) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        if path.endswith(SUFFIXES) and self.storage.exists(path):
            found = safe_join(self.storage.location, path)
            return [found] if find_all else found
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for folder in sorted(self.storage.listdir("")[0]):
            for name in sorted(self.storage.listdir(folder)[1]):
                path = f"{folder}/{name}"
                if name.endswith(SUFFIXES) and not matches_patterns(
                    path, list(ignore_patterns or [])
                ):
                    yield path, self.storage
