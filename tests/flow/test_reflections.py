"""A few words when the round is done."""

from datetime import date

import pytest

from hedgerow import NOW, Village
from thirdplace.flow import reflections
from thirdplace.flow.models import Reflection
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import NotAllowed, ThirdplaceError

MONDAY = date(2026, 11, 9)


def test_a_day_has_one_reflection_of_a_steward_and_the_newest_stays(village: Village) -> None:
    about = {"steward": village.steward, "on": MONDAY, "now": NOW}
    reflections.keep(village.community, text=" Ben thanked Ann. ", **about)
    reflections.keep(village.community, text="Ben thanked Ann.", differently="Say so too.", **about)
    (kept,) = reflections.of(village.community, MONDAY)
    assert (kept.text, kept.differently, kept.written_at) == ("Ben thanked Ann.", "Say so too.", NOW)


def test_nothing_written_takes_it_away(village: Village) -> None:
    about = {"steward": village.steward, "on": MONDAY, "now": NOW}
    reflections.keep(village.community, text="Hm.", **about)
    assert reflections.keep(village.community, text="  ", **about) is None
    assert reflections.of(village.community, MONDAY) == []


def test_the_last_one_before_a_day_opens_it(village: Village) -> None:
    reflections.keep(village.community, steward=village.steward, on=date(2026, 11, 5), now=NOW, text="Thursday.")
    found = reflections.latest(village.community, before=MONDAY)
    assert found is not None
    assert found.text == "Thursday."
    assert reflections.latest(village.community, before=date(2026, 11, 5)) is None


def test_who_may_not_reflect_writes_nothing(village: Village) -> None:
    guest = Account.objects.create_user("gus", first_name="Gus")
    with pytest.raises(NotAllowed, match="flow.reflect"):
        reflections.keep(village.community, steward=guest, on=date(2026, 11, 8), now=NOW, text="Calm.")
    assert not Reflection.objects.exists()


def test_tomorrow_cannot_be_reflected_on(village: Village) -> None:
    with pytest.raises(ThirdplaceError, match="has not come yet"):
        reflections.keep(village.community, steward=village.steward, on=date(2026, 11, 10), now=NOW, text="Hm.")
