"""Pieces of a run's page that higher rooms put in, by the hook ``run_slots``."""

from django.http import HttpRequest
from wagtail import hooks

from knowledge.practice.models import Run


def pieces_of(run: Run, request: HttpRequest) -> dict[str, list[str]]:
    """HTML by the name of the place; each hook gives a dict like that for one run."""
    filled: dict[str, list[str]] = {}
    for hook in hooks.get_hooks("run_slots"):
        for name, html in hook(run, request).items():
            filled.setdefault(name, []).append(html)
    return filled
