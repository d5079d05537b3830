"""How sure a reading is, by the way it folds: which interval, or why there is none."""

from thirdplace.foundation.translation import gettext_noop

_COUNT = gettext_noop(
    "Poisson: where the rate behind a count probably lies, in 95 of 100 cases; by Byar's approximation."
)
_SHARE = gettext_noop("Wilson's interval of a share: where the true share probably lies, in 95 of 100 cases.")
_MEAN = gettext_noop(
    "From how much the values differ: where the true mean probably lies, in 95 of 100 cases; a few very large values "
    "make it somewhat too narrow."
)
_NONE = gettext_noop(
    "None: everyone who wrote is counted, and how it would have come out otherwise cannot be said from one period."
)
SURE = {
    "distinct": _COUNT,
    "sum": _COUNT,
    "mean": _SHARE,
    "again": _SHARE,
    "average": _MEAN,
    "sticky": _MEAN,
    "survival": gettext_noop(
        "Greenwood's, on the log-log scale: where the true median probably lies, in 95 of 100 cases."
    ),
    "gini": _NONE,
    "top": _NONE,
    "half": _NONE,
}
COUNTS = ("distinct", "sum")  # nothing is 0; of everything else, a rate from too few is not said
