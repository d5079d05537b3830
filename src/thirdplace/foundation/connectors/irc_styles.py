"""How programs write IRC down: one expression a style, and what a line of the server says."""

import re
from typing import NamedTuple

from thirdplace.foundation.connectors.base import Kind

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Style(NamedTuple):
    """One way of writing a log.

    line: groups h, m, s (perhaps nothing), and of these one: said with words, did with doing, server; none of them:
    another line with a time. y, mo, d where a line tells its day. day: a line that tells the day of those after it.
    """

    name: str
    line: re.Pattern[str]
    day: re.Pattern[str] | None = None


_CLOCK = r"(?P<h>\d\d):(?P<m>\d\d)(?::(?P<s>\d\d))?"
_NOTHING = r"(?P<y>)?(?P<mo>)?(?P<d>)?"

BRACKETS = Style(
    "brackets",
    re.compile(
        rf"\[{_CLOCK}\] {_NOTHING}"
        r"(?:<(?P<said>[^>]*)> (?P<words>.*)|\*\*\* (?P<server>.*)|\* (?P<did>\S+) ?(?P<doing>.*)|(?P<other>.*))",
        re.DOTALL,
    ),
    re.compile(r"\[\d\d:\d\d\] --- \w{3} (?P<month>\w{3}) +(?P<d>\d{1,2}) (?P<y>\d{4})"),
)
IRSSI = Style(
    "irssi",
    re.compile(
        rf"{_CLOCK} ?{_NOTHING}"
        r"(?:<[ @+%&~!]?(?P<said>[^>]*)> (?P<words>.*)|-!- (?P<server>.*)| ?\* (?P<did>\S+) ?(?P<doing>.*)"
        r"|(?P<other>.*))",
        re.DOTALL,
    ),
    re.compile(
        r"--- (?:Log opened|Day changed) \w{3} (?P<month>\w{3}) +(?P<d>\d{1,2}) (?:\d\d:\d\d:\d\d )?(?P<y>\d{4})"
    ),
)
WEECHAT = Style(
    "WeeChat",
    re.compile(
        rf"(?P<y>\d{{4}})-(?P<mo>\d\d)-(?P<d>\d\d) {_CLOCK}\t"
        r"(?:(?:-->|<--|--|=!=)\t(?P<server>.*)| ?\*\t(?P<did>\S+) ?(?P<doing>.*)"
        r"|[@+%&~!]?(?P<said>[^\t]+)\t(?P<words>.*)|(?P<other>.*))",
        re.DOTALL,
    ),
)
HEXCHAT = Style(
    "HexChat",
    re.compile(
        rf"(?P<y>)?(?P<mo>[A-Z][a-z]{{2}}) (?P<d>\d\d) {_CLOCK} ?"
        r"(?:<(?P<said>[^>\t]*)>\t(?P<words>.*)"
        r"|\*\t(?P<server>\S+ (?:\([^)]*\) )?(?:has (?:joined|left|quit)|is now known as) ?.*)"
        r"|\*\t(?P<did>\S+) ?(?P<doing>.*)|(?P<other>.*))",
        re.DOTALL,
    ),
    re.compile(r"\*{4} BEGIN LOGGING AT \w{3} (?P<month>\w{3}) +(?P<d>\d{1,2}) \d\d:\d\d:\d\d (?P<y>\d{4})"),
)
STYLES = (BRACKETS, WEECHAT, HEXCHAT, IRSSI)
ENOUGH = 0.5  # share of the lines of a file that must say something

_RENAMED = re.compile(r"(\S+) is now known as (\S+)|Nick change: (\S+) -> (\S+)")
_CAME = re.compile(r"(?:Joins: (\S+)|(\S+)(?: [\[(][^\])]*[\])])? (?:has )?joined\b)")
_WENT = re.compile(
    r"(?:(?:Parts|Quits): (\S+)|(\S+)(?: [\[(][^\])]*[\])])? (?:has )?(?:left|quit)\b|(\S+) was kicked\b)"
)


def event(told: str) -> tuple[Kind, str, str | None] | None:
    """What the server says happened: the kind, whose nick, and the nick they have from now on. None: nobody's doing."""
    for kind, expression in ((Kind.ARRIVED, _CAME), (Kind.LEFT, _WENT)):
        if found := expression.match(told):
            return kind, next(each for each in found.groups() if each), None
    if found := _RENAMED.match(told):
        old, new = (each for each in found.groups() if each)
        return Kind.RENAMED, old, new
    return None


def style_of(beginning: str, *, usual: Style | None = None) -> tuple[Style, float] | None:
    """The style that most lines are written in, and the share of them that are. None: it is no log of talk.

    usual: the style of the file before, taken again where it fits.
    """
    lines = [line for line in beginning.split("\n")[:200] if line.strip()]
    if usual is not None and lines and (share := _share(usual, lines[:20])) >= ENOUGH:
        return usual, share
    found = [(share, style) for style in STYLES if (share := _share(style, lines)) >= ENOUGH]
    share, style = max(found, key=lambda each: each[0], default=(0.0, BRACKETS))
    return (style, share) if found else None


def _share(style: Style, lines: list[str]) -> float:
    """How many lines say something in this style; headings and other lines with a time count half."""
    good = 0.0
    for line in lines:
        found = style.line.match(line)
        if found and found["other"] is None:
            good += 1
        elif found or (style.day and style.day.match(line)):
            good += 0.5
    return good / max(len(lines), 1)


_AFTER = re.compile(r"[_`^]+$|[|\-\[](?:away|afk|brb|bbl|zzz+|sleep|gone|work|home|busy|lunch|mobile|phone)\]?$", re.I)
_LOWER = str.maketrans("[]\\^", "{}|~")  # IRC's own idea of capitals, RFC 1459


def plain_nick(nick: str) -> str:
    """A nick without what says only that its owner is away, or that the plain one was taken."""
    while (cut := _AFTER.sub("", nick)) != nick and cut:
        nick = cut
    return nick


def folded(nick: str) -> str:
    """What is the same for all ways in which one account writes its nick."""
    return plain_nick(nick).lower().translate(_LOWER)


_BRIDGE = re.compile(r"relay|bridge|gateway|discord|telegram|matrix|slack|gitter|xmpp|jabber|teleirc|matterb", re.I)
_RELAYED = re.compile(r"(?:<([^<>\s][^<>]{0,60})>|\[([^\[\]\s][^\[\]]{0,60})\]) (.*)", re.DOTALL)


def relayed(nick: str, words: str) -> tuple[str, str] | None:
    """The author and words that a bridge between places repeats; None when it is nobody else's."""
    if not _BRIDGE.search(nick) or (found := _RELAYED.match(words)) is None:
        return None
    return found[1] or found[2], found[3]


_COLOURS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04[0-9a-fA-F]{0,6}|[\x02\x0f\x11\x16\x1d\x1e\x1f]")


def uncoloured(words: str) -> str:
    """Words without IRC's signs for colour and weight."""
    return _COLOURS.sub("", words) if not words.isprintable() else words
