"""What of a message is searched: the words its author said, and whether there is a link or code among them."""

from thirdplace.foundation.connectors.base import SPOKEN
from thirdplace.foundation.index.shelf import has_tag
from thirdplace.foundation.index.words import prepared
from thirdplace.foundation.text.quotes import without_quotes

_SPOKEN = frozenset(kind.value for kind in SPOKEN)
_LINK, _CODE = has_tag("link"), has_tag("code")


def searched(kind: str, title: str | None, text: str | None) -> tuple[str, list[int]]:
    """The text that the index is given, without what is quoted, and the tags of what it has."""
    if kind not in _SPOKEN:
        return "", []
    said = text or ""
    if ">" in said:
        said = without_quotes(said)
    has = [_LINK] if "://" in said and ("http://" in said or "https://" in said) else []
    if "`" in said and said.count("`") > 1:
        has.append(_CODE)
    if title:
        said = f"{title}\n{said}"
    return prepared(said), has
