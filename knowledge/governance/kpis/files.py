"""Values as CSV: read with an error for each line that is wrong, and written."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from knowledge.governance.kpis.models import DIGITS, PLACES, SOURCE_CHARS, Kpi, Reading
from knowledge.governance.kpis.services.feeding import OURS, Value
from knowledge.governance.tables import as_text
from templates_lib import limits

COLUMNS = ("kpi", "source", "at", "value")
MAX_LINES = 5000
MAX_ERRORS = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """``line`` is that of the file, 1 for the headings."""

    line: int
    column: str
    message: str


def read(text: str) -> tuple[list[Value], list[Fault]]:
    """All values, or what is wrong in which line; one query."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        message = _("The first line names the columns; these are missing: %s.")
        return [], [Fault(1, "", message % ", ".join(missing))]
    kpis = {kpi.slug: kpi for kpi in Kpi.objects.all()}
    values: list[Value] = []
    faults: list[Fault] = []
    for row in reader:
        line = reader.line_num
        if len(values) >= MAX_LINES:
            faults.append(Fault(line, "", _("A file has at most %s lines.") % MAX_LINES))
            break
        wrong = dict(faults_of(row, kpis))
        faults += [Fault(line, name, message) for name, message in wrong.items()]
        if len(faults) >= MAX_ERRORS:
            break
        if not wrong:
            values.append(value_of(row, kpis))
    if not values and not faults:
        faults.append(Fault(2, "", _("The file holds no values.")))
    return values, faults


def faults_of(row: dict[str, Any], kpis: dict[str, Kpi]) -> Iterator[tuple[str, str]]:
    """Pairs of a field and what is wrong with it."""
    kpi = kpis.get(str(row.get("kpi") or "").strip())
    if kpi is None:
        yield "kpi", _("There is no indicator with this key.")
    elif kpi.figure:
        yield "kpi", _("The portal computes this indicator itself.")
    source = str(row.get("source") or "").strip()
    if not source or len(source) > SOURCE_CHARS or not source.isprintable():
        yield "source", _("Name the source in 1 to %s characters.") % SOURCE_CHARS
    elif source == OURS:
        yield "source", _("This name is for what the portal computes.")
    if instant(row.get("at")) is None:
        yield "at", _("Give a day or an instant, such as 2026-11-21 or 2026-11-21T09:30:00Z.")
    number = limits.as_decimal(row.get("value"))
    if number is None or isinstance(row.get("value"), bool):
        yield "value", _("Give a number.")
    elif abs(number) >= 10 ** (DIGITS - PLACES):
        yield "value", _("The number is too large.")


def value_of(row: dict[str, Any], kpis: dict[str, Kpi]) -> Value:
    """Of a row without a fault."""
    at, number = instant(row["at"]), limits.as_decimal(row["value"])
    if at is None or number is None:
        raise ValueError("The row has faults.")
    rounded = number.quantize(Decimal(1).scaleb(-PLACES))
    return Value(kpis[row["kpi"].strip()], row["source"].strip(), at, rounded)


def instant(given: Any) -> datetime | None:
    """A day is its first moment in the site's zone; an instant without a zone is in that zone."""
    text = str(given or "").strip()
    try:
        moment = parse_datetime(text) if len(text) > 10 else None
        day = parse_date(text) if moment is None and len(text) <= 10 else None
    except ValueError:
        return None
    if moment is None and day is not None:
        moment = datetime.combine(day, time.min)
    if moment is None or not 1970 <= moment.year <= 2200:
        return None
    aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return aware.astimezone(UTC)


class _Echo:
    def write(self, value: str) -> str:
        return value


def written(rows: Sequence[Reading] | Any) -> Iterator[str]:
    """Rows as a file that ``read`` takes."""
    writer: Any = csv.writer(_Echo())
    yield writer.writerow((*COLUMNS, "unit"))
    for row in rows:
        at = row.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        cells = (row.kpi.slug, row.source, at, limits.number(row.value), row.kpi.unit)
        # A number may be negative and stays a number.
        yield writer.writerow(
            [one if place == 3 else as_text(one) for place, one in enumerate(cells)]
        )
