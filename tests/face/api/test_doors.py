"""Who may ask, and how no is said."""

import pytest
from django.test import Client

from thirdplace.face.web import django_settings
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community, Member


@pytest.fixture
def web(house):
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.force_login(Account.objects.get())
    return client


def test_nobody_is_told_what_happens_and_what_to_do(house):
    for headers in ({}, {"authorization": "Bearer tp_nonsense"}):
        answer = Client(headers={"host": "127.0.0.1", **headers}).get("/api/v1/today")
        assert answer.status_code == 401
        assert "thirdplace account key" in answer.json()["remedy"]


def test_even_the_description_needs_a_login(house, web):
    assert Client(headers={"host": "127.0.0.1"}).get("/api/v1/openapi.json").status_code == 401
    assert web.get("/api/v1/openapi.json").json()["info"]["title"] == "Thirdplace"


def test_a_key_opens(script):
    status, me = script.get("me")
    assert (status, me["name"], me["is_owner"]) == (200, "Marit", True)


def test_a_session_reads_but_writes_only_with_its_token(web):
    assert web.get("/api/v1/me").status_code == 200
    path, words = "/api/v1/reflections/2025-03-01", {"text": "calm"}
    assert web.put(path, words, content_type="application/json").status_code == 403
    web.cookies[django_settings.CSRF_COOKIE_NAME] = "c" * 32
    answer = web.put(path, words, content_type="application/json", headers={"x-csrftoken": "c" * 32})
    assert answer.status_code == 200


def test_an_account_that_was_closed_opens_nothing(script, web):
    Account.objects.update(is_active=False)
    assert script.get("me")[0] == 401
    assert web.get("/api/v1/me").status_code == 401


def test_who_may_not_is_told_which_permission_to_ask_for(script):
    Account.objects.update(is_owner=False)
    status, told = script.get("members")
    assert (status, told["remedy"]) == (403, "Ask an owner for the permission “members.see”.")
    status, _ = script.send("post", "actions/write_note", {"member": 1, "text": "x"})
    assert status == 403
    assert script.get("communities") == (200, [])
    assert script.send("post", "communities", {"name": "Mine", "zone": "UTC"})[0] == 403


def test_what_is_wrong_is_named(script):
    assert script.get("measures/mesages")[1]["remedy"] == "Did you mean 'messages'?"
    status, told = script.get("members", limit=0)
    assert (status, "limit" in told["what"]) == (422, True)
    assert script.get("today", community="elsewhere")[0] == 404
    assert script.get("nowhere")[0] == 404


def test_communities_are_kept_apart(script, house):
    other = Community.objects.create(name="Elsewhere", slug="elsewhere")
    theirs = Member.objects.create(community=other, name="Zed")
    assert script.get(f"members/{theirs.pk}")[0] == 404
    assert script.get(f"members/{theirs.pk}", community="elsewhere")[0] == 200
    assert script.send("post", "actions/mark_bot", {"member": theirs.pk})[0] == 404
    assert script.get("messages", community="elsewhere") == (200, {"messages": [], "after": None})
    assert script.get("sources", community="elsewhere") == (200, [])
