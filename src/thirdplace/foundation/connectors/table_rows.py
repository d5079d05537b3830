"""Rows of a table, one by one: a damaged one costs itself, and not what stands below it."""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from thirdplace.foundation.connectors.archive import Stream
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.connectors.jsonrows import NOT_UTF8
from thirdplace.foundation.translation import gettext_noop

ROW_LOST = gettext_noop("A row that has not as many cells as the table, or is damaged; it was left out.")
CELL_CUT = gettext_noop("A row of more than a million letters; it was left out.")

MARKS = (",", ";", "\t", "|")
PIECE = 1 << 16
MOST_LINES, LARGEST = 2_000, 1_000_000  # of one row
LINE = 8_000_000  # letters after which a line without an end is let go
_SAMPLE = 50
csv.field_size_limit(LARGEST)


@dataclass(frozen=True)
class Shape:
    """How a table is written: what stands between cells ("" in JSON Lines), its encoding, and its columns."""

    mark: str
    encoding: str
    header: tuple[str, ...]


def shape_of(head: bytes) -> Shape | None:
    """The shape of a table by the beginning of a file; None when it is none."""
    head = head.removeprefix(codecs.BOM_UTF8)
    encoding = "utf-8" if _is_utf8(head) else "cp1252"
    text = head.decode(encoding, "replace")
    if text[:400].count("\x00") > 40:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = lines[: -1 if len(lines) > 2 else None]
    if text.lstrip().startswith("{"):
        keys = _keys(lines[:_SAMPLE])
        return Shape("", encoding, keys) if len(keys) > 1 else None
    found = [(shaped, _fit(lines, shaped)) for mark in MARKS if (shaped := _headed(lines, mark, encoding))]
    fits = [(fit, len(shaped.header), shaped) for shaped, fit in found if fit > 0]
    return max(fits, key=lambda each: each[:2])[2] if fits else None


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _headed(lines: list[str], mark: str, encoding: str) -> Shape | None:
    if not lines or mark not in lines[0]:
        return None
    header = tuple(name.strip()[:100] for name in next(csv.reader([lines[0]], delimiter=mark), []))
    named = [name for name in header if name]
    good = len(named) > 1 and len(set(named)) == len(named) and not any(_is_number(name) for name in named)
    return Shape(mark, encoding, header) if good else None


def _is_number(name: str) -> bool:
    return name.replace(".", "").replace("-", "").replace(":", "").replace(" ", "").isdigit()


def _fit(lines: list[str], shape: Shape) -> float:
    """Which share of the first rows is as wide as the header."""
    tally = Tally()
    good = sum(1 for _ in _joined(iter(lines[1 : 1 + _SAMPLE]), shape, tally, ""))
    return good / (good + tally.skipped.total()) if good else 0.0


def _keys(lines: list[str]) -> tuple[str, ...]:
    """The names in the first lines; none where most of them are no objects."""
    objects = [_object(line) for line in lines]
    whole = [row for row in objects if row is not None]
    if 2 * len(whole) < len(objects):
        return ()
    return tuple(dict.fromkeys(key for row in whole for key in row))[:200]


def rows(stream: Stream, shape: Shape, tally: Tally) -> Iterator[list[str]]:
    """The cells of every whole row, in the order of the columns; lost ones are said."""
    lines = _lines(stream, shape.encoding, tally)
    if not shape.mark:
        yield from _objects(lines, shape, tally, stream.name)
        return
    next(lines, None)
    yield from _joined(lines, shape, tally, stream.name)


def header_of(stream: Stream, shape: Shape) -> tuple[str, ...]:
    """The columns of another file, read in the same shape."""
    first = next(_lines(stream, shape.encoding, Tally()), "")
    return tuple(name.strip()[:100] for name in next(csv.reader([first], delimiter=shape.mark or ","), []))


def _objects(lines: Iterator[str], shape: Shape, tally: Tally, name: str) -> Iterator[list[str]]:
    for line in lines:
        if not line.strip():
            continue
        row = _object(line)
        if row is None:
            tally.skip(ROW_LOST, name)
        else:
            yield [row.get(key, "") for key in shape.header]


def _object(line: str) -> dict[str, str] | None:
    """One line of JSON as plain cells; what stands deeper is named `author.name`."""
    if not line.strip():
        return {}
    try:
        said = msgspec.json.decode(line.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    cells: dict[str, str] = {}
    for key, value in said.items():
        if isinstance(value, dict):
            cells.update({f"{key}.{inner}": _plain(each) for inner, each in value.items()})
        else:
            cells[str(key)] = _plain(value)
    return cells


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value)
    return str(len(value)) if isinstance(value, list) else ""


def _joined(lines: Iterator[str], shape: Shape, tally: Tally, name: str) -> Iterator[list[str]]:
    """Rows of lines: one each, or several where a cell holds line ends. What cannot be a row is let go line by line."""
    width, mark = len(shape.header), shape.mark
    waiting: deque[str] = deque()
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        if not line.strip(mark + " "):
            continue
        cells = line.split(mark) if '"' not in line else _parsed(line, mark)
        if cells is not None and len(cells) == width:
            yield cells
            continue
        longer = _longer(line, lines, waiting, shape) if '"' in line else None
        if longer is not None:
            yield longer
        else:
            tally.skip(ROW_LOST, name)


def _longer(line: str, lines: Iterator[str], waiting: deque[str], shape: Shape) -> list[str] | None:
    """A row that goes on in the next lines; they are taken from those waiting only when it is one."""
    text, size, odd = [line], len(line), line.count('"') % 2
    for nth in range(MOST_LINES):
        if not odd or size > LARGEST:
            return None
        if nth >= len(waiting):
            more = next(lines, None)
            if more is None:
                return None
            waiting.append(more)
        text.append(waiting[nth])
        size += len(waiting[nth])
        odd = (odd + waiting[nth].count('"')) % 2
        if not odd:
            cells = _parsed("\n".join(text), shape.mark)
            if cells is not None and len(cells) == len(shape.header):
                for _ in range(nth + 1):
                    waiting.popleft()
                return cells
            return None
    return None


def _parsed(text: str, mark: str) -> list[str] | None:
    try:
        found = list(csv.reader([each + "\n" for each in text.split("\n")], delimiter=mark, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _lines(stream: Stream, encoding: str, tally: Tally) -> Iterator[str]:
    """Lines without their ends. Broken signs are replaced and said."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "utf-8" else encoding)("replace")
    held, turn, told = "", "", False
    while piece := stream.read(PIECE):
        text = turn + decoder.decode(piece)
        turn = "\r" if text.endswith("\r") else ""  # its other half may come with the next piece
        if not told and encoding == "utf-8" and "\ufffd" in text and b"\xef\xbf\xbd" not in piece:
            told = True
            tally.skip(NOT_UTF8, stream.name)
        held += text.removesuffix(turn).replace("\r\n", "\n").replace("\r", "\n")
        *whole, held = held.split("\n")
        yield from whole
        if len(held) > LINE:
            tally.skip(CELL_CUT, stream.name)
            held = ""
    held += decoder.decode(b"", final=True)
    if held:
        yield held
