"""The demo made whole: imported like any archives, worked on by its steward, and found alive by the signals."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from thirdplace import demo
from thirdplace.flow import worklist
from thirdplace.flow.models import Deed, Finding, Reflection
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels.models import Import, Source
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.doctor import check
from thirdplace.foundation.members.models import Community, Identity, Member

WALL = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
ON = WALL.date()


@pytest.fixture
def hedgerow(db: None, tmp_path: Path) -> Community:
    return demo.settle(tmp_path / "exports", wall=WALL)


def names(signal: str) -> set[str]:
    found = Finding.objects.filter(on=ON, signal=signal).select_related("member")
    return {each.member.name for each in found if each.member}


def test_the_three_archives_are_recognised(tmp_path: Path) -> None:
    paths = demo.build(tmp_path, ends_on=ON, scale=0.1)
    assert [recognise(path).connector.slug for path in paths] == ["stackexchange", "discord", "slack"]


def test_a_morning_in_hedgerow(hedgerow: Community, tmp_path: Path) -> None:
    """One long look, since making it takes seconds."""
    assert Import.objects.filter(state=Import.State.DONE).count() == Source.objects.count() == 3
    assert 350 <= Member.objects.count() <= 450
    waiting, quiet, asked = names("newcomer_waiting"), names("regular_gone_quiet"), names("question_unanswered")
    assert {"Priya Raghunathan", "Sunniva Eikeland"} <= waiting
    assert 3 <= len(waiting) <= 5
    assert {"Tomás", "Femke Hoekstra", "Imani Wekesa", "Liv", "Mateo S."} <= quiet
    assert len(quiet) <= 9
    assert 3 <= len(asked) <= 8
    bots = set(Member.objects.filter(is_bot=True).values_list("name", flat=True))
    assert bots == {"Community", "Waymarker", "tilebot"}
    assert Identity.objects.filter(deleted=True).exists()
    assert Member.objects.filter(name="gaugebot", bot_hint="name", is_bot=False).exists()
    assert Member.objects.filter(is_staff=True).count() == 9
    assert check(hedgerow) == []
    _deeds_are_plausible(hedgerow)
    _nobody_can_log_in()
    again = demo.settle(tmp_path / "elsewhere", wall=WALL)
    assert again == hedgerow
    assert Community.objects.count() == 1


def _deeds_are_plausible(hedgerow: Community) -> None:
    deeds = list(Deed.objects.filter(community=hedgerow))
    assert 60 <= len(deeds) <= 110
    assert all(deed.done_at <= WALL for deed in deeds)
    done = Counter(deed.action for deed in deeds)
    assert set(done) == {
        "welcome_newcomer",
        "answer_message",
        "thank_member",
        "write_note",
        "mark_staff",
        "mark_bot",
        "set_aside",
    }
    assert sum(deed.undone_at is not None for deed in deeds) == 1
    assert Reflection.objects.count() == 11
    day = worklist.day(hedgerow, wall=WALL)
    assert day.live
    assert any(item for question in day.questions for item in question.items)


def _nobody_can_log_in() -> None:
    marit = Account.objects.get()
    assert (marit.username, marit.name, marit.is_owner) == ("marit", "Marit Oosterveld", True)
    assert not marit.has_usable_password()


def test_it_ends_today_once_the_morning_is_over() -> None:
    assert demo.last_day(datetime(2026, 11, 17, 8, 20, tzinfo=UTC)).day == 17
    assert demo.last_day(datetime(2026, 11, 17, 8, 10, tzinfo=UTC)).day == 16
    assert demo.last_day(timezone.now()) <= timezone.now().date()
