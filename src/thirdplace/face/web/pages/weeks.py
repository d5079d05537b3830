"""The last twelve weeks of some members, as tiny lines."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from thirdplace.flow import charts
from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

WEEKS = 12


def sparks(community: Community, accounts: Mapping[int, Sequence[int]], *, now: datetime) -> dict[int, SafeString]:
    """A line for each member by the numbers of their accounts; none for who said nothing in that time."""
    index, begin, made = Index(community.pk), now - timedelta(weeks=WEEKS), {}
    for pk, numbers in accounts.items():
        _begin, _step, counts = index.over_time(identities=numbers, kinds=SPOKEN, begin=begin, end=now, bars=WEEKS)
        if any(counts):
            made[pk] = charts.spark([float(n) for n in counts], width=72, height=22)
    return made
