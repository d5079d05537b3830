"""`thirdplace account`: the accounts of stewards, and the keys of their scripts."""

import click

from thirdplace.face.cli.asked import Asked, is_talking
from thirdplace.face.cli.command import Group
from thirdplace.foundation.translation import gettext

_PASSWORD = click.option(
    "--password", help="The password; otherwise it is asked for, or made when nobody can be asked."
)


@click.group(cls=Group)
def command() -> None:
    """Make the owner's account, a new password, or a key for scripts.

    \b
    Example:
      thirdplace account make Marit
      thirdplace account new-password
      thirdplace account key "nightly script"
    """


@command.command()
@click.argument("name", metavar="NAME")
@_PASSWORD
@click.pass_obj
def make(asked: Asked, name: str, password: str | None) -> None:
    """Make the account that owns this house.

    \b
    Example:
      thirdplace account make Marit
    """
    asked.begin(definitions=False, mend=False)
    from thirdplace.foundation.accounts import keeping

    chosen, was_made = _password(password)
    account = keeping.make_owner(name, chosen)
    value = {"name": account.username, "is_owner": True, **({"password": chosen} if was_made else {})}
    asked.answer(value, lambda: _lines(gettext("%(name)s owns this house now."), account.username, chosen, was_made))


@command.command("new-password")
@click.argument("name", default="", metavar="[NAME]")
@_PASSWORD
@click.pass_obj
def new_password(asked: Asked, name: str, password: str | None) -> None:
    """Give an account another password, and log it out everywhere. Without a name: the owner's.

    \b
    Example:
      thirdplace account new-password
      thirdplace account new-password Marit
    """
    asked.begin(definitions=False, mend=False)
    from thirdplace.foundation.accounts import keeping

    account = keeping.account_called(name)
    chosen, was_made = _password(password)
    keeping.new_password(account, chosen)
    value = {"name": account.username, **({"password": chosen} if was_made else {})}
    asked.answer(value, lambda: _lines(gettext("%(name)s has a new password."), account.username, chosen, was_made))


@command.command()
@click.argument("purpose", metavar="PURPOSE")
@click.option("--account", "name", default="", help="Whose key it is; otherwise the owner's.")
@click.pass_obj
def key(asked: Asked, purpose: str, name: str) -> None:
    """Make a key for a script that uses the API. It is shown this once.

    \b
    Example:
      thirdplace account key "nightly script"
    """
    asked.begin(definitions=False, mend=False)
    from django.utils import timezone

    from thirdplace.foundation.accounts import tokens
    from thirdplace.foundation.accounts.keeping import account_called

    token, made = tokens.make(account_called(name), purpose, now=timezone.now())
    asked.answer(
        {"id": token.pk, "name": token.name, "key": made},
        lambda: [made, gettext("Keep it: it is not shown again. End it with: thirdplace account end-key %(id)s")
                 % {"id": token.pk}],
    )  # fmt: skip


@command.command("end-key")
@click.argument("key_id", type=int, metavar="NUMBER")
@click.option("--account", "name", default="", help="Whose key it is; otherwise the owner's.")
@click.pass_obj
def end_key(asked: Asked, key_id: int, name: str) -> None:
    """End a key at once.

    \b
    Example:
      thirdplace account end-key 3
    """
    asked.begin(definitions=False, mend=False)
    from thirdplace.foundation.accounts import tokens
    from thirdplace.foundation.accounts.keeping import account_called

    tokens.revoke(account_called(name), key_id)
    asked.answer({"id": key_id, "ended": True}, lambda: [gettext("That key opens nothing any more.")])


def _password(given: str | None) -> tuple[str, bool]:
    """The password to use, and whether we made it."""
    from thirdplace.foundation.accounts.keeping import suggested_password

    if given is not None:
        return given, False
    if is_talking():
        words = gettext("Password (leave it empty and we make one)")
        typed = click.prompt(words, hide_input=True, default="", show_default=False, err=True)
        if typed:
            again = gettext("The same again")
            while click.prompt(again, hide_input=True, default="", show_default=False, err=True) != typed:
                continue
            return str(typed), False
    return suggested_password(), True


def _lines(sentence: str, name: str, password: str, was_made: bool) -> list[str]:
    lines = [sentence % {"name": name}]
    return [*lines, gettext("Password: %(password)s") % {"password": password}] if was_made else lines
