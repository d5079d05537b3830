"""Finding and showing messages: a copy of the lake that catches up by itself."""

from thirdplace.foundation.index.door import Index
from thirdplace.foundation.index.message import Message
from thirdplace.foundation.index.searching import Found

__all__ = ["Found", "Index", "Message"]
