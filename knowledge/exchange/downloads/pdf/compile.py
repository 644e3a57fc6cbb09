"""Data to PDF: a temporary folder, one process with limits, nothing else within reach."""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.exchange.downloads.pdf.fit import spelt_out
from knowledge.exchange.downloads.pictures import Picture
from knowledge.exchange.errors import DownloadFailed

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20
MAX_PDF_BYTES = 50 << 20
STANDARD = "ua-1"
# Families that cover what the fonts inside typst lack, should the system have them.
SYSTEM_FONTS = ["Noto Serif", "Noto Sans", "Noto Sans CJK SC", "Noto Color Emoji", "DejaVu Sans"]
_HERE = Path(__file__).resolve().parent
# Tried in this order: PDF/UA-1 with the fonts inside typst; when a character is in none of them,
# with those of the system; then pictographs by their names; and when a script has no font here,
# tagged all the same but without the claim to the standard.
_STANDARD, _FONTS = ("--standard", STANDARD), ("--system-fonts",)
_ATTEMPTS = (
    (_STANDARD, False),
    (_STANDARD + _FONTS, False),
    (_STANDARD + _FONTS, True),
    (_FONTS, True),
)


def to_pdf(paper: Mapping[str, Any], pictures: Iterable[Picture], made: datetime) -> bytes:
    """The document as PDF. ``made`` becomes its date, so that the same input gives the same bytes.

    Raises:
        DownloadFailed: typst refused it, or it took more than the limits allow.
    """
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        shutil.copyfile(_HERE / "document.typ", folder / "document.typ")
        for picture in pictures:
            (folder / picture.name).write_bytes(picture.read())
        for arguments, spell_out in _ATTEMPTS:
            fonts = SYSTEM_FONTS if "--system-fonts" in arguments else []
            data = spelt_out(paper) if spell_out else paper
            (folder / "paper.json").write_text(json.dumps({**data, "fonts": fonts}), "utf-8")
            if _run(folder, [*arguments, "--timestamp", str(int(made.timestamp()))]):
                return _read(folder / "document.pdf")
    raise DownloadFailed


def _run(folder: Path, arguments: list[str]) -> bool:
    command = [sys.executable, "-I", str(_HERE / "worker.py"), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no argument from outside
            command,
            cwd=folder,
            env={"HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        logger.warning("download.pdf_timeout seconds=%s", TIMEOUT_SECONDS)
        raise DownloadFailed from None
    if done.returncode != 0:
        logger.info("download.pdf_attempt_failed code=%s", done.returncode)
        logger.debug("typst said: %s", done.stderr[-2000:].decode("utf-8", "replace"))
    return done.returncode == 0


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_PDF_BYTES:
        logger.warning("download.pdf_too_big bytes=%s", path.stat().st_size)
        raise DownloadFailed
    return path.read_bytes()
