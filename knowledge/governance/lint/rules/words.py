"""The text itself: headings, length, ease of reading, sentences that grow old."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.governance.lint.registry import Spot, Surroundings
from knowledge.governance.lint.rules.body import Paragraph, Part, paragraphs

MAX_PARAGRAPH_WORDS = 150
# Below this a formula of averages says nothing.
MIN_WORDS_TO_RATE = 120
# Roughly the years at school that it takes; the last year of university is 16.
MAX_READING_GRADE = 16
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?=\w)[^.!?]*)*[.!?]*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = "|".join(name.capitalize() for name in _MONTHS)
_AS_OF = re.compile(rf"\b[Aa]s of (?:(?:\d{{1,2}} )?({_MONTH})(?: \d{{1,2}},)? )?((?:19|20)\d\d)\b")
_QUARTER = re.compile(r"\bQ([1-4])[ /-]?((?:19|20)\d\d)\b")
# "The last year", "this quarter" and their like are mostly words of a rhythm: they stay true.
_RELATIVE = re.compile(r"(?<!\bthe )\b(this|next|last) year\b", re.IGNORECASE)
_MD_HEADING = re.compile(r"^(#{1,6})\s+(\S.*)$", re.MULTILINE)
_LOWEST_OF_TEXT = 2
Parts = tuple[Part, ...]


def dated(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    """Sentences that name a time which is over soon, or long since."""
    until = around.today + timedelta(days=around.horizon_days)
    written = page.as_of or _day(page.last_published_at) or around.today
    if page.as_of and _year_later(page.as_of) <= until:
        yield Spot("as_of", date_format(page.as_of, "j F Y"))
    lines = [Paragraph("bottom_line", page.bottom_line or "", flows=False)]
    for paragraph in [*lines, *(one for part in parts for one in paragraphs(part))]:
        for sentence in _SENTENCE.findall(paragraph.text):
            ends = min(_ends(sentence, written), default=None)
            if ends is not None and ends <= until:
                detail = _("True until %s.") % date_format(ends, "j F Y")
                yield Spot(paragraph.path, sentence.strip(), detail)


def heading_jumps(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    """A sub-sub-heading right below a heading: readers who hear the page lose their way."""
    # The title of the page is level 1.
    last = 1
    for path, level, words in _headings(parts):
        if level > last + 1:
            yield Spot(path, words)
        last = level


def long_paragraphs(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    for part in parts:
        for one in paragraphs(part):
            count = len(one.text.split())
            if one.flows and count > MAX_PARAGRAPH_WORDS:
                yield Spot(one.path, one.text, _("%d words") % count)


def hard_to_read(page: Any, parts: Parts, around: Surroundings) -> Iterator[Spot]:
    for part in parts:
        text = [one.text for one in paragraphs(part) if one.flows]
        if sum(len(one.split()) for one in text) < MIN_WORDS_TO_RATE:
            continue
        grade = reading_grade(" ".join(one if one[-1:] in ".!?:" else f"{one}." for one in text))
        if grade > MAX_READING_GRADE:
            yield Spot(part.path, text[0], _("Grade %d") % round(grade))


def reading_grade(text: str) -> float:
    """The Automated Readability Index of an English text: about the years at school it takes.

    4.71 × characters per word + 0.5 × words per sentence − 21.43, from R. J. Senter and
    E. A. Smith, Automated Readability Index, AMRL-TR-66-220, 1967. It counts letters and not
    syllables, so no dictionary is wanted and every machine gets the same figure.
    """
    words = _WORD.findall(text)
    sentences = [one for one in re.split(r"[.!?:](?:\s|$)", text) if _WORD.search(one)]
    if not words or not sentences:
        return 0.0
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43


def _ends(sentence: str, written: date) -> Iterator[date]:
    """The last days of the times that a sentence names."""
    for month, year in _AS_OF.findall(sentence):
        yield _month_end(int(year), _MONTHS.index(month.lower()) + 1 if month else 12)
    for quarter, year in _QUARTER.findall(sentence):
        yield _month_end(int(year), 3 * int(quarter))
    for which in _RELATIVE.findall(sentence):
        # "Last year" is as wrong as "this year" once the year in which it was written is over.
        yield _month_end(written.year + (which.lower() == "next"), 12)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _year_later(day: date) -> date:
    return day + timedelta(days=365)


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None


def _headings(parts: Parts) -> Iterator[tuple[str, int, str]]:
    for part in parts:
        raw = part.raw if isinstance(part.raw, dict) else {}
        if part.type == "heading":
            levels = {"section": 2, "subsection": 3, "detail": 4}
            yield part.path, levels.get(raw.get("depth") or "", 2), raw.get("text") or ""
        elif part.type == "markdown":
            yield from _of_markdown(part.path, raw.get("source") or "")
        elif getattr(part.block.meta, "heading", None):
            yield part.path, 2, str(raw.get("title") or part.block.meta.heading)


def _of_markdown(path: str, source: str) -> Iterator[tuple[str, int, str]]:
    fenced = re.sub(r"^(`{3,}|~{3,}).*?^\1\s*$", "", source, flags=re.MULTILINE | re.DOTALL)
    found = [(len(marks), words) for marks, words in _MD_HEADING.findall(fenced)]
    if not found:
        return
    # As they are shown: pushed down together when the text has one of level 1.
    shift = max(0, _LOWEST_OF_TEXT - min(level for level, _words in found))
    for level, words in found:
        yield path, min(level + shift, 6), words
