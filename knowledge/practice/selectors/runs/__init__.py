"""Runs as their pages show them. Import from here."""

from knowledge.practice.selectors.runs.lists import (
    RunLine,
    going_on,
    lines,
    mine,
    of_artifact,
)
from knowledge.practice.selectors.runs.page import ShownRun, ShownTick, log_of, show, show_tick
from knowledge.practice.selectors.runs.steps import ShownStep
from knowledge.practice.selectors.runs.teaching import Taught, of_live_version, taught

__all__ = [
    "RunLine",
    "ShownRun",
    "ShownStep",
    "ShownTick",
    "Taught",
    "going_on",
    "lines",
    "log_of",
    "mine",
    "of_artifact",
    "of_live_version",
    "show",
    "show_tick",
    "taught",
]
