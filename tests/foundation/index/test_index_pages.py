"""What pages ask of the index."""

from datetime import UTC, datetime

import pytest

from ledger import GREEN, VILLAGERS, append, key, minute, said, talk, thread, where, who
from thirdplace.foundation.connectors.base import Activity, Item, Kind, Place
from thirdplace.foundation.index import Index, Message
from thirdplace.foundation.lake import Lake


def shown(items: list[Item], *, source: int = 1) -> Index:
    """An index of some items."""
    append(Lake(1), items, source, source=source)
    Index(1).catch_up()
    return Index(1)


def texts(found: list[Message]) -> list[str | None]:
    return [each.text for each in found]


def test_before_anything_was_read_there_is_nothing() -> None:
    index = Index(1)
    assert (index.latest(), index.messages([1]), index.thread(1), index.count(), index.version()) == (
        [], {}, [], 0, (-1, -1),
    )  # fmt: skip
    assert index.catch_up() == 0


def test_a_message_comes_back_as_it_was_told() -> None:
    told = said(
        4, "gate", title="Stile", kind=Kind.REPLIED, thread="t1", about="m1", edited=6, place="a.json", label="x"
    )
    (found,) = shown([*VILLAGERS, GREEN, told]).latest()
    assert found == Message(
        key=key(4), source=1, channel=where("green"), thread=thread("t1"), identity=who("ben"), kind="replied",
        happened_at=minute(4), edited_at=minute(6), about=key(1), language=None, title="Stile", text="gate",
        native="m4", place="a.json",
    )  # fmt: skip


def test_newest_first_and_on_from_a_cursor() -> None:
    index = shown(talk(0, 7))
    first = index.latest(limit=3)
    assert texts(first) == ["word 6", "word 5", "word 4"]
    second = index.latest(limit=3, before=first[-1].cursor)
    assert texts(second) == ["word 3", "word 2", "word 1"]
    assert texts(index.latest(limit=3, before=second[-1].cursor)) == ["word 0"]


def test_oldest_first_and_on_from_a_cursor() -> None:
    index = shown(talk(0, 5))
    first = index.latest(limit=3, oldest_first=True)
    assert texts(first) == ["word 0", "word 1", "word 2"]
    assert texts(index.latest(limit=3, before=first[-1].cursor, oldest_first=True)) == ["word 3", "word 4"]


@pytest.mark.parametrize("up", [True, False])
def test_many_of_one_moment_are_paged_without_loss_or_repeat(up: bool) -> None:
    index = shown(
        [*VILLAGERS, GREEN, *(said(nth, happened_at=minute(1)) for nth in range(100)), said(200), said(0, "a")]
    )
    seen: list[int] = []
    cursor = None
    while page := index.latest(limit=7, before=cursor, oldest_first=up):
        seen += [each.key for each in page]
        cursor = page[-1].cursor
    assert len(seen) == len(set(seen)) == index.count() == 101


def test_filters_narrow_together_and_their_values_widen() -> None:
    items = [
        said(nth, kind=Kind.REPLIED if nth % 2 else Kind.SAID, thread="t" if nth > 3 else None) for nth in range(6)
    ]
    index = shown([*VILLAGERS, GREEN, *items])
    assert texts(index.latest(identities=[who("ann")])) == ["word 3", "word 0"]
    assert texts(index.latest(identities=[who("ann"), who("ben")])) == ["word 4", "word 3", "word 1", "word 0"]
    assert texts(index.latest(identities=[who("ann")], kinds=["replied"])) == ["word 3"]
    assert texts(index.latest(threads=[thread("t")])) == ["word 5", "word 4"]
    assert texts(index.latest(channels=[where("elsewhere")])) == []
    assert texts(index.latest(sources=[1], limit=1)) == ["word 5"]
    assert texts(index.latest(sources=[2])) == []
    assert texts(index.latest(begin=minute(1), end=minute(3))) == ["word 2", "word 1"]
    assert (index.count(), index.count(kinds=["said"]), index.count(begin=minute(4))) == (6, 3, 2)


def test_words_are_found_whatever_is_written_around_them() -> None:
    index = shown(
        [*VILLAGERS, GREEN, said(0, "The gate, it is open!"), said(1, "Gates", title="An open field"), said(2)]
    )
    assert texts(index.latest(words="OPEN")) == ["Gates", "The gate, it is open!"]
    assert texts(index.latest(words="gate open")) == ["The gate, it is open!"]
    assert texts(index.latest(words="tag:1 OR *")) == []
    assert (index.latest(words="!!!"), index.count(words="!!!")) == ([], 0)


