"""Draws one file; run as a process of its own: ``python -I worker.py``.

It works in the folder it is started in, which holds drawing.svg and nothing else, and leaves
drawing.png there. Files that the drawing names are not within reach, and limits end it.
"""

import resource
import sys
from pathlib import Path
from typing import Any

CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30
FILE_BYTES = 32 << 20
FAILED = 3
# Two dots for each point of the screen. Drawings often have no ground of their own.
DOTS_PER_INCH = 192
DOCUMENT = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image("drawing.svg")
"""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))

    import typst  # after the limits, so that they hold for it

    Path("drawing.typ").write_text(DOCUMENT, encoding="utf-8")
    nowhere = Path("packages").absolute()
    compiler: Any = typst.Compiler(  # type: ignore[type-var]  # paths may be text
        "drawing.typ", root=".", package_path=nowhere, package_cache_path=nowhere
    )
    try:
        content = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    except typst.TypstError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    Path("drawing.png").write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
