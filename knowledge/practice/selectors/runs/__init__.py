"""Runs as their pages show them. Import from here."""

from knowledge.practice.selectors.runs.lists import (
    RunLine,
    going_on,
    lines,
    mine,
    of_artifact,
)
from knowledge.practice.selectors.runs.page import ShownRun, ShownStep, log_of, show
from knowledge.practice.selectors.runs.teaching import Taught, of_live_version, taught

__all__ = [
    "RunLine",
    "ShownRun",
    "ShownStep",
    "Taught",
    "going_on",
    "lines",
    "log_of",
    "mine",
    "of_artifact",
    "of_live_version",
    "show",
    "taught",
]
