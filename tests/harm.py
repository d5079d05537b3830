"""Looks through a page for what would run, hide or be fetched from elsewhere."""

from html.parser import HTMLParser


class Harm(HTMLParser):
    """Finds what would run, hide or be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"iframe", "img", "object", "embed", "base", "marquee", "style", "audio", "video"}:
            self.found.append(f"<{tag}>")
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.found.append("<script>")
        for name, value in given.items():
            if (
                name.startswith("on")
                or name == "style"
                or value.strip().lower().startswith(("javascript:", "data:text"))
            ):
                self.found.append(f"{tag} {name}={value}")
            if name in {"src", "poster", "background"} and "//" in value:
                self.found.append(f"{tag} {name}={value}")


def harm(html: str) -> list[str]:
    """What in a page would run or be fetched."""
    looked = Harm()
    looked.feed(html)
    return looked.found
