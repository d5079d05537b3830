"""Keys for scripts that use the API. Only a digest is kept: a key is shown once, when it is made."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext

from thirdplace.foundation.accounts.models import Account, Token
from thirdplace.foundation.errors import NotFound

PREFIX = "tp_"  # so that who finds one knows what it opens
SEEN = timedelta(minutes=1)  # how exactly we remember when it was last used


def digest(key: str) -> str:
    """What is kept of a key. It has 256 bits of chance in it: no salt and no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def make(account: Account, name: str, *, now: datetime) -> tuple[Token, str]:
    """Make a key for an account; what is kept, and the key itself, which cannot be shown again."""
    key = PREFIX + secrets.token_urlsafe(32)
    return Token.objects.create(account=account, name=name.strip()[:80], digest=digest(key), made_at=now), key


def revoke(account: Account, token_id: int) -> None:
    """End a key of this account at once."""
    if not Token.objects.filter(account=account, pk=token_id).delete()[0]:
        raise NotFound(gettext("That key is not here."), gettext("Nothing to do: it has been ended already."))


def account_of(key: str, *, now: datetime) -> Account | None:
    """Whose key it is, or None; and remember that it was used."""
    token = Token.objects.select_related("account").filter(digest=digest(key)).first()
    if token is None or not token.account.is_active:
        return None
    if token.used_at is None or now - token.used_at > SEEN:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token.account
