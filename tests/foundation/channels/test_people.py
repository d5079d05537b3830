"""Members and identities follow what the lake tells of people."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from jetty import jetty, word
from thirdplace.foundation import doctor
from thirdplace.foundation.channels import importing, settling
from thirdplace.foundation.channels.bulk import bites
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.members.hints import bot_hint
from thirdplace.foundation.members.models import Community, Identity, Member

Trouble = Callable[[Community], list[str]]


def take_in(community: Community, path: Path, **channels: list) -> Import:  # type: ignore[type-arg]
    return importing.import_archive(community, jetty(path, channels))


def test_each_account_is_a_member_with_its_name(community: Community, tmp_path: Path) -> None:
    take_in(community, tmp_path / "a", pier=[word(1, "ann"), word(2, "tide-bot", bot=True)])
    ann, bot = Member.objects.order_by("name")
    assert (ann.name, ann.is_bot, ann.is_staff, ann.bot_hint) == ("Ann", False, False, "")
    assert (bot.name, bot.is_bot, bot.bot_hint) == ("Tide-Bot", True, "format")
    account = ann.identities.get()
    assert (account.name, account.handle, account.said_bot) == ("Ann", "ann", False)


def test_a_newer_name_is_taken_and_an_older_one_is_not(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    take_in(community, tmp_path / "a", pier=[word(10, "ann")])
    take_in(community, tmp_path / "b", pier=[word(20, "ann", name="Ann of the pier")])
    assert (Identity.objects.get().name, Member.objects.get().name) == ("Ann of the pier", "Ann of the pier")
    take_in(community, tmp_path / "c", pier=[word(5, "ann", name="Annie")])
    assert Identity.objects.get().name == "Ann of the pier"
    assert trouble(community) == []


def test_a_member_that_was_given_a_name_keeps_it(community: Community, tmp_path: Path) -> None:
    take_in(community, tmp_path / "a", pier=[word(10, "ann")])
    Member.objects.update(name="Our Ann")
    take_in(community, tmp_path / "b", pier=[word(20, "ann", name="Ann of the pier")])
    assert (Identity.objects.get().name, Member.objects.get().name) == ("Ann of the pier", "Our Ann")


def test_when_the_first_import_goes_an_account_is_the_next_ones(community: Community, tmp_path: Path) -> None:
    first = take_in(community, tmp_path / "a", pier=[word(10, "ann")])
    second = take_in(community, tmp_path / "b", pier=[word(20, "ann")])
    importing.undo_import(first)
    assert Identity.objects.get().import_id == second.pk
    assert community.channels.get().import_id == second.pk


@pytest.mark.django_db(transaction=True)
def test_a_bite_that_breaks_is_rolled_back() -> None:
    def breaks() -> None:
        for bite in bites([1, 2]):
            Community.objects.create(name="Half", slug="half")
            raise ZeroDivisionError(bite)

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert not connection.in_atomic_block
    assert not Community.objects.exists()


def test_a_bot_told_of_later_becomes_one_unless_a_steward_said_otherwise(community: Community, tmp_path: Path) -> None:
    take_in(community, tmp_path / "a", pier=[word(1, "ann"), word(2, "ben")])
    Member.objects.filter(name="Ben").update(bot_mark=False)
    take_in(community, tmp_path / "b", pier=[word(11, "ann", bot=True), word(12, "ben", bot=True)])
    assert dict(Member.objects.values_list("name", "is_bot")) == {"Ann": True, "Ben": False}


def test_numbers_of_members_who_went_are_not_given_again(community: Community, tmp_path: Path) -> None:
    done = take_in(community, tmp_path / "a", pier=[word(nth, f"p{nth}") for nth in range(5)])
    before = set(Member.objects.values_list("pk", flat=True))
    importing.undo_import(done)
    take_in(community, tmp_path / "a", pier=[word(nth, f"p{nth}") for nth in range(5)])
    assert before.isdisjoint(Member.objects.values_list("pk", flat=True))


def test_the_database_is_made_again_from_the_lake(community: Community, tmp_path: Path, trouble: Trouble) -> None:
    take_in(community, tmp_path / "a", pier=[word(1, "ann"), word(2, "ben")], boats=[word(3, "cho")])
    Identity.objects.filter(name="Ben").delete()
    community.channels.filter(name="boats").delete()
    assert trouble(community) == [
        "Lake and database differ in their identities: 1 are missing, 0 are too many.",
        "Lake and database differ in their channels: 1 are missing, 0 are too many.",
    ]
    assert doctor.mend(community) == []
    assert sorted(Identity.objects.values_list("name", flat=True)) == ["Ann", "Ben", "Cho"]


def test_doing_it_twice_changes_nothing(community: Community, tmp_path: Path) -> None:
    take_in(community, tmp_path / "a", pier=[word(1, "ann")])
    community.refresh_from_db()
    settling.mirror(community, None)
    version = community.people_version
    community.refresh_from_db()
    assert community.people_version == version == 1


@pytest.mark.parametrize(
    ("name", "hint"),
    [("GitHub Bot", "name"), ("dyno-bot", "name"), ("HelperBot", "name"), ("[bot]", "name"), ("rolebot", "name"),
     ("Talbot", ""), ("talbot", ""), ("Botany Bay", ""), ("Ann", ""), ("Robotics Club", "")],
)  # fmt: skip
def test_a_name_may_suggest_a_bot(name: str, hint: str) -> None:
    assert bot_hint(name, said=False) == hint


def test_long_names_are_cut(community: Community, tmp_path: Path) -> None:
    take_in(community, tmp_path / "a", pier=[word(1, "ann", name="A" * 500)])
    assert len(Member.objects.get().name) == 200
