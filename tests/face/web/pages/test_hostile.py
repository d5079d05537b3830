"""An archive whose every field is hostile: inert on every page, and in every table that leaves."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import lock_keepers
from harm import harm
from lock_keepers import END, message
from thirdplace.flow import imports
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.engine import measures
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Community, Member

EVIL = (
    "</title></textarea></script><script>alert('evil')</script><img src=https://evil.example/x onerror=alert(1)>"
    '"onmouseover="alert(2)" \' onfocus=\'alert(3) javascript:alert(4) \u202emoc.elpmaxe\u2066 \x1b[31m\x07 '
    "{{7*7}} {% now %}"
)
LONG = "W" * 5000
FORMULA = '=HYPERLINK("https://evil.example","click")'


def _archive(path: Path) -> Path:
    """Three weeks in which names, channels, guild and words all attack."""
    said: list[dict[str, Any]] = []
    for nth in range(40):
        at = END - timedelta(days=nth / 2, hours=3)
        one = message(1000 + nth, at, f"Mean {nth % 4}", EVIL if nth % 2 else f"[go](javascript:alert(5)) {FORMULA}")
        one["author"]["nickname"] = one["author"]["name"] = (EVIL, LONG, FORMULA, "\u202e\u0000" + EVIL)[nth % 4]
        one["author"]["avatarUrl"] = "javascript:alert(6)"
        said.append(one)
    newcomer = message(5000, END - timedelta(days=3), "New Mean", EVIL)
    newcomer["author"]["nickname"] = EVIL + " New"
    evil_guild = {"id": "500000000000000001", "name": EVIL, "iconUrl": "https://evil.example/i.png"}
    return lock_keepers.packed(path, {EVIL: [*reversed(said), newcomer], LONG: [message(6000, END, "Last", LONG)]},
                               guild=evil_guild)  # fmt: skip


@pytest.fixture
def mean(owner: Account, tmp_path: Path) -> Community:
    """The community of those people."""
    community = Community.objects.create(name=EVIL[:120], slug="mean", zone="UTC")
    imports.run(community, _archive(tmp_path / "mean.zip"), wall=timezone.now())
    community.refresh_from_db()
    return community


def _addresses(community: Community) -> list[str]:
    """Every page and fragment that shows something of theirs."""
    messages = [f"/stream/{said.key}" for said in Index(community.pk).latest(limit=5)]
    people = [f"/members/{who.pk}" for who in Member.objects.filter(community=community)]
    channels = [f"/stream?channel={each.number}" for each in Channel.objects.filter(community=community)]
    found = [f"/measures/{slug}{more}" for slug in measures for more in ("", "/rows", "/parts", "/query")]
    forms = [f"/do/thank_member/{who.pk}" for who in Member.objects.filter(community=community)[:2]]
    found += [f"/today/{each.pk}/around" for each in community.findings.filter(on=END.date())]
    plain = ["/today", "/stream", "/stream?q=evil", "/stream?q=%3Cscript%3E", "/stream?view=waiting", "/members",
             "/members?q=%3Cscript%3E", "/measures", "/deeds"]  # fmt: skip
    return [*plain, *messages, *people, *channels, *found, *forms]


def test_nothing_runs_and_nothing_is_fetched(steward: Client, mean: Community) -> None:
    for who in Member.objects.filter(community=mean)[:3]:
        steward.post(f"/do/thank_member/{who.pk}", {"text": EVIL, "why": EVIL, "next": "javascript:alert(7)"})
        steward.post(f"/do/write_note/{who.pk}", {"text": EVIL, "next": "/"})
    for address in _addresses(mean):
        answer = steward.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert harm(html) == [], address
        assert "\u202e" not in html, address
        assert "\x1b" not in html, address
        assert len(max(html.split(), key=len)) < 7000, address


def test_tables_leave_inert(steward: Client, mean: Community) -> None:
    for address in ("/stream", "/members", "/deeds", "/measures/messages/rows"):
        body = b"".join(steward.get(f"{address}?as=csv")).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@")) or "\x1b" in cell], address


def test_an_enormous_name_does_not_break_a_line(steward: Client, mean: Community) -> None:
    html = steward.get("/members").content.decode()
    assert "W" * 100 not in html
