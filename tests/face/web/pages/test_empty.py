"""A house in which nothing has been read: every page says so, and what to do."""

import pytest
from django.test import Client

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


@pytest.fixture
def empty(owner: Account) -> Community:
    """A community without a source."""
    return Community.objects.create(name="Empty Lock", slug="empty-lock")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/today", "Nothing has been read yet."),
        ("/stream", "Nothing has been read yet"),
        ("/members", "Nobody here"),
        ("/measures", "Nothing has been read yet."),
        ("/measures/messages", "Nothing has been read yet."),
        ("/measures/messages/rows", "Nobody and nothing"),
        ("/measures/time_to_first_response/curve", "Too few"),
        ("/measures/messages/parts", "table"),
        ("/deeds", "Nothing done yet"),
    ],
)
def test_it_says_so(steward: Client, empty: Community, address: str, says: str) -> None:
    answer = steward.get(address)
    assert answer.status_code == 200
    assert says in answer.content.decode()


@pytest.mark.parametrize("address", ["/stream?as=csv", "/members?as=csv", "/deeds?as=csv", "/measures?as=csv"])
def test_its_tables_leave_with_their_heads(steward: Client, empty: Community, address: str) -> None:
    assert b"".join(steward.get(address)).decode("utf-8-sig").count("\n") >= 1
