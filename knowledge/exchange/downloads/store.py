"""Finished files on disk, named by what they were made from, so that none is ever out of date.

The folder is not served by any web server: private artifacts lie in it too. Losing it loses
nothing.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

# Files of one page: formats, readers with other rights, and some earlier versions.
MAX_FILES_PER_PAGE = 24


def path_of(page_id: int, digest: str, extension: str) -> Path:
    return (
        Path(settings.PORTAL_DOWNLOADS_DIR)
        / str(page_id % 1000)
        / str(page_id)
        / f"{digest}.{extension}"
    )


def put(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, and let the oldest of its page go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    prune(path.parent)


def prune(folder: Path) -> None:
    files = [(one.stat().st_mtime, one) for one in folder.iterdir() if one.is_file()]
    for _age, old in sorted(files, reverse=True)[MAX_FILES_PER_PAGE:]:
        old.unlink(missing_ok=True)


def digest(content: bytes) -> str:
    """The name of a file that is kept under its own content."""
    return hashlib.sha256(content).hexdigest()[:32]
