"""Where the lines, ticks and labels of a chart lie. Plain numbers; the template draws them.

Series of two units have two scales, left and right; each names its unit. A third unit has no place
in one picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.governance.charts.scales import Scale, scale_of, words

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 56, 14, 30
DATE_TICKS = 5
Number = int | float | Decimal
# Told apart without colour, too: by the dashes of the line.
DASHES = ("", "7 4", "2 4", "10 3 2 3", "1 6", "14 4")


@dataclass(frozen=True, slots=True)
class Series:
    """``points`` are in the order of their days; ``target`` is drawn as a level line."""

    name: str
    unit: str
    points: Sequence[tuple[date, Number]]
    target: Number | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """``path`` is the attribute of a polyline; ``number`` picks colour and dashes, from 1."""

    name: str
    unit: str
    number: int
    dashes: str
    path: str
    spots: tuple[tuple[float, float], ...]
    target_y: float | None
    target_words: str
    summary: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    words: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    day: date
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    lines: tuple[Line, ...]
    left: tuple[Tick, ...]
    left_unit: str
    right: tuple[Tick, ...]
    right_unit: str
    days: tuple[Tick, ...]
    rows: tuple[Row, ...]
    key: str
    width: int = WIDTH
    height: int = HEIGHT
    start_x: int = LEFT
    end_x: int = WIDTH - RIGHT
    base_y: int = HEIGHT - BOTTOM


def line_chart(title: str, series: Sequence[Series], *, key: str = "chart") -> Chart | None:
    """None while there is nothing to draw. ``key`` is unique on its page.

    Raises:
        ValueError: there are more than two units.
    """
    drawn = [one for one in series if one.points]
    if not drawn:
        return None
    units = list(dict.fromkeys(one.unit for one in drawn))
    if len(units) > 2:
        raise ValueError("One chart has place for two units.")
    scales = {unit: scale_of(_numbers(drawn, unit)) for unit in units}
    first = min(one.points[0][0] for one in drawn)
    last = max(one.points[-1][0] for one in drawn)
    across = max((last - first).days, 1)
    lines = tuple(
        _line(number, one, scales[one.unit], first, across) for number, one in enumerate(drawn)
    )
    second = units[1] if len(units) > 1 else ""
    return Chart(
        title=title,
        lines=lines,
        left=_ticks(scales[units[0]]),
        left_unit=units[0],
        right=_ticks(scales[second]) if second else (),
        right_unit=second,
        days=_day_ticks(first, last, across),
        rows=_rows(drawn),
        key=key,
    )


def _numbers(series: Sequence[Series], unit: str) -> list[float]:
    found = [float(value) for one in series if one.unit == unit for _day, value in one.points]
    return found + [float(one.target) for one in series if one.unit == unit and one.target]


def _line(number: int, series: Series, scale: Scale, first: date, across: int) -> Line:
    spots = tuple((_x(day, first, across), _y(value, scale)) for day, value in series.points)
    values = [value for _day, value in series.points]
    return Line(
        name=series.name,
        unit=series.unit,
        number=number % len(DASHES) + 1,
        dashes=DASHES[number % len(DASHES)],
        path=" ".join(f"{x},{y}" for x, y in spots),
        # Many dots are a smear; the last one says where it stands.
        spots=spots if len(spots) <= 40 else spots[-1:],
        target_y=_y(series.target, scale) if series.target is not None else None,
        target_words=words(series.target) if series.target is not None else "",
        summary=f"{words(values[0])} → {words(values[-1])}",
    )


def _x(day: date, first: date, across: int) -> float:
    return round(LEFT + (day - first).days / across * (WIDTH - LEFT - RIGHT), 1)


def _y(value: Number, scale: Scale) -> float:
    return round(HEIGHT - BOTTOM - scale.share(float(value)) * (HEIGHT - TOP - BOTTOM), 1)


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    return tuple(Tick(_y(value, scale), words(value)) for value in scale.ticks)


def _day_ticks(first: date, last: date, across: int) -> tuple[Tick, ...]:
    steps = min(DATE_TICKS - 1, (last - first).days) or 1
    days = [
        first + timedelta(days=round(step * (last - first).days / steps))
        for step in range(steps + 1)
    ]
    return tuple(Tick(_x(day, first, across), "", day) for day in dict.fromkeys(days))


def _rows(series: Sequence[Series]) -> tuple[Row, ...]:
    """Newest first, as a reader of a table wants it."""
    tables = [dict(one.points) for one in series]
    days = sorted({day for table in tables for day in table}, reverse=True)
    return tuple(
        Row(day, tuple(words(table[day]) if day in table else "" for table in tables))
        for day in days
    )
