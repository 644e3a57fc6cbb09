"""Runs as their pages show them. Import from here."""

from knowledge.practice.selectors.runs.lists import RunLine, going_on, lines, mine, record
from knowledge.practice.selectors.runs.page import ShownRun, ShownStep, log_of, show

__all__ = [
    "RunLine",
    "ShownRun",
    "ShownStep",
    "going_on",
    "lines",
    "log_of",
    "mine",
    "record",
    "show",
]
