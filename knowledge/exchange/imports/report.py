"""What an import did, file by file, for a person and as JSON."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

# What became of a file.
PUBLISHED, DRAFT, UNCHANGED, CONFLICT = "published", "draft", "unchanged", "conflict"
SECTION, IMAGE, LEFT = "section", "image", "left"
OUTCOMES = (PUBLISHED, DRAFT, UNCHANGED, CONFLICT, SECTION, IMAGE, LEFT)

MAPPED, GUESSED, DROPPED = "mapped", "guessed", "left"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing in a file: ``sort`` is mapped, guessed or left; ``what`` names it for a person."""

    sort: str
    what: str


@dataclass
class FileReport:
    file: str
    outcome: str = LEFT
    reason: str = ""
    kind: str = ""
    address: str = ""
    notes: list[Note] = field(default_factory=list)


@dataclass
class Report:
    folder: str
    under: str
    is_dry_run: bool
    files: list[FileReport] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        return Counter(one.outcome for one in self.files)

    def as_json(self) -> str:
        data: dict[str, Any] = {
            "folder": self.folder,
            "under": self.under,
            "dry_run": self.is_dry_run,
            "counts": {name: self.counts()[name] for name in OUTCOMES},
            "files": [asdict(one) for one in self.files],
        }
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"

    def as_text(self, *, verbose: bool = False) -> str:
        """A line a file that needs a look; with ``verbose`` one for every file and note."""
        return "\n".join(self._lines(verbose)) + "\n"

    def _lines(self, verbose: bool) -> Iterable[str]:
        for one in sorted(self.files, key=lambda entry: entry.file):
            telling = [note for note in one.notes if verbose or note.sort != MAPPED]
            if not (verbose or telling or one.outcome in (LEFT, CONFLICT, DRAFT)):
                continue
            kind = f" as {one.kind}" if one.kind else ""
            place = f" at {one.address}" if one.address else ""
            reason = f": {one.reason}" if one.reason else ""
            yield f"{one.outcome:<10} {one.file}{kind}{place}{reason}"
            for note, count in Counter(telling).items():
                times = f" ({count} times)" if count > 1 else ""
                yield f"           {note.sort}: {note.what}{times}"
        counts = self.counts()
        summary = ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name])
        yield f"{len(self.files)} files: {summary or 'nothing to import'}"
        if self.is_dry_run:
            yield "This is what an import would do: nothing was changed."
