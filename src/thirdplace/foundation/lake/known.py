"""Which keys are there already: sorted runs of numbers, so that a million cost 16 MB and a tenth of a second."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Known:
    """Keys with their digests. Grows by batches; runs of like size are merged, so looking up stays cheap."""

    def __init__(self) -> None:
        self._runs: list[tuple[Array, Array]] = []

    def __len__(self) -> int:
        return sum(len(keys) for keys, _digests in self._runs)

    def learn(self, keys: Array, digests: Array) -> None:
        """Take in keys that are not known yet, in any order."""
        if not len(keys):
            return
        self._runs.append(_sorted(keys, digests))
        while len(self._runs) > 1 and len(self._runs[-2][0]) <= 2 * len(self._runs[-1][0]):
            late, early = self._runs.pop(), self._runs.pop()
            self._runs.append(_sorted(np.concatenate([early[0], late[0]]), np.concatenate([early[1], late[1]])))

    def find(self, keys: Array) -> tuple[Mask, Array]:
        """Of each of some sorted keys: whether it is known, and its digest (0 where it is not)."""
        known = np.zeros(len(keys), dtype=np.bool_)
        digests = np.zeros(len(keys), dtype=np.int64)
        for there, their in self._runs:
            at = np.searchsorted(there, keys)
            at[at == len(there)] = 0
            hit = there[at] == keys
            if hit.any():
                known |= hit
                digests[hit] = their[at[hit]]
        return known, digests


def _sorted(keys: Array, digests: Array) -> tuple[Array, Array]:
    order = np.argsort(keys, kind="stable")
    return keys[order], digests[order]


def distinct(keys: Array) -> Array:
    """Numbers sorted, each once. (numpy's own `unique` hashes, which takes five times as long at a million.)"""
    ordered = np.sort(keys)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered
