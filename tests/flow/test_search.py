"""Searching: its address, what it finds of what keepers of locks said, and the views that are kept of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

import lock_keepers
from thirdplace.flow import imports, otherwise, search, views
from thirdplace.flow.models import View
from thirdplace.flow.search import Search
from thirdplace.foundation.accounts import keeping
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import AlreadyDone, NotAllowed, NotFound, Refused, ThirdplaceError
from thirdplace.foundation.members.models import Community

NOW = datetime(2026, 10, 17, 9, tzinfo=UTC)
SAID = (
    ("ann", "The upper gate sticks, see https://locks.example/gate for a picture."),
    ("bo", "A gate that is upper most sticks not."),
    ("cy", "Run `turn --left` at the gate.\n```\nturn --left\n```"),
    ("ann", "水門の鍵はどこですか"),
    ("bo", "The gaet was misspelt here."),
)


@pytest.fixture
def owner(db: None) -> Account:
    return keeping.make_owner("Marit", "hedges and stiles")


@pytest.fixture
def canal(owner: Account, tmp_path) -> Community:
    """Five messages of two channels."""
    community = Community.objects.create(name="Canal", slug="canal", zone="UTC")
    said = [(NOW - timedelta(days=5 - nth), who, text) for nth, (who, text) in enumerate(SAID)]
    channels = {
        "gates": list(lock_keepers.messages(said[:3], first=1)),
        "other": list(lock_keepers.messages(said[3:], first=50)),
    }
    imports.run(community, lock_keepers.packed(tmp_path / "canal.zip", channels), wall=timezone.now())
    community.refresh_from_db()
    return community


@pytest.fixture
def found(canal: Community, owner: Account) -> Callable[..., list[int]]:
    """Which of what was said is found, by its place in SAID."""

    def of(address: str = "", **asked) -> list[int]:
        wanted = search.from_address(address) if address else Search(**asked)
        answer = search.find(wanted, community=canal, steward=owner, now=NOW)
        texts = [text for _who, text in SAID]
        at = [texts.index(each.text) for each in answer.messages]
        assert answer.total == len(at)
        return at

    return of


@pytest.mark.parametrize(
    ("address", "finds"),
    [
        ("q=gate", [2, 1, 0]),
        ("q=gate&order=oldest", [0, 1, 2]),
        ("q=%22upper+gate%22", [0]),
        ("q=gate+-sticks", [2]),
        ("q=stick*", [1, 0]),
        ("q=gate&near=1", [4, 2, 1, 0]),
        ("has=link", [0]),
        ("has=code", [2]),
        ("q=gate&in=other", []),
        ("in=other", [4, 3]),
        ("by=ann", [3, 0]),
        ("q=%E9%8D%B5", [3]),
        ("q=gate&from=2026-10-13&to=2026-10-13", [1]),
        ("since=7&q=upper", [1, 0]),
        ("language=xx", []),
    ],
)
def test_what_is_asked_for_is_found(found, address, finds):
    assert found(address) == finds


def test_best_first_puts_the_shorter_and_fuller_one_first(found):
    assert found("q=upper+sticks+gate&order=best")[0] in (0, 1)
    assert sorted(found("q=upper+sticks+gate&order=best")) == [0, 1]


def test_one_goes_on_where_an_answer_stopped(canal, owner):
    for order in search.ORDERS:
        wanted, seen, before = Search(words="gate", order=order), [], None
        while True:
            answer = search.find(wanted, community=canal, steward=owner, now=NOW, before=before, limit=1)
            seen += [each.key for each in answer.messages]
            assert answer.total == 3
            if (before := answer.next) is None:
                break
        assert len(seen) == len(set(seen)) == 3, order


def test_an_address_says_the_same_each_way():
    whole = Search(
        words='"upper gate" -paint', sources=(2, 1), channels=(-7, 9), place="help", member=4, by="ann",
        kinds=("asked", "said"), languages=("nl",), has=("link", "code"), near=True, begin=date(2026, 3, 1),
        end=date(2026, 3, 2), order="best",
    )  # fmt: skip
    again = search.from_address(whole.address)
    assert again.address == whole.address
    assert (again.words, again.channels, again.member, again.end) == (whole.words, (-7, 9), 4, whole.end)
    assert search.from_address("order=newest&near=&q=").address == ""
    assert Search(order="best").address == ""  # without words nothing is better than another


HOSTILE = (
    '"', '""""""""', "-", "- - -", '-"', "*", "**** ****", "(a+)+$" * 40, "a" * 10_000, "-" * 10_000, '"a ' * 3_000,
    "\x00\x07\x1b[31m", "\u202egate", "%s %(x)s {0}", "'; DROP TABLE flow_view; --", "\ud800", "[a-z]{1,99999}*",
    "text:gate AND (NOT", "\\", "~2", "a~999999", "1e400", " ", "\n", ".*", "水" * 5_000, "word* " * 400,
)  # fmt: skip


@pytest.mark.parametrize("near", [False, True])
def test_whatever_is_typed_is_no_error(canal, owner, near):
    for words in HOSTILE:
        for order in search.ORDERS:
            wanted = search.read({"q": [words], "near": ["1" if near else ""], "order": [order]})
            assert len(wanted.words) <= search.LONGEST
            answer = search.find(wanted, community=canal, steward=owner, now=NOW)
            assert answer.total <= len(SAID)
            otherwise.ways(wanted, community=canal, now=NOW)
            assert search.from_address(wanted.address).address == wanted.address


@pytest.mark.parametrize(
    "address",
    ["source=x&channel=9e9", "channel=99999999999999999999", "source=99999999999", "from=9999-12-31&to=0001-01-01",
     "to=9999-12-31", "from=0001-01-01", "has=evil&kind=sung", "member=-1", "since=5", "a=" * 600, "&&&=%00"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_filters_nothing_wrongly(canal, owner, address):
    wanted = search.from_address(address)
    found = search.find(wanted, community=canal, steward=owner, now=NOW)
    assert 0 <= found.total <= len(SAID)
    assert search.from_address(wanted.address) == wanted


def test_words_are_not_shown_to_who_may_not_see_them(canal):
    nobody = Account.objects.create(username="nobody in particular")
    with pytest.raises(NotAllowed, match="channels.see"):
        search.find(Search(words="gate"), community=canal, steward=nobody, now=NOW)


def test_communities_are_kept_apart(canal, owner):
    other = Community.objects.create(name="Elsewhere", slug="elsewhere")
    assert search.find(Search(words="gate"), community=other, steward=owner, now=NOW).total == 0


def test_where_nothing_fits_it_says_what_would(canal):
    wanted = Search(words='gate zeppelin -"upper most"', by="cy")
    told = {way.words: way.n for way in otherwise.ways(wanted, community=canal, now=NOW)}
    assert told == {"without “zeppelin”": 1, "only “gate”": 3}
    assert otherwise.left_out(wanted) == ["upper most"]
    spelt = otherwise.ways(Search(words="mispelt"), community=canal, now=NOW)
    assert [(way.words, way.n) for way in spelt] == [("also what is spelt nearly so", 1)]
    away = otherwise.ways(Search(words="gate -sticks -turn"), community=canal, now=NOW)
    assert {way.words: way.n for way in away} == {
        "also what is spelt nearly so": 1, "leaving “sticks” in": 2, "leaving “turn” in": 1, "only “gate”": 3,
    }  # fmt: skip


def test_a_view_is_kept_renamed_removed_and_brought_back(canal, owner):
    kept = views.keep(canal, steward=owner, name=" About  gates\x07 ", query="near=&q=gate&order=newest", now=NOW)
    assert (kept.name, kept.query) == ("About gates", "q=gate")
    with pytest.raises(AlreadyDone, match="About gates"):
        views.keep(canal, steward=owner, name="About gates", query="q=key", now=NOW)
    views.rename(kept, steward=owner, name="Gates")
    assert views.one(canal, "gates") == kept
    views.remove(kept, steward=owner, now=NOW)
    assert views.standing(canal) == []
    again = views.keep(canal, steward=owner, name="Gates", query="q=lock", now=NOW)
    with pytest.raises(AlreadyDone):
        views.bring_back(canal, kept.pk, steward=owner)
    views.remove(again, steward=owner, now=NOW)
    assert views.bring_back(canal, kept.pk, steward=owner).name == "Gates"
    assert [each.query for each in views.standing(canal)] == ["q=gate"]


def test_a_view_of_everything_or_without_a_name_is_refused(canal, owner):
    with pytest.raises(Refused, match="everything"):
        views.keep(canal, steward=owner, name="All", query="order=oldest", now=NOW)
    with pytest.raises(ThirdplaceError, match="no name"):
        views.keep(canal, steward=owner, name="\x00 ", query="q=gate", now=NOW)
    for nth in range(views.MOST):
        views.keep(canal, steward=owner, name=f"View {nth}", query="q=gate", now=NOW)
    with pytest.raises(Refused, match="already"):
        views.keep(canal, steward=owner, name="One more", query="q=gate", now=NOW)


def test_a_view_is_the_communitys_and_changed_only_by_who_may(canal, owner):
    kept = views.keep(canal, steward=owner, name="Gates", query="q=gate", now=NOW)
    colleague = Account.objects.create(username="nobody in particular")
    for change in (
        lambda: views.rename(kept, steward=colleague, name="Mine"),
        lambda: views.remove(kept, steward=colleague, now=NOW),
        lambda: views.bring_back(canal, kept.pk, steward=colleague),
        lambda: views.keep(canal, steward=colleague, name="Mine", query="q=key", now=NOW),
    ):
        with pytest.raises(NotAllowed, match="flow.keep"):
            change()
    other = Community.objects.create(name="Elsewhere", slug="elsewhere")
    with pytest.raises(NotFound):
        views.one(other, kept.pk)
    assert View.objects.get().name == "Gates"
