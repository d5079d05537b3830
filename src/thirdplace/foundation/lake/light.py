"""Before its first array pyarrow looks whether pandas is there, and so loads it: .3 CPU s and 45 MB in every process.

We never hand it anything of pandas. Importing this module lets it look once while pandas cannot be found; whoever
imports pandas afterwards gets it.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pyarrow as pa


class _NotThere(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the shape of finders
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Refuse pandas; leave all else to the others."""
        if fullname == "pandas":
            raise ImportError(fullname)
        return None


def _look_once() -> None:
    if "pandas" in sys.modules:
        return
    finder = _NotThere()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(finder)


_look_once()
