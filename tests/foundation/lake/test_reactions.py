"""What was answered without words, counted as it stands."""

from ledger import append, changed, key, minute, said, talk
from thirdplace.foundation.connectors.base import Activity, Kind
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.reactions import Reaction, reactions


def reacted(nth: int, who: str, label: str | None, kind: Kind = Kind.REACTED) -> Activity:
    """Somebody's reaction to the message of a minute."""
    return Activity(
        native=f"m{nth}:{label}:{who}", kind=kind, happened_at=minute(nth), who=who, about=f"m{nth}", label=label
    )


def test_they_are_counted_by_label_the_commonest_first() -> None:
    lake = Lake(1)
    marks = [reacted(1, who, "🎉") for who in ("ann", "ben", "cho")] + [
        reacted(1, "ann", "wave"),
        reacted(2, "ben", "🎉"),
    ]
    append(lake, [*talk(0, 4), *marks, reacted(3, "ann", "up", Kind.VOTED), reacted(3, "ben", None, Kind.ACCEPTED)], 1)
    found = reactions(lake, [key(0), key(1), key(2), key(3)])
    assert found == {
        key(0): (),
        key(1): (Reaction("reacted", "🎉", 3), Reaction("reacted", "wave", 1)),
        key(2): (Reaction("reacted", "🎉", 1),),
        key(3): (Reaction("accepted", None, 1), Reaction("voted", "up", 1)),
    }


def test_a_reply_is_no_reaction() -> None:
    lake = Lake(1)
    append(lake, [*talk(0, 2), said(2, kind=Kind.REPLIED, about="m1")], 1)
    assert reactions(lake, [key(1)]) == {key(1): ()}


def test_they_move_on_with_the_log() -> None:
    lake = Lake(1)
    append(lake, [*talk(0, 2), reacted(1, "ann", "🎉")], 1)
    assert reactions(lake, [key(1)])[key(1)] == (Reaction("reacted", "🎉", 1),)
    append(lake, [reacted(1, "ben", "🎉")], 2)
    assert reactions(lake, [key(1)])[key(1)] == (Reaction("reacted", "🎉", 2),)
    lake.erase_import(2)
    assert reactions(lake, [key(1)])[key(1)] == (Reaction("reacted", "🎉", 1),)


def test_what_was_taken_back_or_changed_counts_no_more() -> None:
    lake = Lake(1)
    append(lake, [*talk(0, 2), reacted(1, "ann", "🎉"), reacted(1, "ben", "🎉"), reacted(1, "cho", "wave")], 1)
    gone = Activity(native="gone", kind=Kind.DELETED, happened_at=minute(9), about="m1:🎉:ann")
    append(lake, [gone, changed(0, Kind.EDITED, 9, "another word")], 2)
    assert reactions(lake, [key(1)])[key(1)] == (Reaction("reacted", "wave", 1), Reaction("reacted", "🎉", 1))


def test_two_communities_are_kept_apart_and_nothing_is_nothing() -> None:
    one, other = Lake(1), Lake(2)
    append(one, [*talk(0, 2), reacted(1, "ann", "🎉")], 1)
    assert reactions(other, [key(1)]) == {key(1): ()}
    assert reactions(one, []) == {}
