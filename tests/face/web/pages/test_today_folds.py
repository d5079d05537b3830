"""Today's folds and its menu: lines that do not fit, long words, when a line may come back, and what is copied."""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thirdplace import settings
from thirdplace.face.web.pages import words
from thirdplace.face.web.pages.forms import unspoken
from thirdplace.flow import imports
from thirdplace.flow.models import Finding
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community, Member

LAST = date(2026, 10, 16)


@pytest.fixture
def crowd(owner: Account, tmp_path: Path) -> Community:
    """Nine newcomers who wait, hours apart, in a workspace that has ended; the last wrote at length."""
    first = datetime(2026, 3, 2, 8, tzinfo=UTC)
    days: dict[str, list[dict[str, str]]] = {}
    for nth in range(9):
        at = first + timedelta(hours=3 * nth)
        text = "A long way round. " * 60 if nth == 8 else f"I am new, and this is hello number {nth}."
        said = {"type": "message", "user": f"U{nth}", "ts": f"{at.timestamp():.6f}", "text": text}
        days.setdefault(f"{at:%Y-%m-%d}", []).append(said)
    late = (first + timedelta(days=4)).timestamp()
    days["2026-03-06"] = [
        {"type": "message", "subtype": "channel_join", "user": "U0", "ts": f"{late:.6f}", "text": "joined"}
    ]
    users = [{"id": f"U{nth}", "name": f"new{nth}", "profile": {"real_name": f"New {nth}"}} for nth in range(9)]
    path = tmp_path / "landing.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", json.dumps(users))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "landing", "members": []}]))
        for day, said in days.items():
            archive.writestr(f"landing/{day}.json", json.dumps(said))
    community = Community.objects.create(name="Landing", slug="landing", zone="UTC")
    imports.run(community, path, wall=timezone.now())
    community.refresh_from_db()
    return community


def test_what_does_not_fit_is_folded_and_fetched_when_it_is_opened(steward: Client, crowd: Community) -> None:
    html = steward.get("/today").content.decode()
    assert html.count("data-line") == settings.TODAY_LINES
    address = f"{reverse('line_more', args=['waiting'])}?on=2026-03-06"
    assert f'hx-get="{address}"' in html
    more = steward.get(address).content.decode()
    assert more.count("data-line") == 9 - settings.TODAY_LINES
    assert more.count('value="later:1"') == 9 - settings.TODAY_LINES
    assert "hx-get" not in more.partition('class="small further"')[2]


def test_without_script_they_are_shown_by_their_link(steward: Client, crowd: Community) -> None:
    assert steward.get("/today?on=2026-03-06&round&more=waiting").content.decode().count("data-line") == 9


def test_many_folded_lines_come_a_stretch_at_a_time(steward: Client, crowd: Community, monkeypatch) -> None:
    monkeypatch.setattr("thirdplace.face.web.pages.more.ROWS", 3)
    address = reverse("line_more", args=["waiting"])
    first = steward.get(address).content.decode()
    assert (first.count("data-line"), "from=3" in first) == (3, True)
    last = steward.get(f"{address}?from=3").content.decode()
    assert (last.count("data-line"), "further" in last) == (1, False)


@pytest.mark.parametrize("more", ["?from=-1", "?from=999999", "?from=x", ""])
def test_a_stretch_that_is_not_there_is_empty_or_the_first(steward: Client, crowd: Community, more: str) -> None:
    assert steward.get(reverse("line_more", args=["waiting"]) + more).status_code == 200


def test_a_question_that_is_not_asked_is_not_found(steward: Client, crowd: Community) -> None:
    assert steward.get(reverse("line_more", args=["nonsense"])).status_code == 404


def test_long_words_are_folded_and_short_ones_are_not(steward: Client, crowd: Community) -> None:
    finding = Finding.objects.get(community=crowd, on="2026-03-06", member__name="New 8")
    html = steward.get("/today?more=waiting").content.decode()
    line = html.split(f'id="line-{finding.pk}"')[1].split("</article>")[0]
    assert 'class="long"' in line
    assert "Read all of it" in line
    assert html.count('class="long"') == 1
    assert [words.is_long(text) for text in (None, "", "short", "a\n" * 11, "a" * 701)] == [False] * 3 + [True] * 2


def test_where_days_do_not_pass_the_menu_says_so_and_offers_no_afternoon(read) -> None:
    html = read("/today")
    assert "The clock stands at Friday 16 October" in html
    assert "This afternoon" not in html


def test_a_text_that_is_prepared_can_be_copied_and_nothing_is_said_to_be_sent(read, keepers) -> None:
    finding = Finding.objects.get(community=keepers, on=LAST, signal="newcomer_waiting", member__name="Noor Haddad")
    html = read("/today")
    assert f"data-copy=\"[id='{finding.pk}-text']\"" in html
    assert f'id="{finding.pk}-text"' in html
    assert "Nothing is sent from here" in html


def test_the_form_of_an_answer_shows_what_it_answers(read, keepers) -> None:
    noor = Member.objects.get(community=keepers, name="Noor Haddad")
    finding = Finding.objects.get(community=keepers, on=LAST, signal="newcomer_waiting", member=noor)
    html = read(reverse("do", args=["answer_message", finding.subject]))
    assert "The upper gate sticks half way" in html.partition("<main")[2].partition("<textarea")[0]
    html = read(reverse("do", args=["thank_member", noor.pk]))
    assert "The upper gate sticks half way" in html.partition("<main")[2].partition("<textarea")[0]


def test_the_week_beside_the_round_is_named_and_of_a_past_day_as_it_was_known(read) -> None:
    assert "In the week of" in read("/today")
    assert "as it was known that day" not in read("/today")
    assert "as it was known that day" in read("/today?on=2026-10-10")


def test_a_day_before_the_first_offers_the_first(read) -> None:
    html = read("/today?on=2020-01-01")
    assert "Nothing is known of this day." in html
    assert "Look at its first day" in html
    assert "How we were doing" not in html


def test_a_first_text_that_is_not_in_their_language_says_so(read, keepers) -> None:
    noor = Member.objects.get(community=keepers, name="Noor Haddad")
    finding = Finding.objects.get(community=keepers, on=LAST, signal="newcomer_waiting", member=noor)
    assert "This first text is in English" not in read(reverse("do", args=["answer_message", finding.subject]))
    assert unspoken("ja") == ("They write in Japanese. This first text is in English: we have none in that language.")
    assert [unspoken(language) for language in ("", None, "en", "nl", "sv")] == [""] * 5
