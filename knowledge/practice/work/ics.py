"""A calendar as RFC 5545 wants it: days and nothing else.

Written here and not by a library: of the whole format it takes one sort of event with six lines, and
nothing is ever read.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings

from knowledge.practice.work.sections import Line

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Octets of a line, without its end.
WIDTH = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(name: str, lines: Iterable[Line], *, now: datetime) -> str:
    """``name`` is that of the calendar; each line has a day."""
    return "".join(f"{_folded(line)}\r\n" for line in _content(name, lines, now))


def _content(name: str, lines: Iterable[Line], now: datetime) -> Iterator[str]:
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    host = settings.PORTAL_BASE_URL.partition("://")[2].partition("/")[0]
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Playbook portal//My work//EN")
    yield f"X-WR-CALNAME:{_text(name)}"
    # How often a calendar asks anew: there is nothing in it that cannot wait.
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT4H"
    for line in lines:
        if line.due is None:
            continue
        yield "BEGIN:VEVENT"
        yield f"UID:{line.uid}@{host}"
        yield f"DTSTAMP:{stamp}"
        yield f"DTSTART;VALUE=DATE:{line.due:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{line.due + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(line.title)}"
        if line.about:
            yield f"DESCRIPTION:{_text(line.about)}"
        yield f"URL:{settings.PORTAL_BASE_URL}{line.url}"
        # A day on which something is due is not a day on which nobody has time.
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(words: str) -> str:
    """Without control characters, which no calendar takes."""
    plain = "".join(one for one in words if one in "\n\r" or one.isprintable())
    return plain.translate(_ESCAPED)


def _folded(line: str) -> str:
    """No character is torn apart: the width is counted in octets."""
    parts, part, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > WIDTH:
            parts.append(part)
            # The blank that begins the next line counts, too.
            part, octets = "", 1
        part += character
        octets += size
    return "\r\n ".join([*parts, part])
