"""Members' words on a terminal: whatever could steer it, hide text or turn it round is shown as a mark instead."""

import unicodedata

_CONTROL_PICTURES = 0x2400  # ␀ to ␟ stand in Unicode in the order of the controls they picture
_JOINERS = "\u200c\u200d"  # needed in Persian, in Indian scripts and in emoji; harmless by themselves
_MOST_MARKS = 4  # combining marks kept on one letter; more are somebody's joke
_STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # controls, formats, surrogates, private use, separators of lines


def inert(words: object) -> str:
    """One line of somebody's words, with nothing in it that a terminal obeys."""
    return _inert(str(words))


def inert_lines(words: object, *, indent: str = "") -> str:
    """Somebody's words with their line breaks, each line behind our indent: no line of theirs passes for ours."""
    plain = str(words).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "\n".join(indent + _inert(line).rstrip() for line in plain.split("\n"))


def fitted(words: object, width: int) -> str:
    """One line of somebody's words, cut with … so that it takes at most `width` columns, and filled up to them."""
    line = inert(words)
    if columns(line) > width:
        kept = ""
        for letter in line:
            if columns(kept + letter) > width - 1:
                break
            kept += letter
        line = kept + "…"
    return line + " " * (width - columns(line))


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(_columns(letter) for letter in line)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or letter in _JOINERS or unicodedata.category(letter) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _inert(words: str) -> str:
    shown: list[str] = []
    marks = 0
    for letter in words:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            shown.append(_shown(letter))
    return "".join(shown)


def _shown(letter: str) -> str:
    """The letter, or the mark that stands for it."""
    if " " <= letter <= "~" or letter in _JOINERS or unicodedata.category(letter) not in _STEERING:
        return letter
    code = ord(letter)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"
