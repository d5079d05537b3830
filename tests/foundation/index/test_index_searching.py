"""What a person types, and what is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import GREEN, VILLAGERS, append, key, minute, said, who
from thirdplace.foundation.connectors.base import Activity, Kind
from thirdplace.foundation.index import Index
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.text.quotes import without_quotes


def shown(*texts: str) -> Index:
    """An index of some messages, a minute apart."""
    append(Lake(1), [*VILLAGERS, GREEN, *(said(nth, text) for nth, text in enumerate(texts))], 1)
    Index(1).catch_up()
    return Index(1)


def found(index: Index, words: str, **more: object) -> list[str | None]:
    return [each.text for each in index.search(words, **more).messages]  # type: ignore[arg-type]


def test_all_the_words_must_be_there_in_any_order() -> None:
    index = shown("the gate is open", "open the upper gate", "the gate")
    assert found(index, "gate OPEN") == ["open the upper gate", "the gate is open"]
    assert found(index, "gate shut") == []
    assert index.search("gate").total == 3


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»"])
def test_a_phrase_stands_in_a_row(quotes: str) -> None:
    index = shown("the gate is open", "is the open gate", "open the gate is")
    assert found(index, f"{quotes[0]}gate is{quotes[1]}") == ["open the gate is", "the gate is open"]
    assert found(index, f"open {quotes[0]}the gate is") == ["open the gate is", "the gate is open"]


def test_what_is_excluded_is_not_there() -> None:
    index = shown("gate open", "gate shut", "open field")
    assert found(index, "gate -shut") == ["gate open"]
    assert found(index, 'open -"gate open"') == ["open field"]
    assert found(index, "-gate") == ["open field"]
    assert found(index, "-gate -field") == []


def test_how_a_word_begins() -> None:
    index = shown("gatehouse", "a gateway", "the gate", "the gat", "upper-gatehouse")
    assert found(index, "gate*") == ["upper-gatehouse", "the gate", "a gateway", "gatehouse"]
    assert found(index, "gate*", best=True) != []
    assert found(index, "upper-gate*") == ["upper-gatehouse"]


def test_a_word_with_marks_in_it_stands_in_a_row() -> None:
    index = shown("see foo.bar", "bar and foo")
    assert found(index, "foo.bar") == ["see foo.bar"]


def test_near_spelling_by_the_length_of_the_word() -> None:
    index = shown("the barn", "the bran", "an ox", "kitchener", "kitchens")
    assert found(index, "barn") == ["the barn"]
    assert found(index, "barn", near=True) == ["the bran", "the barn"]
    assert found(index, "barn", near=True, best=True) == ["the barn", "the bran"]
    assert found(index, "ax", near=True) == []
    assert found(index, "kitchem", near=True) == []
    assert found(index, "kitchemed", near=True) == ["kitchener"]


def test_accents_and_capitals_make_no_difference() -> None:
    index = shown("Café Ångström", "cafe angstrom", "cafe\u0301 A\u030angstro\u0308m")
    assert len(found(index, "CAFÉ ångström")) == len(found(index, "cafe angstrom")) == 3


def test_best_first_and_then_newest() -> None:
    index = shown("gate", "gate and a great many other words about the upper field", "gate", "other")
    assert [each.key for each in index.search("gate", best=True).messages] == [key(2), key(0), key(1)]
    assert index.search("gate", best=True).terms == ["gate"]


@pytest.mark.parametrize("best", [True, False])
def test_on_from_what_was_shown(best: bool) -> None:
    index = shown(*(f"gate number {nth}" for nth in range(11)))
    seen: list[int] = []
    page = index.search("gate", best=best, limit=4)
    while True:
        assert (page.total, page.exact) == (11, True)
        seen += [each.key for each in page.messages]
        if page.next is None:
            break
        page = index.search("gate", best=best, limit=4, before=page.next)
    assert seen == [key(nth) for nth in range(10, -1, -1)]


def test_links_and_code() -> None:
    index = shown(
        "see https://example.org", "try `ls`", "```\nhttps://example.org\n```", "a ` b", "> https://x.org\nno"
    )
    assert found(index, "", has=["link"]) == ["```\nhttps://example.org\n```", "see https://example.org"]
    assert found(index, "", has=["code"]) == ["```\nhttps://example.org\n```", "try `ls`"]
    assert found(index, "", has=["code", "link"]) == ["```\nhttps://example.org\n```"]
    assert index.count(has=["link"]) == 2


def test_what_is_quoted_was_not_said() -> None:
    text = "> the gate\n\nthe field"
    assert without_quotes(text) == "the field"
    index = shown(text)
    assert (found(index, "gate"), found(index, "field")) == ([], [text])


def test_only_what_was_said_is_searched() -> None:
    joined = Activity(native="j1", kind=Kind.JOINED, happened_at=minute(9), who="cho", text="gate")
    append(Lake(1), [*VILLAGERS, GREEN, said(0, "gate"), joined], 1)
    Index(1).catch_up()
    assert found(Index(1), "gate") == ["gate"]
    assert Index(1).search("").total == 2


def test_filters_narrow_what_is_found() -> None:
    index = shown("gate", "gate", "gate", "field")
    assert index.search("gate", identities=[who("ann")]).total == 1
    assert index.search("gate", begin=minute(1)).total == 2
    assert index.search("gate", begin=minute(1), best=True, limit=1).total == 2
    assert index.search("", end=minute(2)).total == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("東京タワーに行きました", ["東京", "タワー", "東京タワー", "京", "た", "東京 行き", '"タワーに"', "ﾀﾜｰ"]),
        ("日本語のドキュメントを3月に公開", ["3月", "公開", "ドキュメント", "月", "3"]),
        ("我们明天去北京大学", ["北京", "大学", "学", "北京大学", "明天"]),
        ("ฉันไปโรงเรียนที่น้ำ", ["โรงเรียน", "น้ำ", "ไปโรง"]),
        ("서울에서 만나요", ["서울", "만나"]),
        ("Pythonで書いたbotです", ["python", "書いた", "bot", "Pythonで", "bot*"]),
    ],
)
def test_languages_without_spaces_are_found_by_any_piece(text: str, words: list[str]) -> None:
    index = shown(text, "other")
    for word in words:
        assert found(index, word) == [text], word
        assert found(index, word, best=True) == [text], word
        stretches = index.marks(text, index.search(word).terms)
        assert stretches, word


def test_pieces_that_do_not_stand_in_a_row_are_not_found() -> None:
    index = shown("東京タワー", "北京大学")
    assert [found(index, word) for word in ("京東", "東タ", "北大", "東京ワー")] == [[], [], [], []]


@given(st.text(max_size=40) | st.text(alphabet='"-* ab東*“”', max_size=20))
def test_whatever_is_typed_is_no_error(words: str) -> None:
    index = _once()
    for best in (False, True):
        for near in (False, True):
            page = index.search(words, best=best, near=near)
            assert page.total >= len(page.messages)
            for each in page.messages:
                index.marks(each.text or "", page.terms)


_made: list[Index] = []


def _once() -> Index:
    if not _made or not _made[0].folder.exists():
        _made[:] = [shown("ab a-b 東京 b東", "the gate", "a b")]
    return _made[0]


def test_hostile_input() -> None:
    index = shown("the gate")
    for words in (
        "\ud800",
        "\0",
        "a" * 10_000,
        '"' * 500,
        "-" * 500,
        "(gate OR [x",
        "* " * 900,
        "gate\\",
        "/.*/",
        "~2",
    ):
        index.search(words)
        index.search(words, best=True, near=True)
    assert index.search("!!!").total == 0
