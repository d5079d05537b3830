"""What our middleware adds to a request, for the types of views."""

from typing import Any

from django.http import HttpRequest

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


class Visitor(HttpRequest):
    """A request before one has come in: there may be no steward yet, and no community."""

    steward: Account | None
    community: Community | None
    communities: list[Community]
    theme: str


class Request(HttpRequest):
    """A request inside the house."""

    steward: Account
    community: Community
    communities: list[Community]
    theme: str
    _sources_state: Any  # asked once a request; see standing.py
