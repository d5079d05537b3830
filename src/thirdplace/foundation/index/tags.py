"""Every number one filters by, in the one field of tags: a key, what a message belongs to, and these."""

from thirdplace.foundation.numbers import word_number


def source_tag(source: int) -> int:
    """The tag of everything from a source."""
    return word_number("source", str(source))


def kind_tag(kind: str) -> int:
    """The tag of a kind."""
    return word_number("kind", kind)


def language_tag(language: str) -> int:
    """The tag of a language."""
    return word_number("language", language)


def import_tag(import_id: int) -> int:
    """The tag of what an import brought."""
    return word_number("import", str(import_id))


def has_tag(what: str) -> int:
    """The tag of what holds a link, or code."""
    return word_number("has", what)
