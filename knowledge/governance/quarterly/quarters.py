"""Quarters of the calendar, by the names that addresses bear: 2026-Q4."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NAME = re.compile(r"(20[0-9]{2})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def named(cls, name: str) -> "Quarter | None":
        found = _NAME.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def name(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        after = date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return after - timedelta(days=1)

    @property
    def before(self) -> "Quarter":
        return Quarter.of(self.first - timedelta(days=1))
