"""Reactions below a message: counts, in words too, and inert whatever they are called."""

import pytest

from thirdplace.face.web.pages.reacted import MOST, Reacted, _said, _shown
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.connectors.base import Activity, Kind
from thirdplace.foundation.connectors.columns import gather
from thirdplace.foundation.index import Index
from thirdplace.foundation.lake import Lake
from thirdplace.foundation.lake.reactions import Reaction


@pytest.fixture
def cheered(keepers) -> int:
    """The key of the latest message, to which two reacted, one with a script for a name."""
    source = Source.objects.get(community=keepers)
    (said,) = Index(keepers.pk).latest(limit=1)
    marks = [
        Activity(
            native=f"r{nth}", kind=Kind.REACTED, happened_at=said.happened_at, who="ann", about=said.native, label=label
        )
        for nth, label in enumerate(["wave", "<script>alert(1)</script>"])
    ]
    Lake(keepers.pk).append(gather(marks, source.pk), source=source.pk, import_id=9999)
    return said.key


def test_the_list_and_the_thread_show_them_inert(read, cheered):
    for html in (read("/stream"), read(f"/stream/{cheered}")):
        assert "1 person reacted with :wave:" in html
        assert "&lt;script&gt;alert(1)&lt;/s" in html
        assert "<script>alert(1)" not in html


def test_a_sign_is_shown_and_a_name_stands_between_colons():
    assert _said(Reaction(Kind.REACTED, "🎉", 3)) == Reacted("🎉", 3, "3 people reacted with 🎉")
    assert _said(Reaction(Kind.REACTED, "party_parrot", 1)) == Reacted(
        ":party_parrot:", 1, "1 person reacted with :party_parrot:"
    )


def test_votes_are_words_and_those_of_moderation_are_none():
    told = _shown([Reaction("voted", "up", 5), Reaction("voted", "close", 4), Reaction("accepted", None, 1)])
    assert [each.words for each in told] == ["accepted answer", "5 votes up"]


def test_what_does_not_fit_is_one_number():
    told = _shown([Reaction("reacted", chr(0x1F600 + nth), 2) for nth in range(MOST + 3)])
    assert len(told) == MOST + 1
    assert told[-1].words == "6 reactions more"


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "\x1b]0;x\x07", None, "", "\u202egnp.exe", "x" * 400])
def test_a_hostile_label_is_short_and_turns_nothing(label):
    told = _said(Reaction("reacted", label, 1))
    assert told is not None
    assert 0 < len(told.sign) <= 26
    assert not {"\u202e", "\x1b", "\n"} & set(told.sign)
