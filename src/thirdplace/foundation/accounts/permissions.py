"""The one function that permissions are asked through."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thirdplace.foundation.accounts.models import Account
    from thirdplace.foundation.members.models import Community


def may(account: "Account", permission: str, *, community: "Community") -> bool:  # noqa: ARG001
    """Whether an account may do this in a community: the house's owner everywhere, a guest where all is invented."""
    return account.is_active and (account.is_owner or community.is_invented)
