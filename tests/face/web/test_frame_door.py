"""Who comes in, how, and what everybody is told by the headers."""

import pytest
from django.test import Client
from django.urls import get_resolver

from doorstep import PASSWORD
from thirdplace import settings
from thirdplace.face.web import django_settings
from thirdplace.face.web.middleware.gate import OPEN
from thirdplace.face.web.views.uploads import PIECE
from thirdplace.foundation.accounts import keeping
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


def test_the_first_visitor_makes_the_owners_account_and_the_second_does_not(visitor: Client) -> None:
    """There is only one first."""
    assert visitor.get("/")["Location"] == "/welcome"
    assert visitor.get("/welcome").status_code == 200
    made = visitor.post("/owner", {"name": "Marit Oosterveld", "password": PASSWORD})
    assert made["Location"] == "/first-run"
    assert Account.objects.get().is_owner
    other = Client(headers={"host": "127.0.0.1"})
    assert other.get("/owner")["Location"] == "/login"
    assert other.post("/owner", {"name": "Vic", "password": PASSWORD})["Location"] == "/login"
    assert Account.objects.count() == 1


def test_nothing_is_taken_before_there_is_an_account_nor_without_a_login_after(visitor: Client) -> None:
    """What is dropped on the welcome waits in the browser: no piece of it is kept for nobody."""
    address = f"/uploads/{'0' * 32}?name=a.zip&at=0"
    for going in ("/welcome", "/login?next="):
        sent = visitor.post(address, b"PK", content_type="application/octet-stream")
        assert (sent.status_code, sent["Location"].startswith(going)) == (302, True)
        whole = visitor.post(f"/uploads/{'0' * 32}/whole")
        assert (whole.status_code, whole["Location"].startswith(going)) == (302, True)
        assert not Community.objects.exists()
        assert not (settings.DATA / "communities").exists()
        if going == "/welcome":
            keeping.make_owner("Marit Oosterveld", PASSWORD)


def test_an_account_made_on_the_welcome_page_lets_its_files_in(db: None) -> None:
    """The page learns the new session's token; the old one opens nothing, nor does a piece that is too large."""
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    old = str(client.get("/welcome").context["csrf_token"])
    told = {"name": "Marit Oosterveld", "password": "short", "csrfmiddlewaretoken": old}
    wrong = client.post("/owner", told, headers={"hx-request": "true"})
    assert (wrong.status_code, "<html" in wrong.content.decode()) == (422, False)
    made = client.post("/owner", {**told, "password": PASSWORD}, headers={"hx-request": "true"})
    address = f"/uploads/{'0' * 32}?name=a.zip&at=0"
    assert _send(client, address, b"PK", old) == 403
    assert _send(client, address, b"P" * (PIECE + 1), made.json()["csrf"]) == 400
    assert not list((settings.DATA / "communities").rglob("a.zip"))
    assert _send(client, address, b"PK", made.json()["csrf"]) == 200
    second = Client(headers={"host": "127.0.0.1"})
    assert second.post("/owner", {**told, "password": PASSWORD}, headers={"hx-request": "true"})["Location"] == "/login"


def _send(client: Client, address: str, body: bytes, token: str) -> int:
    """A piece of a file, as the page sends it; the status of the answer."""
    kind = "application/octet-stream"
    return client.post(address, body, content_type=kind, headers={"x-csrftoken": token}).status_code


