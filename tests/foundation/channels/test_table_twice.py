"""A number that stands twice in a table is one message, and that is said."""

from collections.abc import Callable
from pathlib import Path

from thirdplace.foundation.channels import importing
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community

ROWS = "id,date,who,text\n1,2025-07-03T10:00Z,Ada,Rain\n2,2025-07-03T11:00Z,Bo,Sun\n"
TWICE = ROWS + "1,2025-07-03T10:00Z,Ada,Rain and wind\n"


def words(community: Community) -> list[str | None]:
    return sorted(each.text for each in Index(community.pk).latest(limit=9))


def test_twice_in_a_table_is_one_message(
    community: Community, trouble: Callable[..., list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "talk.csv"
    path.write_text(TWICE)
    first = importing.import_archive(community, path)
    assert words(community) == ["Rain", "Sun"]
    assert [each["count"] for each in first.skipped] == [1]
    assert trouble(community) == []
    again = importing.import_archive(community, path)
    assert (again.added, again.already, again.changed) == (0, 2, 0)
    assert trouble(community) == []
