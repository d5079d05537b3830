"""Owners, passwords, keys, and the door that closes for whoever guesses."""

from datetime import UTC, datetime, timedelta

import pytest

from thirdplace.foundation.accounts import keeping, throttle, tokens
from thirdplace.foundation.accounts.models import Account, FailedLogin, Token
from thirdplace.foundation.errors import AlreadyDone, NotFound, ThirdplaceError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
GOOD = "hedges and stiles"


def test_the_first_account_owns_the_house_and_there_is_one():
    owner = keeping.make_owner("Marit  Berg", GOOD)
    assert (owner.username, owner.is_owner, owner.check_password(GOOD)) == ("Marit Berg", True, True)
    with pytest.raises(AlreadyDone):
        keeping.make_owner("Vic", GOOD)


@pytest.mark.parametrize("name", ["", "  ", "a" * 151, "Mar\x1b[31mit", "Marit\u202e"])
def test_a_name_is_plain(name):
    with pytest.raises(ThirdplaceError):
        keeping.make_owner(name, GOOD)
    assert not Account.objects.exists()


@pytest.mark.parametrize("password", ["", "short", "password1234", "1234567890123"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(ThirdplaceError):
        keeping.make_owner("Marit", password)


def test_without_a_password_nobody_logs_in_by_one():
    assert not keeping.make_owner("Marit", None).has_usable_password()


def test_a_new_password_logs_out_everywhere(client):
    owner = keeping.make_owner("Marit", GOOD)
    client.force_login(owner)
    session = client.session.session_key
    keeping.new_password(owner, "another fine hedge")
    assert not client.session.exists(session)
    assert Account.objects.get().check_password("another fine hedge")


def test_accounts_are_found_by_name_or_as_the_owner():
    with pytest.raises(NotFound, match="Make the owner"):
        keeping.account_called("")
    owner = keeping.make_owner("Marit", GOOD)
    assert keeping.account_called("") == keeping.account_called("marit") == owner
    with pytest.raises(NotFound, match="There are: Marit"):
        keeping.account_called("Vic")


def test_a_suggested_password_is_good_and_never_the_same():
    made = {keeping.suggested_password() for _ in range(50)}
    assert len(made) == 50
    keeping.make_owner("Marit", made.pop())


def test_a_key_opens_until_it_is_ended():
    owner = keeping.make_owner("Marit", GOOD)
    token, key = tokens.make(owner, "nightly script", now=NOW)
    assert key not in str(Token.objects.values())
    assert tokens.account_of(key, now=NOW) == owner
    assert Token.objects.get().used_at == NOW
    assert tokens.account_of(key + "x", now=NOW) is None
    tokens.revoke(owner, token.pk)
    assert tokens.account_of(key, now=NOW) is None
    with pytest.raises(NotFound):
        tokens.revoke(owner, token.pk)


def test_a_key_of_an_account_that_was_closed_opens_nothing():
    owner = keeping.make_owner("Marit", GOOD)
    _, key = tokens.make(owner, "script", now=NOW)
    Account.objects.update(is_active=False)
    assert tokens.account_of(key, now=NOW) is None


def test_the_door_closes_after_five_and_longer_each_time():
    for _ in range(4):
        throttle.failed("127.0.0.1", "Marit", now=NOW)
        throttle.ask("127.0.0.1", "marit ", now=NOW)
    throttle.failed("127.0.0.1", "MARIT", now=NOW)
    with pytest.raises(throttle.TooManyTries, match="Wait 1 minute"):
        throttle.ask("127.0.0.1", "marit", now=NOW)
    throttle.ask("127.0.0.1", "vic", now=NOW)
    throttle.ask("127.0.0.1", "marit", now=NOW + timedelta(seconds=31))
    for _ in range(9):
        throttle.failed("127.0.0.1", "marit", now=NOW)
    with pytest.raises(throttle.TooManyTries, match="Wait 15 minutes"):
        throttle.ask("127.0.0.1", "marit", now=NOW)


def test_many_names_from_one_address_close_it_for_all():
    for nth in range(throttle.ALLOWED_ADDRESS):
        throttle.failed("127.0.0.1", f"name {nth}", now=NOW)
    with pytest.raises(throttle.TooManyTries):
        throttle.ask("127.0.0.1", "somebody else", now=NOW)
    throttle.ask("127.0.0.2", "somebody else", now=NOW)


def test_success_forgets_and_so_does_time():
    for _ in range(4):
        throttle.failed("here", "marit", now=NOW)
    throttle.succeeded("here", "marit")
    throttle.failed("here", "marit", now=NOW)
    throttle.ask("here", "marit", now=NOW)
    later = NOW + timedelta(hours=2)
    assert throttle.sweep(now=later) == 2
    assert not FailedLogin.objects.exists()


def test_no_name_is_kept():
    throttle.failed("127.0.0.1", "marit", now=NOW)
    assert "marit" not in str(list(FailedLogin.objects.values()))
