"""Messages out of damaged JSON: each that is whole is read, each stretch that is not is said."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from thirdplace.foundation.connectors.archive.names import TORN
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.translation import gettext_noop

T = TypeVar("T")

STRETCH_LOST = gettext_noop("A stretch of the file is damaged; the messages that begin in it were left out.")
NOT_UTF8 = gettext_noop("Bytes that are no text in UTF-8 stand in the file; each was replaced by a sign for that.")

WRONG = (msgspec.MsgspecError, ValueError, RecursionError, TypeError)
_BEGINS = re.compile(r"(?:(?<=[\[,])|\A)\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,\[\]]*")
_MOST_FAILURES = 10_000  # one after the other: then what is left is no export


def salvaged(
    data: bytes, one: msgspec.json.Decoder[T], is_one: Callable[[dict[str, Any]], bool], tally: Tally, place: str
) -> Iterator[T]:
    """Every whole message of a damaged list, in order."""
    text = data.decode("utf-8", "replace")
    if "�" in text and b"\xef\xbf\xbd" not in data:
        tally.skip(NOT_UTF8, place)
    at = failures = 0
    losing = False
    while (begins := _BEGINS.search(text, at)) and failures < _MOST_FAILURES:
        losing = losing or _BETWEEN.fullmatch(text, at, begins.end()) is None
        found, end = _object(text, begins.end(), one, is_one)
        if found is None:
            losing, failures, at = True, failures + 1, begins.end() + 1
            continue
        if losing:
            tally.skip(STRETCH_LOST, place)
        yield found
        losing, failures, at = False, 0, end
    if losing or _BETWEEN.fullmatch(text, at) is None:
        tally.skip(STRETCH_LOST, place)
    if not text.rstrip().endswith("]"):
        tally.skip(TORN, place)


def _object(
    text: str, at: int, one: msgspec.json.Decoder[Any], is_one: Callable[[dict[str, Any]], bool]
) -> tuple[Any, int]:
    """The message that begins here and where it ends; None when it is none, or not whole."""
    try:
        said, end = _SCANNER.raw_decode(text, at)
        if not isinstance(said, dict) or not is_one(said):
            return None, at
        return one.decode(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")), end
    except WRONG:
        return None, at


_SCANNER = json.JSONDecoder(strict=False)
