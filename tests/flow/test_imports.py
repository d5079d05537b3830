"""An import is whole with its readings and findings; undone, nothing is left."""

from hedgerow import NOW, Village, at
from thirdplace.flow import imports
from thirdplace.flow.models import Finding
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.engine.models import Reading
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.members.models import Member


def test_after_an_import_the_day_is_ready(village: Village) -> None:
    done = village.tell(("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None))
    assert (done.state, done.added) == (Import.State.DONE, 2)
    assert set(done.cpu) == {"read", "lake", "index", "readings"}
    assert Finding.objects.count() == 1
    assert Reading.objects.exists()


def test_the_same_letter_again_adds_nothing(village: Village) -> None:
    first = village.tell(("ann", "asked", 6, "stile"))
    again = imports.run(village.community, village.folder / first.name, wall=NOW)
    assert (again.added, again.already) == (0, 1)


def test_undone_it_leaves_nothing(village: Village) -> None:
    done = village.tell(("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None))
    told: list[str] = []
    imports.undo(done, wall=NOW, progress=lambda row: told.append(row.state))
    assert told[-1] == Import.State.UNDONE
    assert not Finding.objects.exists()
    assert not Member.objects.exists()
    assert not Reading.objects.exclude(value=None).exists()
    assert Lake(village.community.pk).committed_imports() <= {done.pk}
    assert village.day().title == "Nothing has been read yet."


def test_a_second_import_asks_the_same_day_again(village: Village) -> None:
    village.tell(("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None))
    village.tell(("cho", "replied", 6.5, "stile"))
    assert not Finding.objects.filter(on=at(8).date()).exists()
