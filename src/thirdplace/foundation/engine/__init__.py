"""What the log means: rollups, measures and their readings. Light to import: Ibis loads when asked for.

tables(community, now): what a definition sees. refresh(community, now=…): bring everything derived up to the log.
measures: the registry. touch_people(community, member): say that who is who has changed.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thirdplace.foundation.engine.look import Tables
    from thirdplace.foundation.engine.measuring import Measure, measure, measures
    from thirdplace.foundation.engine.opening import tables
    from thirdplace.foundation.engine.people import touch_people
    from thirdplace.foundation.engine.periods import Period
    from thirdplace.foundation.engine.pictures import picture
    from thirdplace.foundation.engine.reading import Reading
    from thirdplace.foundation.engine.refreshing import Refreshed, rebuild, refresh
    from thirdplace.foundation.engine.slices import Slice

_HOME = {
    "Measure": "measuring",
    "Period": "periods",
    "Reading": "reading",
    "Refreshed": "refreshing",
    "Slice": "slices",
    "Tables": "look",
    "measure": "measuring",
    "measures": "measuring",
    "picture": "pictures",
    "rebuild": "refreshing",
    "refresh": "refreshing",
    "tables": "opening",
    "touch_people": "people",
}
__all__ = [
    "Measure",
    "Period",
    "Reading",
    "Refreshed",
    "Slice",
    "Tables",
    "measure",
    "measures",
    "picture",
    "rebuild",
    "refresh",
    "tables",
    "touch_people",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    if name == "rollups":
        return importlib.import_module(f"{__name__}.rollups")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
