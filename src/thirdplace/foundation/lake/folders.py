"""Where a community's files are. One folder each, so that no query can reach across."""

from pathlib import Path

from thirdplace import settings


def community_folder(community_id: int) -> Path:
    """The folder of everything that is no row of the database."""
    return settings.DATA / "communities" / str(community_id)


def lake_folder(community_id: int) -> Path:
    """The Delta tables."""
    return community_folder(community_id) / "lake"


def index_folder(community_id: int) -> Path:
    """The copy of the messages that pages read."""
    return community_folder(community_id) / "index"


def spool_folder(community_id: int) -> Path:
    """What is unpacked while an archive is read; emptied afterwards."""
    return community_folder(community_id) / "spool"


def uploads_folder(community_id: int) -> Path:
    """What was dropped on a page, until it has been read."""
    return community_folder(community_id) / "uploads"
