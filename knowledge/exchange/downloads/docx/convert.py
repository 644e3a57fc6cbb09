"""pandoc on a document tree, in its sandbox: no file and no host within reach but what is given."""

import io
import json
import logging
import re
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from knowledge.exchange.downloads.availability import pandoc_path
from knowledge.exchange.downloads.docx.ast import Ast
from knowledge.exchange.errors import DownloadFailed

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30
MAX_DOCX_BYTES = 50 << 20
MEMORY_LIMIT = "512M"
REFERENCE = Path(__file__).resolve().parent / "reference.docx"
_EPOCH = re.compile(rb"1970-01-01T00:00:00Z")
# pandoc repeats the address of an image, here all its bytes, in a note that nobody reads.
_IMAGE_ADDRESS = re.compile(rb'(<pic:cNvPr descr=")data:[^"]*(")')


def to_docx(tree: Ast, made: datetime) -> bytes:
    """The tree as DOCX; ``made`` becomes its date, so that the same input gives the same bytes.

    Raises:
        DownloadFailed: pandoc refused it, or it took more than the limits allow.
    """
    command = [
        pandoc_path(),
        *("+RTS", f"-M{MEMORY_LIMIT}", "-RTS"),
        *("--sandbox", "--from=json", "--to=docx", "--output=-"),
        f"--reference-doc={REFERENCE}",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments; the content goes in by stdin
            command,
            input=json.dumps(tree).encode(),
            env={"LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        logger.warning("download.docx_timeout seconds=%s", TIMEOUT_SECONDS)
        raise DownloadFailed from None
    if done.returncode != 0 or len(done.stdout) > MAX_DOCX_BYTES:
        logger.warning("download.docx_failed code=%s bytes=%s", done.returncode, len(done.stdout))
        logger.debug("pandoc said: %s", done.stderr[-2000:].decode("utf-8", "replace"))
        raise DownloadFailed
    return _tidied(done.stdout, made)


def _tidied(content: bytes, made: datetime) -> bytes:
    """The same file with our date, which the sandbox hides, and no bytes of images in its text."""
    stamp = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = _IMAGE_ADDRESS.sub(rb"\1\2", data)
            elif entry.filename == "docProps/core.xml":
                data = _EPOCH.sub(stamp, data)
            kept = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            kept.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(kept, data)
    return result.getvalue()
