"""Findings, kept a day at a time: what the signals noticed by the end of a day, asked once and kept while true."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from thirdplace.flow import definitions, truths
from thirdplace.flow.deeds import day_of
from thirdplace.flow.models import Finding, Round
from thirdplace.flow.signals import Noticed, signals
from thirdplace.flow.wording import day
from thirdplace.foundation import engine
from thirdplace.foundation.engine import Tables
from thirdplace.foundation.engine.queries import mark_of
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Community

_KEPT = ("member_id", "channel", "began_at", "weight", "facts")


def today(community: Community, *, wall: datetime) -> date:
    """Which day it is by the community's clock."""
    return community.now(wall).astimezone(community.tz).date()


def moment(community: Community, on: date, *, wall: datetime) -> datetime:
    """The moment that a day is judged by: its last, or now when it is not over. Refuses a day that has not come."""
    now = community.now(wall)
    if on > now.astimezone(community.tz).date():
        raise ThirdplaceError(
            gettext("%(day)s has not come yet in %(community)s.") % {"day": day(on), "community": community.name},
            gettext("Choose an earlier day, or move the community's clock in Settings."),
        )
    return min(day_of(community, on)[1], now)


def state(community: Community) -> str:
    """What the findings of any day follow from, in few letters: the log, who is who, the zone, the signals."""
    lake = Lake(community.pk)
    people = Community.objects.values_list("people_version", flat=True).get(pk=community.pk)
    versions = ".".join(str(lake.version(table)) for table in ("activities", "changes"))
    return f"{versions} {people} {community.zone} {_signals_mark()}"


def _signals_mark() -> str:
    """Names the signals there are and the code that they stand on."""
    marks = sorted({mark_of(signal.module) for signal in signals.values()})
    return hashlib.sha256(" ".join([*signals, *marks]).encode()).hexdigest()[:16]


def _holds(kept: Round, community: Community, *, is_today: bool) -> bool:
    """Whether a kept day may be shown. Today's follows the log by a job, so that a page need not wait for it."""
    if is_today:
        return kept.state.rpartition(" ")[2] == _signals_mark()
    return kept.state == state(community)


def of(community: Community, on: date, *, wall: datetime) -> tuple[Round, list[Finding]]:
    """A day's findings, as kept; asked now when nobody has looked at that day before, or when it no longer holds."""
    definitions.load()
    kept = Round.objects.filter(community=community, on=on).first()
    if kept is None or not _holds(kept, community, is_today=on == today(community, wall=wall)):
        kept = refresh(community, on, wall=wall)
    return kept, list(Finding.objects.filter(community=community, on=on).select_related("member"))


def refresh(community: Community, on: date, *, wall: datetime) -> Round:
    """Ask every signal about a day, and keep what it noticed. The same line keeps its number."""
    definitions.load()
    before, now = state(community), moment(community, on, wall=wall)
    tables = engine.tables(community, now)
    noticed = {(slug, each.subject): each for slug in signals for each in _ask(slug, tables)}
    over = on < today(community, wall=wall)
    known = truths.of(community, tables, on, as_of=now if over else None)
    with transaction.atomic():
        _keep(community, on, noticed)
        kept, _ = Round.objects.update_or_create(
            community=community, on=on, defaults={"state": before, "truths": known, "found_at": now}
        )
    return kept


def drop_stale(community: Community, *, besides: date) -> int:
    """Forget the days that were asked of another state of the log, but for one; how many. A view asks them again."""
    stale = Round.objects.filter(community=community).exclude(state=state(community)).exclude(on=besides)
    days = list(stale.values_list("on", flat=True))
    with transaction.atomic():
        Finding.objects.filter(community=community, on__in=days).delete()
        stale.filter(on__in=days).delete()
    return len(days)


def _ask(slug: str, tables: Tables) -> Iterable[Noticed]:
    """What one signal noticed. Another package's may fail: it is set aside and reported, and Today goes on."""
    signal = signals[slug]
    try:
        return list(signal.findings(tables))
    except Exception as error:
        package = definitions.owner(signals.file(slug))
        if not package:
            raise
        definitions.set_aside(package, error)
        return []


def _keep(community: Community, on: date, noticed: dict[tuple[str, int], Noticed]) -> None:
    """Make a day's rows say exactly this."""
    there = {(row.signal, row.subject): row for row in Finding.objects.filter(community=community, on=on)}
    gone = [row.pk for which, row in there.items() if which not in noticed]
    Finding.objects.filter(pk__in=gone).delete()
    new, other = [], []
    for which, each in noticed.items():
        columns = {name: getattr(each, name) for name in _KEPT}
        row = there.get(which)
        if row is None:
            new.append(Finding(community=community, on=on, signal=which[0], subject=which[1], **columns))
        elif any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            other.append(row)
    Finding.objects.bulk_create(new, batch_size=500)
    Finding.objects.bulk_update(other, _KEPT, batch_size=200)
