"""The one function that permissions are asked through."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thirdplace.foundation.accounts.models import Account
    from thirdplace.foundation.members.models import Community


def may(account: "Account", permission: str, *, community: "Community") -> bool:  # noqa: ARG001
    """Whether an account may do this in a community. Today there is one kind of account, and it owns the house."""
    return account.is_active and account.is_owner
