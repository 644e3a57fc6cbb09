"""Tags for the page of a run. What many people look at is drawn once and kept."""

import secrets
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from django import template
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from knowledge.practice.models import RunEvent
from knowledge.practice.selectors.runs import ShownStep, ShownTick

register = template.Library()

STEP = "practice/runs/step/show.html"
# Some 3 kB each.
MOST_KEPT = 1000
# Stands for the token of the person in a form that is kept. Nobody can write it into a step.
TOKEN = secrets.token_hex(20)


class _Kept:
    """The steps that were drawn last, by all that they were drawn from."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> str | None:
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
            return self._drawn.get(key)

    def put(self, key: str, html: str) -> None:
        with self._lock:
            self._drawn[key] = html
            while len(self._drawn) > MOST_KEPT:
                self._drawn.popitem(last=False)


_kept = _Kept()


@register.simple_tag(takes_context=True)
def run_step(context: Context, step: ShownStep) -> SafeString:
    """A step of a run with its form, the same for all who see it but for the token of the form.

    Not for one that was refused something: what was typed into it is one person's.
    """
    run: ShownTick = context["run"]
    seen = {
        "run": {
            "row": {"pk": run.row.pk, "state": run.row.state, "is_running": run.row.is_running},
            "is_lead": run.is_lead,
        }
    }
    key = _all_of(step, seen)
    html = _kept.get(key)
    if html is None:
        html = get_template(STEP).render({**seen, "step": step, "csrf_token": TOKEN})
        _kept.put(key, html)
    html = html.replace(TOKEN, escape(context.get("csrf_token", "")))
    return mark_safe(html)  # noqa: S308 - drawn by a template, with everything escaped


def _all_of(step: ShownStep, seen: dict[str, Any]) -> str:
    """Everything that the template can tell, so that nothing old is ever shown."""
    row = [value for name, value in vars(step.row).items() if not name.startswith("_")]
    about = [getattr(step, name) for name in ShownStep.__slots__ if name != "row"]
    return repr((row, about, seen, get_language(), timezone.get_current_timezone_name()))


@register.simple_tag
def log_line(event: RunEvent) -> SafeString:
    """A line of the log, with the title of the step that it is about."""
    title = event.step.title if event.step else ""
    # Local time, as the line says it: what is kept for one zone is not shown in another.
    at = timezone.localtime(event.at)
    said = (event.by_name, event.sort_label, title, event.text)
    return _line(at, str(at.utcoffset()), get_language(), *said)


@lru_cache(maxsize=MOST_KEPT)
def _line(
    at: datetime, _offset: str, _language: str | None, who: str, did: str, title: str, text: str
) -> SafeString:
    return format_html(
        '<li class="run-log__line"><p class="small muted"><time datetime="{}">{}</time></p>'
        "<p><b>{}</b> {}{}{}</p></li>",
        at.isoformat(),
        format_date(at, "j M Y, H:i:s"),
        who,
        did,
        f" “{title}”" if title else "",
        format_html(": {}", linebreaksbr(text)) if text else "",
    )
