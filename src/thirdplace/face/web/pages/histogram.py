"""When what was found was said: counts over the period one looks at, as small bars."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages import times
from thirdplace.flow import charts
from thirdplace.flow.dates import date_format
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

BARS = 56


@dataclass(frozen=True)
class Histogram:
    """The drawing, how many messages it holds, and the same in words."""

    svg: SafeString
    count: int
    words: str


def histogram(index: Index, filters: dict[str, Any], *, community: Community, now: datetime) -> Histogram | None:
    """How what is asked for is spread over time; None when nothing fits."""
    begin, step, counts = index.over_time(**filters, bars=BARS)
    if not any(counts):
        return None
    moments = [begin + step * nth for nth in range(len(counts))]
    points = [
        charts.Point(name=_name(at, step, community), value=n, long=times.moment(at, now=now, zone=community.tz))
        for at, n in zip(moments, counts, strict=True)
    ]
    drawn = charts.histogram(points, what=gettext("messages"), height=50, names=3)
    return Histogram(drawn.svg, sum(counts), _words(counts, moments, step, community=community, now=now))


def _name(at: datetime, step: timedelta, community: Community) -> str:
    """A stretch's name below its bar."""
    here = at.astimezone(community.tz)
    if step >= timedelta(days=14):
        return date_format(here, "M Y")
    return date_format(here, "j M" if step >= timedelta(hours=8) else "D H:i")


def _words(counts: list[int], moments: list[datetime], step: timedelta, *, community: Community, now: datetime) -> str:
    """What the bars say."""
    top = moments[counts.index(max(counts))]
    whole = ngettext("%(n)s message", "%(n)s messages", sum(counts)) % {"n": sum(counts)}
    said = [times.moment(at, now=now, zone=community.tz) for at in (moments[0], moments[-1] + step, top)]
    return gettext("%(messages)s from %(begin)s to %(end)s; most around %(top)s.") % {
        "messages": whole, "begin": said[0], "end": said[1], "top": said[2],
    }  # fmt: skip
