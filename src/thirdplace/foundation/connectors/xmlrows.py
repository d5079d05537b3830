"""Rows of a large XML table, one by one in flat memory; a damaged row is left out, the next one is read again."""

from collections.abc import Iterator
from xml.parsers import expat

from thirdplace.foundation.connectors.archive import Stream
from thirdplace.foundation.connectors.archive.names import TORN
from thirdplace.foundation.connectors.base import Tally
from thirdplace.foundation.translation import gettext_noop

ROW_LOST = gettext_noop("A row is damaged and was left out.")
FORBIDDEN = gettext_noop("The file declares entities or a document type; it was read only as far as that.")

Row = dict[str, str]
_PIECE = 1 << 18
_LONGEST = 8 << 20  # bytes of one row, of which a post has some ten thousand; beyond, the parser only fills memory


class _Forbidden(Exception):
    """Entities can be made to fill any memory and to fetch files: no export needs them."""


class _Rows:
    """A parser that can begin again in the middle."""

    def __init__(self) -> None:
        self.found: list[Row] = []
        self._root = "rows"
        self._fed = 0
        self._begin()

    def _begin(self) -> None:
        parser = expat.ParserCreate("utf-8")  # whatever the file declares: a damaged declaration costs nothing
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser
        self._depth_known = False

    def _start(self, name: str, told: Row) -> None:
        if name == "row":
            self.found.append(told)
        elif not self._depth_known:
            self._root = name
        self._depth_known = True

    def _refuse(self, *_: object) -> None:
        raise _Forbidden

    def take(self) -> list[Row]:
        found, self.found = self.found, []
        return found

    def feed(self, piece: bytes) -> bytes | None:
        """Parse on. None when all went well; else the rest of the piece, from after the damage."""
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError:
            at = max(0, self._parser.ErrorByteIndex - self._fed)
            return piece[at:]
        self._fed += len(piece)
        return None

    def again(self) -> None:
        """Begin anew inside the same table."""
        self._begin()
        opening = f"<{self._root}>".encode()
        self._parser.Parse(opening, False)
        self._fed = len(opening)

    def is_over(self) -> bool:
        """Whether the table was closed where it should be."""
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError:
            return False
        return True


def rows(stream: Stream, tally: Tally) -> Iterator[Row]:
    """Every row's attributes, in the file's order. What could not be read is said in the tally."""
    table = _Rows()
    lost = b""  # what follows a damage and holds no new row yet
    looking = False
    since = 0  # bytes since the last whole row
    try:
        while piece := stream.read(_PIECE):
            piece, lost = lost + piece, b""
            while piece:
                if looking:
                    at = piece.find(b"<row ")
                    if at < 0:
                        lost = piece[-4:]
                        break
                    piece, looking = piece[at:], False
                    table.again()
                rest = table.feed(piece)
                found = table.take()
                yield from found
                if rest is None:
                    since = 0 if found else since + len(piece)
                    if since > _LONGEST:
                        tally.skip(ROW_LOST, stream.name)
                        looking, since = True, 0
                    break
                looking = True
                if rest.lstrip()[:2] != b"</":
                    tally.skip(ROW_LOST, stream.name)
                piece = rest if len(rest) < len(piece) else piece[1:]
    except _Forbidden:
        tally.skip(FORBIDDEN, stream.name)
        return
    if not stream.torn and (looking or not table.is_over()):
        tally.skip(TORN, stream.name)
