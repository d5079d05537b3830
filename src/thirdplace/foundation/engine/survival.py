"""How long something takes when some of it has not happened yet: Kaplan and Meier's estimate.

Who still waits counts for as long as they have waited. Nothing is read off the curve beyond what it reached.
"""

from typing import Any

import numpy as np

from thirdplace.foundation.engine.reading import Z

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

SHORT = 64  # moments of a group that is summed together with others of its length


class Waits:
    """Many groups of waits at once, each with its own curve.

    group: a number for each wait; seconds: how long; seen: 1 when it ended, 0 when we only know that it lasted so long.
    """

    def __init__(self, group: Ints, seconds: Floats, seen: Ints) -> None:
        order = np.lexsort((seconds, group))
        group, seconds, seen = group[order], seconds[order], seen[order].astype(np.int64)
        self.groups, first, self.n = np.unique(group, return_index=True, return_counts=True)
        step = np.ones(len(group), dtype=bool)
        step[1:] = (group[1:] != group[:-1]) | (seconds[1:] != seconds[:-1])
        at = np.flatnonzero(step)  # the first wait of each moment of each group
        ended = np.add.reduceat(seen, at) if len(at) else np.zeros(0, dtype=np.int64)
        nth = np.searchsorted(self.groups, group[at])
        self.group, self.seconds, self._nth = group[at], seconds[at], nth
        self._begins = np.searchsorted(self.group, self.groups)
        self.ended = np.bincount(nth, ended, len(self.groups)).astype(np.int64)
        self._estimate(self.n[nth] - (at - first[nth]), ended)

    def _estimate(self, risk: Ints, ended: Ints) -> None:
        """The share that still waits after each moment, with Greenwood's variance on the log-log scale."""
        gone = risk == ended  # only ever at the end of a group
        with np.errstate(divide="ignore", invalid="ignore"):
            self.still = np.exp(_within(np.where(gone, 0.0, np.log1p(-ended / risk)), self._begins))
            spread = np.sqrt(_within(np.where(gone, 0.0, ended / (risk * (risk - ended))), self._begins))
            inner = Z * spread / np.log(self.still)
            one, other = self.still ** np.exp(inner), self.still ** np.exp(-inner)
        one, other = np.nan_to_num(one, nan=1.0), np.nan_to_num(other, nan=1.0)
        self.low, self.high = np.minimum(one, other), np.maximum(one, other)
        self.still[gone] = self.low[gone] = 0.0

    def when(self, share: float, of: Floats | None = None) -> Floats:
        """For each group, after how many seconds no more than a share still waits; NaN when it never came to that."""
        curve = self.still if of is None else of
        hit = np.flatnonzero(curve <= share + 1e-12)
        groups, at = np.unique(self.group[hit], return_index=True)
        found = np.full(len(self.groups), np.nan)
        found[np.searchsorted(self.groups, groups)] = self.seconds[hit[at]]
        return found


def _within(steps: Floats, begins: Ints) -> Floats:
    """Running sums that begin anew with each group; each is summed by itself, so that none leans on its neighbours."""
    sums, lengths = steps.copy(), np.diff(np.append(begins, len(steps)))
    for begin, length in zip(begins[lengths > SHORT].tolist(), lengths[lengths > SHORT].tolist(), strict=True):
        np.cumsum(steps[begin : begin + length], out=sums[begin : begin + length])
    begins, lengths = begins[lengths <= SHORT], lengths[lengths <= SHORT]
    for nth in range(1, int(lengths.max(initial=0))):
        at = begins[lengths > nth] + nth
        sums[at] += sums[at - 1]
    return sums
