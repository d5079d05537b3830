"""Making accounts and their passwords. The first one made on this machine owns the house."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.errors import AlreadyDone, NotFound, ThirdplaceError


def make_owner(name: str, password: str | None, *, language: str = "") -> Account:
    """Make the account that owns the house. Refused once there is one. Without a password nobody can log in by one."""
    with transaction.atomic():
        if Account.objects.select_for_update().filter(is_owner=True).exists():
            raise AlreadyDone(
                gettext("This house has an owner already."),
                gettext("Log in; or make a new password on this machine: thirdplace account new-password."),
            )
        account = Account(username=_plain(name), is_owner=True, language=language)
        _set_password(account, password)
        account.save()
        return account


def has_owner() -> bool:
    """Whether somebody owns this house."""
    return Account.objects.filter(is_owner=True).exists()


def guest(username: str, *, first_name: str, last_name: str, language: str = "") -> Account:
    """The account of whoever looks around an invented community. It owns nothing, and no password opens it."""
    known = Account.objects.filter(username=username, is_owner=False).first()
    if known is None:
        known = Account(username=username, first_name=first_name, last_name=last_name, language=language)
        known.set_unusable_password()
        known.save()
    return known


def new_password(account: Account, password: str) -> None:
    """Give an account another password; it is logged out everywhere."""
    _set_password(account, password)
    account.save(update_fields=["password"])
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def account_called(name: str) -> Account:
    """The account of that name; without a name, the owner's."""
    wanted = Account.objects.filter(username__iexact=name.strip()) if name else Account.objects.filter(is_owner=True)
    if (account := wanted.order_by("pk").first()) is not None:
        return account
    if not name:
        raise NotFound(
            gettext("Nobody has an account here yet."), gettext("Make the owner's: thirdplace account make NAME.")
        )
    names = ", ".join(Account.objects.order_by("username").values_list("username", flat=True))
    raise NotFound(
        gettext("There is no account called '%(name)s'.") % {"name": name},
        gettext("There are: %(names)s.") % {"names": names or gettext("none at all")},
    )


def suggested_password() -> str:
    """A password nobody guesses and that can be read aloud."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def _plain(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 150 or not name.isprintable():
        raise ThirdplaceError(
            gettext("An account needs a name of at most 150 letters."), gettext("Write the name you go by.")
        )
    return name


def _set_password(account: Account, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise ThirdplaceError(
                " ".join(error.messages), gettext("Choose a longer one, or let us make one.")
            ) from None
    account.set_password(password)
