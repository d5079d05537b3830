"""After anything that can happen to a log, what is stored is what everything computed from scratch gives."""

import os
import random
from datetime import timedelta

import pytest
from town import NOW, PEOPLE, Town, at

from thirdplace.foundation.engine import measure, measures, measuring, rollups
from thirdplace.foundation.engine.models import Reading, Settled
from thirdplace.foundation.members.models import Member

pytestmark = pytest.mark.django_db


def talk(chance: random.Random, count: int, *, begin: float = 0, end: float = 190) -> list[dict[str, object]]:
    """What people may say: questions and topics with replies days later, flat talk in bursts, replies by name."""
    rows: list[dict[str, object]] = []
    while len(rows) < count:
        who, day = chance.choice(PEOPLE), round(chance.uniform(begin, end), 4)
        if chance.random() < 0.4:
            thread, kind = f"t{chance.randrange(10**9)}", chance.choice(["asked", "started"])
            rows.append({"who": who, "kind": kind, "day": day, "thread": thread})
            for _ in range(chance.randrange(4)):
                day = min(round(day + chance.expovariate(0.3), 4), end)
                kind = chance.choice(["answered", "replied", "commented"])
                rows.append({"who": chance.choice(PEOPLE), "kind": kind, "day": day, "thread": thread})
        else:
            for _ in range(chance.randrange(1, 5)):
                rows.append({"who": chance.choice(PEOPLE), "kind": "said", "day": day})
                day = min(round(day + chance.expovariate(60), 4), end)
    for row in rows:
        row["native"] = f"{chance.getrandbits(60)}"
        if chance.random() < 0.05:
            row["who"] = None
        if row["kind"] == "replied" and chance.random() < 0.5:
            row["about"] = chance.choice(rows).get("native")
    return rows


class Fate:
    """A random life of a town, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.town = Town(zone=self.chance.choice(["Europe/Amsterdam", "Asia/Kathmandu", "America/New_York"]))
        self.said: dict[int, list[dict[str, object]]] = {}

    def step(self) -> None:
        """One thing happens."""
        chance = self.chance
        deed = chance.choice(
            [self.append, self.append, self.late, self.edit, self.delete, self.mark, self.mark, self.join, self.undo]
        )
        deed()
        if chance.random() < 0.7:
            self.town.refresh(self.now())

    def now(self):
        """A moment of the community's clock, which may go back."""
        return self.chance.choice([NOW, NOW, at(150), at(90.3), NOW + timedelta(days=40)])

    def append(self) -> None:
        self._tell(talk(self.chance, self.chance.randrange(1, 25)))

    def late(self) -> None:
        begin = self.chance.uniform(0, 60)
        self._tell(talk(self.chance, 6, begin=begin, end=begin + 3))

    def edit(self) -> None:
        self._change("edited")

    def delete(self) -> None:
        self._change("deleted")

    def mark(self) -> None:
        flag = {self.chance.choice(["staff", "bot"]): self.chance.random() < 0.6}
        self.town.mark(self.chance.choice(PEOPLE), **flag)

    def join(self) -> None:
        self.town.join(self.chance.choice(PEOPLE))

    def undo(self) -> None:
        if self.said:
            number = self.chance.choice(sorted(self.said))
            del self.said[number]
            self.town.undo(number)

    def _change(self, kind: str) -> None:
        if self.said:
            number = self.chance.choice(sorted(self.said))
            rows = [row for row in self.said[number] if row["native"]]
            about = self.chance.choice(rows)
            row = {"who": about["who"], "kind": kind, "day": 191 + self.chance.random(), "about": about["native"]}
            self.town.tell([row | {"native": str(self.chance.getrandbits(60)), "text": "otherwise"}])

    def _tell(self, rows: list[dict[str, object]]) -> None:
        self.said[self.town.tell([dict(row) for row in rows], source=self.chance.randrange(2))] = rows


@pytest.mark.parametrize("seed", [int(each) for each in os.environ.get("LIVES", "1 2 3 4 5 6").split()])
def test_after_any_life_everything_stored_equals_what_is_computed_from_scratch(seed):
    fate = Fate(seed)
    fate.append()
    for _ in range(8):
        fate.step()
    fate.town.refresh(NOW)
    assert fate.town.differences(NOW) == []
    assert fate.town.refresh(NOW).readings == 0


@pytest.fixture
def town():
    made = Town()
    made.tell(talk(random.Random(1), 200))
    made.refresh()
    return made


