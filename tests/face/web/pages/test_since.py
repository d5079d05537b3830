"""What came of it: a whole sentence with the member in it, in the reader's language."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from thirdplace.face.web.pages import since
from thirdplace.flow.actions import perform
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community, Member


@pytest.fixture
def thanked(keepers: Community, owner: Account) -> Member:
    """A member to whom we wrote two days before their last words."""
    who = Member.objects.filter(community=keepers, last_at__isnull=False, is_bot=False).order_by("-last_at")[0]
    assert who.last_at is not None
    perform("thank_member", community=keepers, steward=owner, why="", now=who.last_at - timedelta(minutes=1),
            member=who, text="Thank you.")  # fmt: skip
    return who


def test_it_says_how_often_they_wrote_since(keepers, thanked):
    (came,) = since.what_came(keepers, now=thanked.last_at + timedelta(hours=1))
    assert came.who == thanked
    assert (came.parts[0].kind, came.parts[0].text) == ("who", thanked.name)
    words = "".join(part.text for part in came.parts[1:])
    assert words.startswith(" has written once since we wrote to them (")
    assert "%" not in words


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_it_can_be_said_in_every_language(keepers, thanked, language):
    with override(language):
        (came,) = since.what_came(keepers, now=thanked.last_at + timedelta(hours=1))
    assert [part.text for part in came.parts if part.kind == "who"] == [thanked.name]


def test_nothing_is_told_before_they_have_written(keepers, thanked):
    assert since.what_came(keepers, now=thanked.last_at - timedelta(seconds=1)) == []
