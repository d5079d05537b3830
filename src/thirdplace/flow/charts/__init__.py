"""Drawings, made once as SVG on the server: the page, a report and a letter show the same.

A drawing has no colours of its own: it names what a mark is (curve, band, usual, deed), and charts.css gives each its
token. It carries its key and its table, so that nothing is said by the picture alone.
"""

from thirdplace.flow.charts.bars import bars, histogram
from thirdplace.flow.charts.grids import grid
from thirdplace.flow.charts.lines import Deed, Series, line, lines, steps
from thirdplace.flow.charts.parts import Chart, Point, Table, Unit, figure
from thirdplace.flow.charts.small import dots, rhythm, ring, spark

__all__ = [
    "Chart",
    "Deed",
    "Point",
    "Series",
    "Table",
    "Unit",
    "bars",
    "dots",
    "figure",
    "grid",
    "histogram",
    "line",
    "lines",
    "rhythm",
    "ring",
    "spark",
    "steps",
]
