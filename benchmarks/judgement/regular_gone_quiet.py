"""Judges `regular_gone_quiet` on archives, beside rules of one number. Only the later part of each archive is asked.

regular_gone_quiet.py ARCHIVE…    prints a table; DJANGO_SETTINGS_MODULE and THIRDPLACE_DATA are to be set

Each week of the last two fifths of an archive (but its last 180 days, whose outcome is not known) the signal is asked
as of that day. A silence that it notices counts once, on the day it is first noticed. It was *for long* when the member
did not speak in the ninety days after that. The rules beside it watch the same regulars and speak after a fixed number
of days; each is set so that it would notice about as many silences in the earlier part as the signal does.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import django

django.setup()

from archives import Archive  # noqa: E402

from thirdplace.foundation.engine.shapes import sql  # noqa: E402
from thirdplace.practice.guiding.signals import regular_gone_quiet as module  # noqa: E402

WEEK, OUTCOME, TAIL = timedelta(days=7), timedelta(days=90), timedelta(days=180)
DAYS = (10, 12, 14, 17, 21, 25, 30, 35, 40, 50, 60)


@dataclass(frozen=True)
class Silence:
    """A silence as it was first noticed."""

    member: int
    began_at: datetime
    noticed_at: datetime


@dataclass
class Judged:
    """How a rule did. early: days of silence when it spoke. caught: of silences that became long, those it noticed."""

    rule: str
    noticed: int
    for_long: float
    early: float
    caught: float


def asked(archive: Archive, begin: datetime, end: datetime, *, times: float, least: int) -> set[Silence]:
    """Each silence once, as the signal would have noticed it week by week with these numbers."""
    was = module.TIMES, module.LEAST_DAYS
    module.TIMES, module.LEAST_DAYS = times, least
    try:
        query = sql(module.regular_gone_quiet.define(archive.tables(end)))
    finally:
        module.TIMES, module.LEAST_DAYS = was
    found: dict[tuple[int, datetime], Silence] = {}
    for now in weeks(begin, end):
        for member, began in archive.tables(now).query(f"SELECT subject, began_at FROM ({query})").fetchall():
            began = began.replace(tzinfo=now.tzinfo)
            if now - WEEK - began <= timedelta(days=90):
                found.setdefault((member, began), Silence(member, began, now))
    return set(found.values())


def weeks(begin: datetime, end: datetime) -> Iterator[datetime]:
    """A moment a week."""
    while begin < end:
        yield begin
        begin += WEEK


def judged(rule: str, silences: set[Silence], every: set[Silence], spoke: dict[int, list[datetime]]) -> Judged:
    """Compare what was noticed with what came after."""

    def lasted(each: Silence, since: datetime) -> bool:
        times = spoke[each.member]
        nth = bisect_right(times, since)
        return nth == len(times) or times[nth] > since + OUTCOME

    long = {(each.member, each.began_at) for each in every if lasted(each, each.began_at + timedelta(days=10))}
    seen = {(each.member, each.began_at) for each in silences}
    days = [(each.noticed_at - each.began_at).days for each in silences]
    right = sum(lasted(each, each.noticed_at) for each in silences)
    return Judged(
        rule, len(silences), right / max(len(silences), 1), median(days or [0]), len(seen & long) / max(len(long), 1)
    )


def judge(path: Path) -> list[Judged]:
    """The signal and the rules, on the later part of an archive."""
    archive = Archive(path)
    spoke, length = archive.spoke(), archive.last - archive.first
    cut, end = archive.first + length * 0.6, archive.last - TAIL
    earlier = archive.first + timedelta(days=180)
    wanted = len(asked(archive, earlier, cut, times=module.TIMES, least=module.LEAST_DAYS))
    found = {days: len(asked(archive, earlier, cut, times=0, least=days)) for days in DAYS}
    like = min(DAYS, key=lambda days: abs(found[days] - wanted))
    every = asked(archive, cut, end, times=0, least=10)
    signal = asked(archive, cut, end, times=module.TIMES, least=module.LEAST_DAYS)
    table = [judged("the signal", signal, every, spoke), judged("silent for 10 days", every, every, spoke)]
    for days in sorted({like, 30}):
        name = f"silent for {days} days" + (" (as many lines)" if days == like else "")
        table.append(judged(name, asked(archive, cut, end, times=0, least=days), every, spoke))
    return table


def main() -> None:
    """Print a table for each archive."""
    print("| archive | rule | silences noticed | of them for long | days silent when noticed | long silences noticed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in sys.argv[1:]:
        for each in judge(Path(name)):
            shares = f"{each.for_long:.0%} | {each.early:.0f} | {each.caught:.0%}"
            print(f"| {Path(name).name.split('.')[0]} | {each.rule} | {each.noticed} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
