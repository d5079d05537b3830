"""Settings are kept, keys are shown once, and finding finds."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorstep import PASSWORD
from thirdplace.face.web import places
from thirdplace.flow import refresh
from thirdplace.foundation import jobs
from thirdplace.foundation.accounts.models import Account, Token
from thirdplace.foundation.accounts.tokens import digest
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Community, Member


def test_name_zone_and_clock_are_kept_and_another_zone_counts_anew(steward: Client, house: Community) -> None:
    """One refresh is asked for, not two, and it is the one that everybody asks for."""
    told = {"name": "Mill Lane Gardeners", "zone": "Asia/Tokyo", "clock": "set", "clock_on": "2025-03-04"}
    for _ in range(2):
        steward.post("/settings/community", told)
    refresh.ask(house)
    jobs.ask_for_refresh(house)
    house.refresh_from_db()
    assert (house.name, house.zone, house.clock_on) == ("Mill Lane Gardeners", "Asia/Tokyo", date(2025, 3, 4))
    assert [job.task for job in Job.objects.all()] == ["refresh"]
    steward.post("/settings/community", {**told, "clock": "live"})
    house.refresh_from_db()
    assert house.clock_on is None


@pytest.mark.parametrize(
    "wrong", [{"zone": "Nowhere"}, {"name": " "}, {"clock": "set", "clock_on": "someday"}], ids=["zone", "name", "day"]
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(
    steward: Client, house: Community, wrong: dict[str, str]
) -> None:
    """All of the form, or none of it."""
    told = {"name": "New name", "zone": "Asia/Tokyo", "clock": "live", **wrong}
    answer = steward.post("/settings/community", told)
    house.refresh_from_db()
    assert (answer.status_code, house.name, house.zone) == (400, "Mill Lane", "Europe/Amsterdam")
    assert 'role="alert"' in answer.content.decode()


def test_language_colours_and_keys_are_the_accounts(steward: Client, owner: Account, house: Community) -> None:
    """The next page is in them."""
    steward.post("/settings/account", {"language": "sv", "theme": "dark"})
    page = steward.get("/settings").content.decode()
    assert '<html lang="sv" data-theme="dark" data-letters="off">' in page
    steward.post("/settings/account", {"language": "xx", "theme": "neon", "letter_keys": "on"})
    owner.refresh_from_db()
    assert (owner.language, owner.theme, owner.letter_keys) == ("", "", True)


def test_a_new_password_needs_the_present_one(steward: Client, owner: Account, house: Community) -> None:
    """And whoever else was in with the old one is out."""
    other = Client(headers={"host": "127.0.0.1"})
    other.force_login(owner)
    assert steward.post("/settings/password", {"present": "no", "new": "a gate and a ditch"}).status_code == 400
    assert steward.post("/settings/password", {"present": PASSWORD, "new": "short"}).status_code == 400
    steward.post("/settings/password", {"present": PASSWORD, "new": "a gate and a ditch"})
    owner.refresh_from_db()
    assert owner.check_password("a gate and a ditch")
    assert steward.get("/settings").status_code == 200
    assert other.get("/settings").status_code == 302


def test_a_key_is_shown_once_and_ends_at_once(steward: Client, house: Community) -> None:
    """Only its digest is kept."""
    page = steward.post("/settings/tokens", {"name": "nightly <b>"}).content.decode()
    key = page.split('value="tp_', 1)[1].split('"', 1)[0]
    token = Token.objects.get()
    assert token.digest == digest(f"tp_{key}")
    assert key not in steward.get("/settings").content.decode()
    assert "nightly <b>" not in page
    steward.post(f"/settings/tokens/{token.pk}/end")
    assert not Token.objects.exists()


def test_finding_gives_actions_people_messages_and_pages(steward: Client, house: Community) -> None:
    """Actions first; what cannot be found is searched in the stream."""
    who = Member.objects.filter(community=house, is_bot=False).order_by("-spoken").first()
    assert who is not None
    found = steward.get("/palette", {"q": who.name[:4]}, headers={"hx-request": "true"}).content.decode()
    assert f"/members/{who.pk}" in found
    assert found.index(f"/do/write_note/{who.pk}") < found.index(f"/members/{who.pk}")
    assert "Search the whole stream" in found
    sources = steward.get("/palette", {"q": "sourc"}, headers={"hx-request": "true"}).content.decode()
    assert 'href="/sources"' in sources
    assert "<html" in steward.get("/palette", {"q": "sourc"}).content.decode()


def test_finding_acts_on_what_is_in_hand(steward: Client, house: Community) -> None:
    """On a member's page, without a letter typed."""
    who = Member.objects.filter(community=house).first()
    assert who is not None
    headers = {"hx-request": "true", "hx-current-url": f"http://127.0.0.1/members/{who.pk}"}
    assert f"/do/thank_member/{who.pk}" in steward.get("/palette", headers=headers).content.decode()
    headers["hx-current-url"] = "http://127.0.0.1/nowhere/at/all"
    assert "/do/" not in steward.get("/palette", headers=headers).content.decode()


def test_finding_asks_as_little_for_many_as_for_few(steward: Client, house: Community) -> None:
    """No query a row."""
    counts = []
    for n in (2, 20):
        for nth in range(n):
            Member.objects.create(community=house, name=f"Wren {n} {nth}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            steward.get("/palette", {"q": f"Wren {n}"}, headers={"hx-request": "true"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_pages_stand_where_they_say_and_a_name_is_taken_once() -> None:
    """Areas in their order; a page cannot be declared twice in two ways."""
    assert [one.url for one in places.pages(places.TOP)] == ["today", "stream", "members"]
    assert [one.url for one in places.tabs()] == ["today", "stream", "members", "measures", "more"]
    with pytest.raises(ValueError, match="Two pages are called 'today'"):
        places.page(url="today", title="Other", area=places.TOP)
    with pytest.raises(ValueError, match="says area 'cellar'"):
        places.page(url="wine", title="Wine", area="cellar")


def test_every_page_tells_that_numbers_are_incomplete_while_something_is_read(
    steward: Client, house: Community
) -> None:
    """And no longer when it is in."""
    from thirdplace.foundation.channels.models import Import

    Import.objects.update(state=Import.State.READING)
    assert "numbers are incomplete" in steward.get("/settings").content.decode()
    Import.objects.update(state=Import.State.DONE)
    assert "numbers are incomplete" not in steward.get("/settings").content.decode()


def test_another_community_is_chosen_for_the_session_and_shows_nothing_of_the_first(
    steward: Client, house: Community
) -> None:
    """The switch is there only when there is something to switch to."""
    assert 'popovertarget="communities"' not in steward.get("/settings").content.decode()
    other = Community.objects.create(name="Upper Field", slug="upper-field")
    assert "Upper Field" in steward.get("/settings").content.decode()
    steward.post(f"/community/{other.pk}")
    page = steward.get("/sources").content.decode()
    assert "Nothing has been read yet." in page
    assert "slack" not in page.lower().split("<main", 1)[1].split("bring an export", 1)[0]
    assert steward.post("/community/4711").status_code == 404