@pytest.mark.parametrize("more", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_the_owners_account_is_made_at_this_machine_only(visitor: Client, more: dict[str, str]) -> None:
    """Nobody elsewhere can be first, nor anybody who comes through something that forwards."""
    refused = visitor.post("/owner", {"name": "Vic", "password": PASSWORD}, **more)
    assert refused.status_code == 403
    assert "thirdplace account make" in refused.content.decode()
    assert not Account.objects.exists()


def test_a_wrong_name_or_password_is_said_at_its_field(visitor: Client) -> None:
    """What was typed stays, but for the password."""
    page = visitor.post("/owner", {"name": " ", "password": "stoat"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'aria-describedby="name-error"' in text
    assert "Write the name you go by." in text
    assert "stoat" not in text


def test_everything_but_the_door_needs_a_login(visitor: Client, owner: Account, house: Community) -> None:
    """Every address of ours; the API asks for itself."""
    for pattern in get_resolver().url_patterns:
        name = getattr(pattern, "name", None)
        if name is None or name in OPEN or "<" in str(pattern.pattern):
            continue
        answer = visitor.get(f"/{pattern.pattern}")
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/login?next="), name


def test_a_fragment_asked_for_from_outside_leads_the_whole_page_to_the_door(visitor: Client, owner: Account) -> None:
    """The login page does not appear inside a list."""
    answer = visitor.get("/sources/files", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/login?next=%2Fsources%2Ffiles"


def test_who_guesses_waits(visitor: Client, owner: Account) -> None:
    """After five wrong passwords the right one is not looked at either."""
    for _ in range(5):
        assert visitor.post("/login", {"name": "Marit Oosterveld", "password": "no"}).status_code == 422
    closed = visitor.post("/login", {"name": "Marit Oosterveld", "password": PASSWORD})
    assert closed.status_code == 429
    assert "Wait 1 minute" in closed.content.decode()


def test_after_logging_in_one_goes_where_one_wanted_and_never_elsewhere(visitor: Client, owner: Account) -> None:
    """An address of another machine is not followed."""
    told = {"name": "Marit Oosterveld", "password": PASSWORD}
    assert visitor.post("/login", {**told, "next": "/sources"})["Location"] == "/sources"
    visitor.post("/logout")
    assert visitor.post("/login", {**told, "next": "https://example.org/"})["Location"] == "/"


def test_the_demo_knows_its_visitor_at_this_machine_only(
    visitor: Client, owner: Account, house: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere the demo is as closed as any house."""
    monkeypatch.setenv("THIRDPLACE_DEMO", "1")
    assert visitor.get("/sources", REMOTE_ADDR="192.0.2.7").status_code == 302
    assert visitor.get("/sources").status_code == 200


def test_every_answer_carries_the_headers(visitor: Client, owner: Account) -> None:
    """Pages, files, errors."""
    for address in ("/welcome", "/static/nothing.css", "/health", "/nowhere"):
        answer = visitor.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]


def test_a_name_that_is_not_ours_is_refused(db: None) -> None:
    """A page elsewhere cannot pass for this machine by a name that leads here."""
    answer = Client(headers={"host": "evil.example"}).get("/welcome")
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_what_a_browser_refused_is_counted(steward: Client, visitor: Client) -> None:
    """Anybody may report; only who is in may ask how many."""
    report = {"csp-report": {"violated-directive": "script-src", "blocked-uri": "inline"}}
    assert visitor.post("/csp-report", report, content_type="application/csp-report").status_code == 204
    assert visitor.post("/csp-report", "nonsense", content_type="application/csp-report").status_code == 204
    assert steward.get("/csp-report").json() == {"reports": 2}
    assert visitor.get("/csp-report").status_code == 404


def test_a_form_that_came_from_elsewhere_does_nothing(owner: Account) -> None:
    """It is said in our voice, with what to do."""
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.force_login(owner)
    answer = client.post("/settings/account", {"theme": "dark"})
    owner.refresh_from_db()
    assert (answer.status_code, owner.theme) == (403, "")
    assert "Nothing was changed." in answer.content.decode()


def test_the_session_cookie_is_for_this_site_and_no_script(visitor: Client, owner: Account) -> None:
    """It leaves with no request from elsewhere."""
    visitor.post("/login", {"name": "Marit Oosterveld", "password": PASSWORD})
    cookie = visitor.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_language_comes_from_account_then_cookie_then_browser(
    visitor: Client, owner: Account, house: Community
) -> None:
    """Each later one only where the earlier says nothing."""
    assert '<html lang="nl"' in visitor.get("/welcome", headers={"accept-language": "nl"}).content.decode()
    visitor.post("/language", {"language": "sv", "next": "/welcome"})
    assert '<html lang="sv"' in visitor.get("/welcome", headers={"accept-language": "nl"}).content.decode()
    owner.language = "nl"
    owner.save()
    visitor.force_login(owner)
    assert '<html lang="nl"' in visitor.get("/settings").content.decode()


def test_what_is_not_there_is_said_in_two_sentences(steward: Client, house: Community) -> None:
    """As a page inside the house; as a fragment where htmx asked."""
    page = steward.get("/nowhere")
    assert page.status_code == 404
    assert "There is no page at this address." in page.content.decode()
    assert '<nav class="side"' in page.content.decode()
    fragment = steward.get("/sources/4711", headers={"hx-request": "true"})
    assert fragment.status_code == 404
    assert fragment.content.decode().startswith("\n<div class=") or "<html" not in fragment.content.decode()
