"""Every address there is, asked by who has not come in, and by who may do nothing here."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from thirdplace.face.web.middleware.gate import GUESTS, OPEN
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community

FILLED = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def addresses(patterns: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of every view, its parts filled in, those of included lists too."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            plain = re.sub(r"<(?:(\w+):)?\w+>", lambda part: FILLED.get(part[1] or "str", "1"), route)
            yield each.name or "", "/" + plain.replace("^", "").replace("$", "")
        else:
            yield from addresses(each.url_patterns, route)


def every() -> list[tuple[str, str]]:
    """All but those that anybody may ask."""
    found = list(addresses(get_resolver().url_patterns))
    assert len(found) > 80
    return [(name, at) for name, at in found if name not in OPEN and at not in ("/api/", "/api/v1/")]  # no pages


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_not_come_in_is_led_to_the_door(visitor: Client, owner: Account, house: Community, method: str) -> None:
    for name, at in every():
        answer = getattr(visitor, method)(at)
        if at.startswith("/api/"):
            assert answer.status_code in (401, 405), (name, at, answer.status_code)
        else:
            assert answer.status_code == 302, (name, at, answer.status_code)
            assert answer["Location"].startswith("/login?next="), (name, at)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_do_nothing_here_sees_and_does_nothing(
    visitor: Client, owner: Account, house: Community, method: str
) -> None:
    """Another account than the owner's, in a community that is not invented."""
    visitor.force_login(Account.objects.create(username="nobody in particular"))
    for name, at in every():
        if name in GUESTS or at.startswith(("/api/v1/me", "/api/v1/keys")):
            continue  # what is one's own
        answer = getattr(visitor, method)(at, content_type="application/json") if method == "post" else visitor.get(at)
        if answer.status_code == 302:
            assert answer["Location"] == "/look-around" or answer["Location"].startswith("/login"), (name, at)
        elif at.startswith("/api/") and answer.status_code == 200:
            assert at in ("/api/v1/openapi.json", "/api/v1/communities"), (name, at)
            assert b"mill-lane" not in answer.content
        else:
            assert answer.status_code in (400, 403, 404, 405, 422), (name, at, answer.status_code)
        assert b"Mill Lane" not in answer.content, (name, at)
