"""Which part of the community a reading is of."""

import re
from dataclasses import dataclass

from thirdplace.foundation.engine.look import ONLY, WITH, WITHOUT
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.translation import gettext

_NUMBERS = ("source", "channel")
_NUMBER = re.compile(r"-?[0-9]{1,19}")


@dataclass(frozen=True)
class Slice:
    """A source, a channel, a language, with or without staff; nothing said is everything. None: any."""

    source: int | None = None
    channel: int | None = None
    language: str | None = None
    staff: str = WITHOUT

    @classmethod
    def parse(cls, written: "str | Slice") -> "Slice":
        """Read what `str()` writes: `all`, or parts such as `source:3`, `language:nl`, `staff:only` with commas."""
        if isinstance(written, Slice):
            return written
        said: dict[str, int | str] = {}
        for part in written.split(",") if written not in ("", "all") else ():
            name, _colon, value = part.strip().partition(":")
            if name in _NUMBERS and _NUMBER.fullmatch(value):
                said[name] = int(value)
            elif (name == "language" and value.isalnum()) or (name == "staff" and value in (WITHOUT, WITH, ONLY)):
                said[name] = value
            else:
                raise _unreadable(part)
        return cls(**said)  # type: ignore[arg-type]

    def __str__(self) -> str:
        said = {name: getattr(self, name) for name in ("source", "channel", "language")}
        parts = [f"{name}:{value}" for name, value in said.items() if value is not None]
        if self.staff != WITHOUT:
            parts.append(f"staff:{self.staff}")
        return ",".join(parts) or "all"

    def condition(self) -> str:
        """The rows of it, as a condition in SQL."""
        parts = [f"{name} = {getattr(self, name)}" for name in _NUMBERS if getattr(self, name) is not None]
        if self.language is not None:
            parts.append(f"language = '{self.language}'")
        return " AND ".join(parts) or "true"


def _unreadable(part: str) -> ThirdplaceError:
    return ThirdplaceError(
        gettext("'%(part)s' is no part of a community that a reading can be of.") % {"part": part},
        gettext("Write all, source:…, channel:…, language:… or staff:with."),
    )
