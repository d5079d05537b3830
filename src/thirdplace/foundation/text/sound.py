"""Text that every store can write down."""


def sound(text: str) -> str:
    """The text with halves of characters replaced, which stand in broken exports and no encoding can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
