"""Looking around first: Hedgerow in a house that nobody owns yet, and gone when somebody does."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from doorstep import PASSWORD
from thirdplace import settings
from thirdplace.demo import visiting
from thirdplace.flow import imports
from thirdplace.flow.models import Deed
from thirdplace.foundation.accounts import keeping
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.accounts.permissions import may
from thirdplace.foundation.channels import importing
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.errors import ThirdplaceError
from thirdplace.foundation.jobs import queue
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.jobs.worker import Worker
from thirdplace.foundation.members.models import Community

BATCH = "0" * 32


def folders() -> list[str]:
    """The communities that have files."""
    home = settings.DATA / "communities"
    return sorted(each.name for each in home.iterdir()) if home.exists() else []


def test_hedgerow_is_made_for_the_first_visitor_and_goes_when_the_house_has_an_owner(
    visitor: Client, work: Callable[[], int]
) -> None:
    """One long look, since making it takes seconds. What an earlier try left half made is not mixed in."""
    assert visitor.post("/look-around")["Location"] == "/look-around"
    Community.objects.create(name="Hedgerow", slug="hedgerow", is_invented=True)
    waiting = visitor.get("/look-around").content.decode()
    assert "Making Hedgerow" in waiting
    assert visitor.get("/members")["Location"] == "/look-around"
    work()
    hedgerow = Community.objects.get()
    assert hedgerow.is_invented
    assert not Account.objects.filter(is_owner=True).exists()
    assert visitor.get("/look-around")["Location"] == "/today"
    assert visitor.get("/look-around", headers={"hx-request": "true"})["HX-Redirect"] == "/today"
    page = visitor.get("/today").content.decode()
    assert "nobody here is real" in page
    assert 'href="/owner"' in page
    _nothing_real_comes_in(visitor, hedgerow)
    _everything_else_works(visitor, hedgerow)
    made = visitor.post("/owner", {"name": "Marit Oosterveld", "password": PASSWORD})
    assert made["Location"] == "/first-run"
    assert not Community.objects.exists()
    assert [account.is_owner for account in Account.objects.all()] == [True]
    assert folders() == []
    assert visitor.get("/today")["Location"] == "/first-run"


def _nothing_real_comes_in(visitor: Client, hedgerow: Community) -> None:
    """By no door."""
    sent = visitor.post(f"/uploads/{BATCH}?name=a.zip&at=0", b"PK", content_type="application/octet-stream")
    assert sent.status_code == 400
    assert "Hedgerow is invented" in sent.content.decode()
    assert visitor.post("/offers", {"path": "/etc/hosts"}).status_code == 400
    assert not (settings.DATA / "communities" / str(hedgerow.pk) / "uploads").exists()
    assert "data-drop" not in visitor.get("/sources").content.decode()


def _everything_else_works(visitor: Client, hedgerow: Community) -> None:
    """A guest does what a steward does, and it is remembered."""
    before = Deed.objects.filter(community=hedgerow).count()
    member = hedgerow.members.order_by("-spoken").first()
    assert member is not None
    visitor.post(f"/do/write-note/{member.pk}", {"text": "Tried out.", "why": "to see"})
    assert visitor.get(f"/members/{member.pk}").status_code == 200
    assert Deed.objects.filter(community=hedgerow).count() >= before


def test_one_looks_around_at_this_machine_only(visitor: Client) -> None:
    assert visitor.post("/look-around", REMOTE_ADDR="192.0.2.7").status_code == 403
    assert visitor.post("/look-around", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 403
    assert not Account.objects.exists()


def test_a_page_elsewhere_begins_nothing(db: None) -> None:
    outside = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    assert outside.post("/look-around").status_code == 403
    assert not Job.objects.exists()


def test_a_house_that_is_somebody_s_is_not_looked_around_in(visitor: Client, owner: Account) -> None:
    refused = visitor.post("/look-around")
    assert refused.status_code == 409
    assert "thirdplace demo" in refused.content.decode()
    assert not Job.objects.exists()


def test_nor_one_that_holds_something_real(visitor: Client) -> None:
    """Read from the command line before anybody made an account."""
    Community.objects.create(name="Mill Lane", slug="mill-lane")
    assert visitor.post("/look-around").status_code == 409
    assert not Account.objects.exists()


def test_a_guest_may_nothing_where_anything_is_real(db: None) -> None:
    guest = visiting.begin()
    assert may(guest, "managing.import", community=Community(is_invented=True))
    assert not may(guest, "flow.see", community=Community())
    assert not guest.has_usable_password()


def test_who_leaves_while_it_is_made_leaves_nothing(visitor: Client, work: Callable[[], int]) -> None:
    visitor.post("/look-around")
    job = queue.claim("test")
    assert job is not None
    Community.objects.create(name="Hedgerow", slug="hedgerow", is_invented=True)
    assert visitor.post("/look-around/leave")["Location"] == "/welcome"
    Worker("test").do(job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert not Community.objects.exists()
    assert not Account.objects.exists()
    assert visitor.get("/welcome").status_code == 200


def test_who_leaves_in_the_middle_leaves_nothing_either(
    transactional_db: None, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The visitor goes at the moment in which the second export is being read."""
    visitor.post("/look-around")
    job = queue.claim("test")
    assert job is not None
    read = importing.import_archive

    def leaving(community: Community, path: Path, **more: Any) -> Import:
        if Import.objects.filter(community=community).exists():
            assert visitor.post("/look-around/leave")["Location"] == "/welcome"
        return read(community, path, **more)

    monkeypatch.setattr(importing, "import_archive", leaving)
    Worker("test").do(job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert not Community.objects.exists()
    assert folders() == []


def test_what_could_not_be_made_is_said_and_tried_again(visitor: Client) -> None:
    visitor.post("/look-around")
    job = queue.claim("test")
    assert job is not None
    queue.give_up(job, "The disk is full.", "Make room.")
    page = visitor.get("/look-around").content.decode()
    assert re.search(r"The disk is full\..*Make room\.", page, re.S)
    visitor.post("/look-around")
    assert visiting.standing().state == "making"


def test_nothing_real_is_read_into_what_is_invented(db: None, slack: Path) -> None:
    """On the command line neither."""
    invented = Community.objects.create(name="Hedgerow", slug="hedgerow", is_invented=True)
    with pytest.raises(ThirdplaceError, match="Hedgerow is invented"):
        imports.run(invented, slack, wall=timezone.now())
    assert folders() == []


def test_an_owner_made_on_the_command_line_takes_hedgerow_away(visitor: Client) -> None:
    visiting.begin()
    Job.objects.all().delete()
    Community.objects.create(name="Hedgerow", slug="hedgerow", is_invented=True)
    visitor.force_login(keeping.make_owner("Marit Oosterveld", PASSWORD))
    assert "Take Hedgerow away" in visitor.get("/sources").content.decode()
    assert visitor.post("/look-around/leave")["Location"] == "/"
    assert not Community.objects.exists()
    assert [account.is_owner for account in Account.objects.all()] == [True]


def test_the_demo_s_own_folder_keeps_its_hedgerow(steward: Client) -> None:
    """Nobody looked around there: it is the demo itself."""
    Community.objects.create(name="Hedgerow", slug="hedgerow", is_invented=True)
    page = steward.get("/sources").content.decode()
    assert "thirdplace serve" in page
    assert "Take Hedgerow away" not in page
    assert steward.post("/look-around/leave")["Location"] == "/"
    assert Community.objects.exists()
