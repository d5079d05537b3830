"""The pages of reports: the catalogue, the sheet, and the same as Markdown."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from thirdplace.face.web.pages.markdown import inert
from thirdplace.flow.actions import perform
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.channels.models import Source
from thirdplace.foundation.members.models import Community, Member

Read = Callable[[str], str]
LAST = "/reports/the_week?begins=2026-10-05"
FIRST = "/reports/the_week?begins=2026-06-29"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "https://evil.example/www.evil.example",
    "a\n# Not a heading\n- nor a line",
    "\u202egnp.exe\u202c `code` *star* _under_ ~~gone~~ |cell|",
    "<javascript:alert(1)> &lt;b&gt; 1. one",
)


def test_the_catalogue_leads_to_the_last_weeks(read: Read) -> None:
    page = read("/reports")
    assert "What changed in a week, who is new, what waits and what we did." in page
    assert '<a href="/reports/the_week?begins=2026-10-05" data-prefetch>Week of 5 October 2026</a>' in page
    assert "Week of 12 October 2026" not in page  # the archive ended on its Friday
    assert re.search(r'href="/reports" aria-current="page"', page)


def test_the_sheet_tells_and_every_figure_opens(read: Read, steward: Client) -> None:
    page = read(LAST)
    assert "<h1>Week of 5 October 2026</h1>" in page
    assert re.search(r"Messages: \d+, (as|higher than|lower than) usual \(", page)
    sources = set(re.findall(r'class="source" href="([^"]+)"', page))
    assert len(sources) > 8
    for address in sources - {"#figures"}:
        assert steward.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_measure_opens_onto_the_week_that_is_told(read: Read) -> None:
    number = re.search(r"Messages: (\d+),", read(LAST))
    assert number is not None
    page = read("/measures/messages?grain=week&on=2026-10-05&staff=without")
    assert "5 October" in page
    rows = read("/measures/messages/rows?grain=week&on=2026-10-05&staff=without")
    assert rows


def test_an_open_week_is_refused_and_a_strange_one_too(steward: Client, keepers: Community) -> None:
    answer = steward.get("/reports/the_week?begins=2026-10-14")
    assert (answer.status_code, "is not over yet" in answer.content.decode()) == (400, True)
    assert steward.get("/reports/the_week?begins=soon").status_code == 400
    assert steward.get("/reports/the_week?begins=0001-01-01").status_code == 400
    assert steward.get("/reports/the_wek").status_code == 404


def test_nobody_reads_it_without_coming_in(visitor: Client, keepers: Community) -> None:
    assert visitor.get(LAST).status_code == 302


def test_it_leaves_as_markdown(steward: Client, keepers: Community) -> None:
    answer = steward.get(f"{LAST}&as=md")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="lock-keepers-the_week-2026-10-05.md"'
    assert text.startswith("# The week: Week of 5 October 2026\n\nLock Keepers\n")
    assert "\n## What changed\n\n- Active members: " in text
    assert "(<http://127.0.0.1/measures/active_members?grain=week&on=2026-10-05&staff=without#which>)" in text


def test_what_was_done_in_the_week_opens_onto_its_deeds(read: Read, keepers: Community, owner: Account) -> None:
    wim = Member.objects.get(community=keepers, name="Wim Sluis")
    for day, text in ((7, "He has the key."), (13, "He lost the key.")):
        now = datetime(2026, 10, day, tzinfo=UTC)
        perform("write_note", community=keepers, steward=owner, why="", now=now, member=wim, text=text)
    page = read(LAST)
    assert "We did one thing." in page
    assert "/deeds?from=2026-10-05&amp;until=2026-10-11&amp;action=write_note" in page
    listed = read("/deeds?from=2026-10-05&until=2026-10-11&action=write_note")
    assert ("He has the key." in listed, "He lost the key." in listed) == (True, False)
    assert "He lost the key." in read("/deeds?from=soon&until=9999-12-31")


@pytest.fixture
def named(keepers: Community) -> Community:
    """The same house after members, a source and the house took hostile names."""
    for member, name in zip(Member.objects.filter(community=keepers).order_by("pk"), HOSTILE * 3, strict=False):
        Member.objects.filter(pk=member.pk).update(name=name)
    Source.objects.filter(community=keepers).update(name=HOSTILE[2])
    Community.objects.filter(pk=keepers.pk).update(name=HOSTILE[0])
    return keepers


def test_hostile_names_are_text_on_the_page(read: Read, named: Community) -> None:
    page = read(FIRST)
    assert "members spoke here for the first time" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "evil.example/p.png" not in re.sub(r"<bdi>[^<]*</bdi>", "", page)
    assert "\u202e" not in page


def test_hostile_names_are_letters_in_markdown(steward: Client, named: Community) -> None:
    text = steward.get(f"{FIRST}&as=md").content.decode()
    assert "alert" in text
    assert "\u202e" not in text
    without_ours = re.sub(r"\[Open\]\(<http://127\.0\.0\.1/[^\s<>]*>\)", "", text)
    bare = re.sub(r"\\.", "", without_ours)
    assert not re.search(r"[\[\]<>`~|]|(?<!\*)\*(?!\*)", bare), bare
    assert not re.search(r"(?i)(https?|javascript):|www\.", without_ours)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert [line.partition(" ")[0] for line in headings] == ["#", *["##"] * 5]


@pytest.mark.parametrize(
    ("name", "written"),
    [("1. one", "1\\. one"), ("- one", "\\- one"), ("plain one", "plain one"), ("a_b", "a\\_b"), ("+", "\\+")],
)
def test_what_begins_a_list_does_not_begin_one(name: str, written: str) -> None:
    assert inert(name) == written


def test_it_is_spoken_in_other_languages(steward: Client, keepers: Community) -> None:
    for language in ("nl", "sv"):
        with translation.override(language):
            month = steward.get(LAST, headers={"accept-language": language}).content.decode()
        assert f'lang="{language}"' in month
        assert "oktober 2026" in month
