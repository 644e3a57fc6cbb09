"""Starts the process that draws, and takes what it leaves."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TIMEOUT_SECONDS = 20
_WORKER = Path(__file__).resolve().with_name("worker.py")


class NoDrawing(ValueError):
    """The file cannot be drawn: it is broken, too big, or names other files."""


def to_png(source: Path, target: Path) -> None:
    """Draw ``source`` into the file ``target``; the same source gives the same bytes.

    Raises:
        NoDrawing: it cannot be drawn within the limits.
    """
    with tempfile.TemporaryDirectory(prefix="drawing-") as name:
        folder = Path(name)
        shutil.copyfile(source, folder / "drawing.svg")
        try:
            subprocess.run(  # noqa: S603 - our own script, no argument from outside
                [sys.executable, "-I", str(_WORKER)],
                cwd=folder,
                env={"HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT_SECONDS,
                check=True,
            )
            shutil.copyfile(folder / "drawing.png", target)
        except (subprocess.SubprocessError, OSError) as error:
            raise NoDrawing from error
