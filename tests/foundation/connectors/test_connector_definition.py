"""A connector is one class; a wrong one says what to mend."""

import pytest
from exports import hear

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Kind, Person, Space, Tally
from thirdplace.foundation.connectors.columns import EPOCH
from thirdplace.foundation.connectors.connector import Connector, Recognised, connectors
from thirdplace.foundation.registry import WrongDefinition

CARD = """A diary.

Needs:   a file called diary.txt.
Brings:  a line a message.
Resumes: no.
Leaves:  nothing.
"""


def define(**parts: object) -> type[Connector]:
    """A class as a file would define it."""

    def recognise(cls: type[Connector], archive: Archive) -> Recognised | None:
        return (
            Recognised(cls, "diary.txt is there.", 1.0, Space(native="d", name="d")) if "diary.txt" in archive else None
        )

    def read(self, tally: Tally):
        yield Person(native="me", name="Me")
        with self.archive.open("diary.txt", tally) as stream:
            for nth, line in enumerate(stream.read().decode().splitlines()):
                tally.found["lines"] += 1
                yield Activity(
                    native=str(nth), kind=Kind.SAID, happened_at=EPOCH, who="me", text=line, place="diary.txt"
                )

    whole = {
        "__doc__": CARD, "__module__": __name__, "slug": "diary", "title": "Diary",
        "recognise": classmethod(recognise), "space": lambda self: Space(native="d", name="d"), "read": read,
    }  # fmt: skip
    return type("Diary", (Connector,), {name: part for name, part in (whole | parts).items() if part is not None})


def test_defining_the_class_is_enough(tmp_path):
    diary = define()
    try:
        (tmp_path / "diary.txt").write_text("rain\nsun")
        said = hear(tmp_path)
        assert said.connector is diary is connectors["diary"]
        assert [each.text for each in said.activities] == ["rain", "sun"]
        assert [len(each) for each in said.columns] == [2]
        assert diary.card.lines["Brings"] == "a line a message."
    finally:
        connectors.forget("diary")


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"__doc__": CARD.replace("Leaves:  nothing.\n", "")}, "The docstring of Diary lacks Leaves."),
        ({"__doc__": None}, "Diary has no docstring."),
        ({"slug": None}, "The connector Diary lacks slug."),
        ({"title": 3}, "The connector Diary lacks title."),
        ({"read": None}, "The connector Diary lacks read()."),
        ({"recognise": None}, "The connector Diary lacks recognise()."),
        ({"slug": "slack"}, "Two connectors are called 'slack'"),
    ],
)
def test_a_wrong_one_is_refused_and_names_its_file(parts, what):
    with pytest.raises(WrongDefinition) as error:
        define(**parts)
    assert error.value.what.startswith(what)
    assert error.value.mend
    assert error.value.file.endswith("test_connector_definition.py")
    assert "diary" not in connectors
