"""Progress on the error stream: a line that is drawn over where somebody looks, nothing where nobody does."""

import shutil
import sys
import time

import click

from thirdplace.face.cli.inert import fitted

EVERY = 0.1  # seconds between drawings


class Progress:
    """One line that says what is being done and how far it is; gone when it is done."""

    def __init__(self) -> None:
        self.is_seen = sys.stderr.isatty()
        self.begun = time.monotonic()
        self.drawn_at = 0.0
        self.drawn = False

    def show(self, what: str, done: float = 0, whole: float = 0) -> None:
        """Say it, at most ten times a second."""
        now = time.monotonic()
        if not self.is_seen or now - self.drawn_at < EVERY:
            return
        self.drawn_at, self.drawn = now, True
        click.echo("\r" + fitted(f"{what}{self._far(done, whole, now)}", _width()), nl=False, err=True)

    def end(self) -> None:
        """Take the line away."""
        if self.drawn:
            click.echo("\r" + " " * _width() + "\r", nl=False, err=True)
            self.drawn = False

    def _far(self, done: float, whole: float, now: float) -> str:
        if whole <= 0:
            return ""
        share = min(done / whole, 1.0)
        bar = "█" * round(share * 20)
        left = (now - self.begun) * (1 - share) / share if share > 0.02 else None
        return f"  {bar:░<20}  {share:4.0%}" + (f"  {left:.0f} s" if left is not None else "")


def _width() -> int:
    return shutil.get_terminal_size((80, 24)).columns - 1
