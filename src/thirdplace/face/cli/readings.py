"""Measures on a terminal: where each stands, and how one went, in the reader's figures."""

from collections.abc import Iterator
from typing import Any

import click
from django.utils.translation import gettext

from thirdplace.face.cli.inert import fitted
from thirdplace.flow.charts import Unit, figure
from thirdplace.foundation.translation import gettext_noop

Shape = dict[str, Any]
_VERDICTS = {
    "as_usual": gettext_noop("as usual"),
    "higher": gettext_noop("higher than usual"),
    "lower": gettext_noop("lower than usual"),
    "cannot_tell": gettext_noop("we cannot tell"),
}


def all_lines(measures: list[Shape]) -> Iterator[str]:
    """Every measure under its question, with its last whole reading and how that stands to what is usual."""
    question = ""
    for each in measures:
        if each["question"] != question:
            question = each["question"]
            yield click.style(question, bold=True)
        said = known(each, each["reading"])
        yield f"  {fitted(each['title'], 44)} {said:>12}  {gettext(_VERDICTS[each['verdict']])}"
    if not measures:
        yield gettext("Nothing is measured here.")


def series_lines(measure: Shape) -> Iterator[str]:
    """One measure, period by period, with its uncertainty."""
    yield click.style(measure["title"], bold=True)
    yield measure["card"]["headline"]
    yield measure["sure"]
    for each in measure["readings"]:
        still = gettext("not over yet") if each["open"] else ""
        said, between, n = known(measure, each), _between(measure, each), figure(each["n"])
        yield f"  {each['begins_on']}  {said:>12}  {between:<24}  n={n:<7} {_late(measure, each)}{still}".rstrip()
    if not measure["readings"]:
        yield gettext("We cannot tell yet: nothing has been read.")


def picture_lines(drawn: Shape) -> Iterator[str]:
    """A picture as a table, with its card's first sentence and how sure it is."""
    yield click.style(drawn["title"], bold=True)
    yield drawn["card"]["headline"]
    yield drawn["sure"]
    for row in drawn["rows"]:
        yield "  " + "  ".join(f"{_cell(name, value):>12}" for name, value in row.items())
    if not drawn["rows"]:
        yield gettext("We cannot tell yet: nothing has been read.")


def _cell(name: str, value: Any) -> str:
    """A cell in words: shares as people read them; nothing known is a dash."""
    if name in ("value", "low", "high"):
        return figure(value, Unit.SHARE)
    return "–" if value is None else str(value)


def known(measure: Shape, reading: Shape) -> str:
    """A reading as people read it; of a rate from too few, the few themselves or nothing."""
    value, n, unit = reading["value"], reading["n"], measure["unit"]
    if value is None or not _is_too_few(measure, reading):
        return figure(value, unit)
    if measure["fold"] != "mean":
        return figure(None)
    return gettext("%(part)s of %(n)s") % {"part": figure(round(value * n)), "n": figure(n)}


def _between(measure: Shape, reading: Shape) -> str:
    """Where the true value probably lies; "" where nothing is said of it."""
    if reading["low"] is None or _is_too_few(measure, reading):
        return ""
    low, high = (figure(reading[which], measure["unit"]) for which in ("low", "high"))
    if reading["high"] is None:  # a wait that never came so far that we could say
        return gettext("%(low)s or more") % {"low": low}
    return gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def _late(measure: Shape, reading: Shape) -> str:
    """After how long nine of ten waits had ended; "" where that is not known, or no wait was measured."""
    late = reading["more"].get("p90")
    if late is None or _is_too_few(measure, reading):
        return ""
    return gettext("nine of ten within %(wait)s") % {"wait": figure(late, measure["unit"])} + "  "


def _is_too_few(measure: Shape, reading: Shape) -> bool:
    return bool(measure["rate"] and reading["n"] < measure["least"])
