"""Findings: kept a day at a time, asked again when something changed, never the worse for a stranger's error."""

from datetime import date

import pytest

from hedgerow import NOW, Village, at
from thirdplace.flow import definitions, findings, refresh
from thirdplace.flow.models import Finding, Round
from thirdplace.flow.signals import signals
from thirdplace.foundation.engine import Tables

MONDAY = date(2026, 11, 9)


def test_a_day_without_findings_is_known_to_have_been_looked_at(village: Village) -> None:
    village.tell(("ann", "said", 7.9, None))
    assert not Finding.objects.exists()
    assert Round.objects.get().on == MONDAY


def test_a_day_of_the_past_is_asked_once(village: Village) -> None:
    village.tell(("ann", "asked", 2, "stile"), ("dov", "said", 7.9, None))
    first, found = findings.of(village.community, date(2026, 11, 6), wall=NOW)
    again, same = findings.of(village.community, date(2026, 11, 6), wall=at(8.2))
    assert (first.pk, first.found_at) == (again.pk, again.found_at)
    assert [each.pk for each in found] == [each.pk for each in same]


def test_a_refresh_drops_the_days_that_no_longer_hold_and_keeps_the_others(village: Village) -> None:
    village.tell(("ann", "asked", 2, "stile"), ("dov", "said", 7.9, None))
    findings.of(village.community, date(2026, 11, 6), wall=NOW)
    assert refresh.refresh(village.community, wall=NOW).dropped == 0
    assert Round.objects.count() == 2
    village.tell(("cho", "replied", 3, "stile"))
    assert [each.on for each in Round.objects.all()] == [MONDAY]
    assert not Finding.objects.filter(on=date(2026, 11, 6)).exists()


def test_a_refresh_without_a_change_changes_nothing(village: Village) -> None:
    village.tell(("ann", "asked", 2, "stile"), ("dov", "said", 7.9, None))
    before = list(Finding.objects.order_by("pk").values())
    refresh.refresh(village.community, wall=NOW)
    assert list(Finding.objects.order_by("pk").values()) == before


def test_a_strangers_signal_is_heard_like_ours(village: Village) -> None:
    village.tell(("ann", "said", 7.9, None), ann="I heard the bell.")
    (item,) = village.lines("coming_up")
    assert (item.sentence, item.why, item.action.slug) == (
        "Ann spoke of the bell.", "They spoke of it 1 time.", "ring_bell",
    )  # fmt: skip
    assert village.day().title == "One thing to prepare."


def test_a_strangers_signal_that_fails_is_reported_and_today_goes_on(village: Village) -> None:
    def fail(tables: Tables) -> list[object]:
        raise ValueError("the rope broke")

    vars(signals["bell_unanswered"])["findings"] = fail
    try:
        village.tell(("ann", "asked", 6, "stile"), ("cho", "said", 7.9, None))
    finally:
        del vars(signals["bell_unanswered"])["findings"]
    assert [item.who for item in village.lines("waiting")] == ["Ann"]
    (broken,) = [each for each in definitions.broken() if each.package == "plugin_package"]
    assert "the rope broke" in broken.what
    definitions.forgive("plugin_package")
    assert definitions.broken() == []


def test_ours_that_fails_is_not_hidden(village: Village) -> None:
    def fail(tables: Tables) -> list[object]:
        raise ValueError("the beam broke")

    vars(signals["newcomer_waiting"])["findings"] = fail
    try:
        with pytest.raises(ValueError, match="the beam broke"):
            village.tell(("ann", "said", 7.9, None))
    finally:
        del vars(signals["newcomer_waiting"])["findings"]


def test_another_signal_makes_today_be_asked_again(village: Village) -> None:
    village.tell(("ann", "said", 7.9, None), ann="I heard the bell.", wall=at(400))
    forgotten, file = signals["bell_unanswered"], signals.file("bell_unanswered")
    signals.forget("bell_unanswered")
    try:
        assert village.lines("coming_up", wall=at(400)) == []
    finally:
        signals.register("bell_unanswered", forgotten, file=file)
    assert [item.who for item in village.lines("coming_up", wall=at(400))] == ["Ann"]
