"""A report as Markdown: nothing that a member or a source is called turns into markup, a link or a picture."""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext

from thirdplace.face.web.pages import words
from thirdplace.flow.figures import Figure, Sentence
from thirdplace.flow.reports import Edition

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!@$^=])")
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|javascript|data|www)([:.])")
_BEGINS = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")


def inert(text: str) -> str:
    """A stretch of one line in which Markdown sees letters only, however many dialects read it."""
    plain = " ".join(words.clean(text).split())
    escaped = _ADDRESS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", plain))
    return _BEGINS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def written(found: Edition, opens: Callable[[Figure], str]) -> str:
    """The whole report. opens: the address of what is behind a figure."""
    return "\n".join(_lines(found, opens)).strip() + "\n"


def _lines(found: Edition, opens: Callable[[Figure], str]) -> Iterator[str]:
    yield f"# {inert(found.title)}: {inert(found.name)}"
    yield ""
    yield inert(found.community.name)
    for section in found.sections:
        yield ""
        if section.title:
            yield f"## {inert(section.title)}"
            yield ""
        for sentence in section.sentences:
            yield from _sentence(sentence, opens, listed=bool(section.title))
    yield ""
    yield "---"
    yield ""
    yield inert(gettext("Staff and bots are left out, and so is all that came later."))
    for name, text in found.report.card.lines.items():
        yield ""
        yield f"**{inert(gettext(name))}:** {inert(gettext(text))}"


def _sentence(sentence: Sentence, opens: Callable[[Figure], str], *, listed: bool) -> Iterator[str]:
    said = f"{'- ' if listed else ''}{inert(sentence.words)}"
    if len(sentence.figures) == 1:
        figure = sentence.figures[0]
        said += f" [{inert(gettext('Open'))}](<{opens(figure)}>)"
    yield said
    indent = "  " if listed else ""
    for one in sentence.who:
        yield f"{indent}- {inert(words.name(one.name))}"
    if sentence.more:
        yield f"{indent}- " + inert(gettext("and %(n)s more") % {"n": sentence.more})
