"""A measure's value by language, and with staff: one query for all languages, computed on opening and remembered."""

import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from thirdplace.foundation.engine import folds, showing
from thirdplace.foundation.engine.look import ONLY, WITH, WITHOUT
from thirdplace.foundation.engine.models import Settled
from thirdplace.foundation.engine.opening import tables
from thirdplace.foundation.engine.periods import Period
from thirdplace.foundation.engine.reading import NOTHING, Reading, counted
from thirdplace.foundation.engine.slices import Slice
from thirdplace.foundation.members.models import Community

if TYPE_CHECKING:
    from thirdplace.foundation.engine.measuring import Measure

REMEMBERED = 200


class _Remembered:
    """What was computed on opening, until the log moves on."""

    parts: "OrderedDict[tuple[Any, ...], dict[Slice, Reading]]" = OrderedDict()


def parted(measure: "Measure", community: Community, period: Period, languages: Sequence[str]) -> dict[Slice, Reading]:
    """The readings of a period: of everyone, of each of some languages, with staff, and of staff alone.

    As of the moment that stored readings are of; empty while nothing is known.
    """
    settled = Settled.objects.filter(community=community).first()
    if settled is None or not settled.spans:
        return {}
    at = showing.until(settled)
    state = json.dumps(settled.follows_from, sort_keys=True)
    key = (community.pk, measure.slug, period, tuple(languages), at.isoformat(), state)
    remembered = _Remembered.parts
    if key not in remembered:
        seen = tables(community, at)
        found = _computed(measure, period, languages, seen.query)
        known = {part: measure.known(seen, part, period) for part in found}
        remembered[key] = {part: NOTHING if known[part] == "ripening" else each for part, each in found.items()}
        while len(remembered) > REMEMBERED:
            remembered.popitem(last=False)
    return remembered[key]


def _computed(measure: "Measure", period: Period, languages: Sequence[str], ask: Any) -> dict[Slice, Reading]:
    """Three queries, however many languages."""
    empty = NOTHING if measure.is_rate else counted(0, 0)
    spoken = folds.by_language(measure.fold, measure.sql(WITHOUT), period, ask)
    return {
        Slice(): spoken.get(None, empty),
        **{Slice(language=code): spoken.get(code, empty) for code in languages},
        **{
            Slice(staff=staff): folds.one(measure.fold, measure.sql(staff), period, "true", ask)
            for staff in (WITH, ONLY)
        },
    }
