"""The same view of an export, whether it is a file, a folder, a zip, a 7z or a tar."""

from thirdplace.foundation.connectors.archive.archive import Archive
from thirdplace.foundation.connectors.archive.stream import Stream

__all__ = ["Archive", "Stream"]