def test_a_second_refresh_has_nothing_to_do(town):
    done = town.refresh()
    assert (done.readings, done.members, done.changed) == (0, 0, False)


def test_new_messages_touch_their_own_months_only(town):
    before = dict(Reading.objects.values_list("pk", "value"))
    town.tell([{"who": "ann", "kind": "said", "day": 180.5}])
    done = town.refresh()
    assert town.differences() == []
    assert 0 < done.readings < 5 * len(measures)
    kept = set(Reading.objects.filter(begins_on__lt=at(100).date()).values_list("pk", flat=True))
    assert kept <= set(before)


def test_staff_and_back_leaves_everything_as_it_was(town):
    before = town.stored()
    town.mark("ann", staff=True)
    assert town.refresh().readings > 0
    assert town.differences() == []
    assert town.stored() != before
    town.mark("ann", staff=False)
    town.refresh()
    assert town.stored() == before


def test_an_undone_import_leaves_no_trace(town):
    before = town.stored()
    number = town.tell(talk(random.Random(2), 40), source=1)
    town.refresh()
    assert town.stored() != before
    town.undo(number)
    town.refresh()
    town.sources[1].delete()
    town.refresh()
    assert town.stored() == before


def test_another_zone_makes_all_days_anew(town):
    town.community.zone = "Pacific/Auckland"
    town.community.save()
    town.refresh()
    assert town.differences() == []


def test_the_order_of_imports_does_not_matter():
    rows, town, outcomes = talk(random.Random(3), 120), Town(sources=1), []
    for order in (rows, rows[::-1], rows[60:] + rows[:60]):
        numbers = [town.tell([dict(row) for row in some]) for some in (order[:70], order[70:])]
        town.refresh()
        assert town.differences() == []
        outcomes.append(town.computed())
        for number in numbers:
            town.undo(number)
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_what_is_wrong_is_found_and_rebuilt(town):
    from thirdplace.foundation import engine

    Reading.objects.filter(measure="messages", grain="day").update(value=7)
    assert rollups.trouble(town.community)[0][0].endswith("stored readings are not what follows from the log.")
    engine.rebuild(town.community)
    assert rollups.trouble(town.community) == []


def test_readings_behind_the_log_are_said(town):
    town.tell([{"who": "ann", "kind": "said", "day": 180.5}])
    assert [what for what, _ in rollups.trouble(town.community)] == ["Readings and rollups are behind the log."]


def test_a_refresh_that_was_killed_is_done_again(town, monkeypatch):
    from thirdplace.foundation.engine import keeping

    town.tell(talk(random.Random(4), 60))
    real, calls = keeping.settle, []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(keeping, "settle", killed)
    with pytest.raises(KeyboardInterrupt):
        town.refresh()
    monkeypatch.setattr(keeping, "settle", real)
    town.refresh()
    assert town.differences() == []


def test_after_a_change_of_the_code_members_figures_are_computed_anew_too(town):
    settled = Settled.objects.get()
    settled.follows_from["definitions"] = "of an older engine"
    settled.save()
    Member.objects.filter(name="ann").update(spoken=7)
    town.refresh()
    assert town.differences() == []


def test_another_packages_measure_that_fails_is_reported_and_the_others_go_on(town):
    def half_shares(t):
        """How much.

        Unit:   share.
        Better: up.
        Source: talk.
        Counts: each message twice over, so that no share of it can be.
        Omits:  nobody.
        Empty:  None.
        """
        return t.days.select("happened_on", "member_id", value=t.days.n * 2.0)

    measure(title="Halves", question="own", unit="share", fold="mean")(half_shares)
    try:
        town.tell([{"who": "ann", "kind": "said", "day": 180.5}])
        assert town.refresh().readings > 0
        assert isinstance(measuring.failed["half_shares"], ValueError)
        assert town.differences() == []
        assert Reading.objects.filter(measure="messages", begins_on=at(180).date(), grain="day").exists()
    finally:
        measures.forget("half_shares")
        measuring.failed.clear()


def test_a_community_without_anything_has_nothing_and_no_trouble():
    town = Town()
    assert rollups.trouble(town.community) == []
    assert town.refresh().readings == 0
    assert measures["messages"].series(town.community, "week") == []
    assert Settled.objects.get().spans == {}


def test_tidying_and_compacting_change_nothing(town):
    before = town.stored()
    town.lake.compact()
    rollups.tidy(town.community.pk)
    assert town.refresh().readings == 0
    assert town.differences() == []
    assert town.stored() == before
