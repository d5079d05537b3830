"""A measure by source and by channel: small drawings on one scale; where too few are counted, each one as a dot."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from thirdplace.face.web.pages.judged import Judged, short
from thirdplace.face.web.pages.words import name
from thirdplace.flow import charts
from thirdplace.flow.charts import figure
from thirdplace.foundation.channels.models import Channel, Source
from thirdplace.foundation.engine.models import Reading as Row
from thirdplace.foundation.engine.periods import Grain, Period, periods
from thirdplace.foundation.members.models import Community

WEEKS = 12
SHOWN = 6


@dataclass(frozen=True)
class Multiple:
    """One of the small drawings. told: why there is none."""

    title: str
    to: str
    figure: str
    svg: SafeString | None
    dots: SafeString | None
    told: str


def parted(judged: Judged, community: Community) -> list[Multiple]:
    """The sources, when there are several, and the channels with most to count, over the last twelve weeks."""
    if judged.last.ends_on is None:
        return []
    last = Period.of(judged.last.ends_on - timedelta(days=1), Grain.WEEK)
    begin = last.begins_on - timedelta(weeks=WEEKS - 1)
    found = _found(judged, community, begin, last.ends_on)
    names = _names(community, found)
    most = sorted(
        (part for part in found if part in names), key=lambda part: -sum(row.n for row in found[part].values())
    )
    sources = [part for part in most if part.startswith("source:")]
    chosen = [*(sources if len(sources) > 1 else []), *(part for part in most if part.startswith("channel:"))][:SHOWN]
    if len(chosen) < 2:
        return []
    days = [period.begins_on for period in periods(begin, last.ends_on, Grain.WEEK)]
    rated = judged.measure.is_rate
    every = [row.value for part in chosen for row in found[part].values() if not rated or row.n >= judged.measure.least]
    return [_multiple(judged, names[part], part, found[part], days, every) for part in chosen]


def _found(judged: Judged, community: Community, begin: date, end: date) -> dict[str, dict[date, Row]]:
    """The stored week readings of every source and channel: one query."""
    made: dict[str, dict[date, Row]] = defaultdict(dict)
    rows = Row.objects.filter(
        Q(slice__startswith="source:") | Q(slice__startswith="channel:"), community=community,
        measure=judged.measure.slug, grain=Grain.WEEK, begins_on__gte=begin, begins_on__lt=end,
    )  # fmt: skip
    for row in rows:
        made[row.slice][row.begins_on] = row
    return made


def _names(community: Community, found: dict[str, dict[date, Row]]) -> dict[str, str]:
    """What the parts are called. A channel that is all of its source is that source, and left out."""
    sources = {each.pk: name(each.name) for each in Source.objects.filter(community=community)}
    numbers = [int(part.removeprefix("channel:")) for part in found if part.startswith("channel:")]
    channels = Channel.objects.filter(community=community, number__in=numbers)
    whole = {each.number for each in channels if name(each.name) == sources.get(each.source_id)}
    return {
        **{f"channel:{each.number}": name(each.name) for each in channels if each.number not in whole},
        **{f"source:{pk}": called for pk, called in sources.items()},
    }


def _multiple(
    judged: Judged, title: str, part: str, found: dict[date, Row], days: Sequence[date], every: Sequence[float | None]
) -> Multiple:
    """A part as a drawing, or as dots where it is too few for a rate."""
    kind, _, number = part.partition(":")
    to = f"{reverse('measure', args=[judged.measure.slug])}?{kind}={number}"
    n = sum(row.n for row in found.values())
    rated = judged.measure.is_rate
    if rated and n < judged.measure.least:
        return _few(judged, title, to, found, n)
    value = _whole(judged, found, n)
    told = figure(value, judged.unit) if value is not None else ""
    known = {on: row.value for on, row in found.items() if not rated or row.n >= judged.measure.least}
    if rated and len(known) < len(days) / 2:
        few = ngettext("%(n)s case; too few by week to draw.", "%(n)s cases; too few by week to draw.", n) % {"n": n}
        return Multiple(title, to, told, None, None, few)
    nothing = None if rated else 0.0
    points = [charts.Point(name=short(on, Grain.WEEK), value=known.get(on, nothing)) for on in days]
    drawn = charts.line(points, unit=judged.unit, what=judged.title, small=True, within=every)
    return Multiple(title, to, told, drawn.svg, None, "")


def _whole(judged: Judged, found: dict[date, Row], n: int) -> float | None:
    """The twelve weeks together: a share of all, a sum; medians of weeks are not added up."""
    known = [row for row in found.values() if row.value is not None]
    if judged.measure.fold in ("mean", "again", "average"):
        return sum((row.value or 0.0) * row.n for row in known) / n if n else None
    if judged.measure.fold == "sum":
        return sum(row.value or 0.0 for row in known)
    return None


def _few(judged: Judged, title: str, to: str, found: dict[date, Row], n: int) -> Multiple:
    """Too few for a rate: so many dots."""
    whole = ngettext("%(n)s case in twelve weeks.", "%(n)s cases in twelve weeks.", n) % {"n": n}
    if judged.measure.fold != "mean" or not n:
        return Multiple(title, to, gettext("too few to say"), None, None, whole)
    yes = round(sum((row.value or 0.0) * row.n for row in found.values() if row.value is not None))
    told = gettext("%(whole)s %(yes)s did, %(no)s did not.") % {"whole": whole, "yes": yes, "no": n - yes}
    return Multiple(title, to, gettext("too few to say"), None, charts.dots(yes, n - yes), told)
