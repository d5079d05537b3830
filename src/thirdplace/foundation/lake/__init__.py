"""The log of what members did: the truth, kept as Delta tables."""

from thirdplace.foundation.lake.door import Lake

__all__ = ["Lake"]
