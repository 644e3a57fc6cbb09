"""Sets one document; run as a process of its own: ``python -I worker.py [--standard S] [--fonts]``.

It works in the folder it is started in, which holds document.typ, paper.json and the images, and
leaves document.pdf there. It knows no Django, opens no connection, and is ended by its limits.
"""

import argparse
import resource
import sys
from pathlib import Path
from typing import Any

CPU_SECONDS = 20
MEMORY_BYTES = 1 << 30
FILE_BYTES = 64 << 20
FAILED = 3


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--standard", action="append", default=[])
    options.add_argument("--system-fonts", action="store_true")
    options.add_argument("--timestamp", type=int, default=0)
    chosen = options.parse_args()
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))

    import typst  # after the limits, so that they hold for it

    # Folders without packages: an import of one fails instead of asking a host for it.
    nowhere = Path("packages").absolute()
    compiler: Any = typst.Compiler(  # type: ignore[type-var]  # paths may be text
        "document.typ",
        root=".",
        ignore_system_fonts=not chosen.system_fonts,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    try:
        content = compiler.compile(
            format="pdf", pdf_standards=chosen.standard, timestamp=chosen.timestamp
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    Path("document.pdf").write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
