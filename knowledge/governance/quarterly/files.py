"""The report as CSV and as Markdown, which becomes its PDF."""

import csv
import io
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.governance.quarterly.report import Report, Review
from knowledge.governance.tables import as_text
from templates_lib.markdown import write

# Some ten pages; a longer list nobody reads on paper.
MOST_ON_PAPER = 400


def as_csv(report: Report) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([report.title, report.made_on.isoformat()])
    for group in report.groups:
        writer.writerow([])
        writer.writerow([group.heading])
        writer.writerows([as_text(label), value] for label, value in group.figures)
    writer.writerow([])
    writer.writerow(headings())
    for one in report.reviews:
        late = "" if one.days_late is None else one.days_late
        cells = (one.title, one.planned or "", one.actual or "", late, one.decision, one.by)
        writer.writerow([cell if place == 3 else as_text(cell) for place, cell in enumerate(cells)])
    return out.getvalue()


def as_markdown(report: Report) -> str:
    parts: list[Any] = []
    for group in report.groups:
        parts.append(write.heading(group.heading, 2))
        rows = [[write.escape(label), write.escape(value)] for label, value in group.figures]
        parts.append(write.table([_("What"), _("How many")], rows))
    parts.append(write.heading(_("Planned and actual reviews"), 2))
    if report.reviews:
        shown = report.reviews[:MOST_ON_PAPER]
        rows = [[write.escape(cell) for cell in _cells(one)] for one in shown]
        parts.append(write.table(headings(), rows))
        rest = len(report.reviews) - len(shown)
        if rest:
            parts.append(
                ngettext(
                    "%(number)d more review stands in the CSV file of this report.",
                    "%(number)d more reviews stand in the CSV file of this report.",
                    rest,
                )
                % {"number": rest}
            )
    else:
        parts.append(_("No review was planned or done in this quarter."))
    return write.join(*parts)


def headings() -> list[str]:
    return [_("Artifact"), _("Planned"), _("Actual"), _("Days late"), _("Decision"), _("By")]


def _cells(one: Review) -> list[str]:
    late = "" if one.days_late is None else str(one.days_late)
    return [one.title, _day(one.planned), _day(one.actual) or _("open"), late, one.decision, one.by]


def _day(day: Any) -> str:
    return date_format(day, "j M Y") if day else ""
