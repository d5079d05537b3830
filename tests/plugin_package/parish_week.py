"""A report of another package."""

from collections.abc import Iterator

from thirdplace.flow.figures import Section, judged
from thirdplace.flow.reports import report
from thirdplace.flow.seen import Seen


@report(title="The parish week", period="week", tells=["bell_ringers"])
def parish_week(seen: Seen) -> Iterator[Section]:
    """Who rang the bell in a week.

    For:    the sexton.
    Says:   how many spoke in a thread called bell.
    Leaves: who ought to have.
    """
    yield Section("The bell", (judged(seen.measure("bell_ringers")),))
