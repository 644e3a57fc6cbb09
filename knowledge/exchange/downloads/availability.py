"""Which formats this machine can make; asked before the click, not after it."""

import hashlib
import importlib.metadata
import importlib.util
from functools import cache
from pathlib import Path


@cache
def has_typst() -> bool:
    return importlib.util.find_spec("typst") is not None


@cache
def pandoc_path() -> str:
    """The pandoc that pypandoc-binary brings; empty when there is none for this platform."""
    if importlib.util.find_spec("pypandoc") is None:
        return ""
    import pypandoc

    inside = Path(pypandoc.__file__).parent / "files" / "pandoc"
    return str(inside) if inside.is_file() else ""


@cache
def engine_version(extension: str) -> str:
    """Changes when the program or our template for the format changes, so that files are remade."""
    folder = Path(__file__).parent / extension
    stamp = hashlib.sha256()
    for name in sorted(path for path in folder.iterdir() if path.is_file()):
        stamp.update(name.read_bytes())
    package = {"pdf": "typst", "docx": "pypandoc_binary"}[extension]
    return f"{importlib.metadata.version(package)}-{stamp.hexdigest()[:12]}"
