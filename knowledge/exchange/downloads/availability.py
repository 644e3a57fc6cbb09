"""Which formats this machine can make; asked before the click, not after it."""

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
