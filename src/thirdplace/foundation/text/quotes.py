"""What somebody said themselves: without the lines that they quote."""

import re

_QUOTED = re.compile(r"^>", re.MULTILINE)
_FENCE = re.compile(r"`{3,}")


def without_quotes(text: str) -> str:
    """The text without lines that begin with a quoting mark; such lines within code are code."""
    if _QUOTED.search(text) is None:
        return text
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if not fence and line.startswith(">"):
            continue
        kept.append(line)
        if found := _FENCE.match(line):
            if not fence:
                fence = found[0]
            elif found[0] == fence == line.rstrip():
                fence = ""
    return "\n".join(kept).strip()
