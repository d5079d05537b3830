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
_MOST_WORK = 8  # times the length: lists in lists without an end would be read again from each of their beginnings


def salvaged(
    data: bytes, one: msgspec.json.Decoder[T], is_one: Callable[[dict[str, Any]], bool], tally: Tally, place: str
) -> Iterator[T]:
    """Every whole message of a damaged list, in order."""
    text = data.decode("utf-8", "replace")
    if "�" in text and b"\xef\xbf\xbd" not in data:
        tally.skip(NOT_UTF8, place)
    at = failures = in_vain = 0
    losing = False
    while (begins := _BEGINS.search(text, at)) and failures < _MOST_FAILURES and in_vain <= _MOST_WORK * len(text):
        losing = losing or _BETWEEN.fullmatch(text, at, begins.end()) is None
        found, end = _object(text, begins.end(), one, is_one)
        if found is None:
            losing, failures, at = True, failures + 1, begins.end() + 1
            in_vain += end - begins.end()
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
    """The message that begins here, None when it is none or not whole; and how far was looked."""
    end = at
    try:
        said, end = _SCANNER.raw_decode(text, at)
        if not isinstance(said, dict) or not is_one(said):
            return None, end
        return one.decode(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")), end
    except json.JSONDecodeError as error:
        return None, error.pos
    except RecursionError:
        return None, len(text)
    except WRONG:
        return None, end


_SCANNER = json.JSONDecoder(strict=False)
