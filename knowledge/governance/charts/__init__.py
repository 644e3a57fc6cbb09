"""Lines over days, drawn on the server as SVG: no script, no style attribute, and the same as a table."""

from knowledge.governance.charts.lines import Chart, Series, line_chart

__all__ = ["Chart", "Series", "line_chart"]