@pytest.mark.parametrize("text", ["हिन्दी में लिखो", "தமிழ் மொழி", "العربيّة", "İstanbul STRASSE", "naïve", "東京タワー"])
def test_words_of_any_writing_are_found(text: str) -> None:
    index = shown([*VILLAGERS, GREEN, said(0, text), said(1, "other")])
    for word in (text, *text.split(), text.split()[0].upper()):
        assert texts(index.latest(words=word)) == [text]


def test_a_word_longer_than_the_index_keeps_does_not_hide_the_others() -> None:
    index = shown([*VILLAGERS, GREEN, said(0, f"See {'x' * 100} there")])
    assert index.count(words=f"see {'x' * 100}") == 1
    assert index.count(words="x" * 100) == 0


def test_languages() -> None:
    index = shown([
        *VILLAGERS, GREEN, said(0, "Where is the key of the upper gate, please?"),
        said(1, "Wie heeft de sleutel van het hek deze week gezien?"), said(2, "Ja"),
    ])  # fmt: skip
    assert texts(index.latest(languages=["nl"])) == ["Wie heeft de sleutel van het hek deze week gezien?"]
    assert [each.language for each in index.latest(oldest_first=True)] == ["en", "nl", None]


def test_only_what_was_said_and_who_joined_is_shown() -> None:
    like = Activity(native="r1", kind=Kind.REACTED, happened_at=minute(1), who="ben", about="m0", label="+1")
    joined = Activity(native="j1", kind=Kind.JOINED, happened_at=minute(2), who="cho")
    index = shown([*VILLAGERS, GREEN, said(0), like, joined])
    assert [each.kind for each in index.latest()] == ["joined", "said"]


def test_messages_by_key_in_any_number() -> None:
    index = shown(talk(0, 40))
    found = index.messages([key(nth) for nth in (3, 7, 3, 99)])
    assert {number: each.text for number, each in found.items()} == {key(3): "word 3", key(7): "word 7"}
    assert index.messages([]) == {}


def test_a_thread_whole_and_around_a_message() -> None:
    index = shown([*VILLAGERS, GREEN, *(said(nth, thread="t") for nth in range(9)), said(20)])
    assert texts(index.thread(thread("t"), limit=4)) == ["word 0", "word 1", "word 2", "word 3"]
    assert texts(index.thread(thread("t"), around=key(4), limit=5)) == [
        "word 2",
        "word 3",
        "word 4",
        "word 5",
        "word 6",
    ]
    assert texts(index.thread(thread("t"), around=key(99), limit=2)) == ["word 0", "word 1"]


def test_what_was_said_around_a_message() -> None:
    index = shown([*talk(0, 6), said(30, thread="t"), said(31, thread="t"), said(40, channel=None)])
    assert texts(index.context(key(3), before=1, after=1)) == ["word 2", "word 3", "word 4"]
    assert texts(index.context(key(30))) == ["word 30", "word 31"]
    assert texts(index.context(key(40))) == ["word 40"]
    assert index.context(key(99)) == []


def test_a_large_channel_is_asked_by_stretches_of_time_and_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thirdplace.foundation.index.asking.LARGE", 2)
    days = (0, 3, 60, 61, 400, 900, 1500)
    items = [said(nth, happened_at=minute(day * 1440)) for nth, day in enumerate(days)]
    index = shown([*VILLAGERS, GREEN, *items])
    for limit in range(1, 9):
        assert texts(index.latest(limit=limit)) == [f"word {nth}" for nth in range(6, -1, -1)][:limit]
        assert texts(index.latest(limit=limit, oldest_first=True)) == [f"word {nth}" for nth in range(7)][:limit]
    assert texts(index.latest(end=minute(61 * 1440), limit=2)) == ["word 2", "word 1"]
    assert texts(index.latest(begin=minute(61 * 1440), limit=2, oldest_first=True)) == ["word 3", "word 4"]
    assert index.latest(end=datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_a_reader_sees_the_newest_commit_at_the_next_request_and_not_before() -> None:
    index = shown(talk(0, 2))
    assert index.count() == 2
    append(Lake(1), talk(2, 5), 2)
    Index(1).catch_up()
    assert (index.count(), Index(1).count()) == (2, 5)
    index.refresh()
    assert index.count() == 5


def test_communities_do_not_see_each_other() -> None:
    shown(talk(0, 2))
    append(Lake(2), [*VILLAGERS, Place(native="green", name="Green"), said(9)], 1)
    Index(2).catch_up()
    assert (texts(Index(2).latest()), Index(1).count()) == (["word 9"], 2)
