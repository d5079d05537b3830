"""Members: who they are, in which order, and what is done for several at once."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from thirdplace.face.web.pages import members as page_of_members
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Member


def names(html: str) -> list[str]:
    return re.findall(r'<a class="who" href="/members/\d+"><bdi>([^<]+)</bdi>', html)


def test_everybody_is_there_last_seen_first(read, keepers):
    found = names(read("/members"))
    assert found[0] == "gauge-bot"
    assert len(found) == Member.objects.filter(community=keepers).count()


@pytest.mark.parametrize(
    ("view", "there", "not_there"),
    [
        ("newcomers", "Noor Haddad", "Oda Brandt"),
        ("regulars", "Greta Lindqvist", "Noor Haddad"),
        ("bots", "gauge-bot", "Noor Haddad"),
    ],
)
def test_views_hold_who_belongs(read, view, there, not_there):
    found = names(read(f"/members?view={view}"))
    assert there in found
    assert not_there not in found


def test_staff_is_nobody_until_a_steward_says_so(read):
    assert "Nobody here" in read("/members?view=staff")


@pytest.mark.parametrize(
    ("query", "first"),
    [("order=name", "Ada Newman"), ("order=said", "Wim Sluis"), ("order=-said", None), ("order=joined", "gauge-bot")],
)
def test_columns_sort(read, query, first):
    html = read(f"/members?{query}")
    assert first is None or names(html)[0] == first
    assert "aria-sort=" in html


def test_filters_narrow(read):
    assert names(read("/members?language=nl")) == ["Sef van Dam"]
    assert names(read("/members?q=noor")) == ["Noor Haddad"]
    assert "Nobody like that" in read("/members?q=zeppelin")


@pytest.mark.parametrize("order", ["seen", "-seen", "name", "-name", "said", "-said", "joined"])
def test_one_goes_through_all_of_them_once(steward, keepers, monkeypatch, order):
    Member.objects.create(community=keepers, name="Quiet Quinn")  # has never spoken
    monkeypatch.setattr(page_of_members, "ROWS", 4)
    address, seen = f"/members?order={order}", []
    while address:
        html = steward.get(address).content.decode()
        seen += re.findall(r'name="member" value="(\d+)"', html)
        further = re.search(r'href="([^"]+)">Show more', html)
        address = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == Member.objects.filter(community=keepers).count()


def test_several_are_marked_at_once_and_undone_together(steward, keepers):
    chosen = list(Member.objects.filter(community=keepers, name__in=["Greta Lindqvist", "Wim Sluis"]))
    answer = steward.post(
        "/members/do", {"action": "mark_staff", "member": [who.pk for who in chosen], "next": "/members?view=staff"}
    )
    assert answer["Location"] == "/members?view=staff"
    html = steward.get(answer["Location"]).content.decode()
    assert sorted(names(html)) == ["Greta Lindqvist", "Wim Sluis"]
    assert "Mark as staff: 2 members." in html
    back = re.search(r'action="(/deeds/undo\?[^"]+)"', html)
    steward.post(back[1].replace("&amp;", "&"))
    assert not Member.objects.filter(community=keepers, is_staff=True).exists()
    assert Deed.objects.filter(undone_at__isnull=False).count() == 2


def test_who_is_marked_already_is_passed_over(steward, keepers):
    who = Member.objects.get(community=keepers, name="gauge-bot")
    answer = steward.post("/members/do", {"action": "mark_bot", "member": [who.pk]})
    assert "1 was so already." in steward.get(answer["Location"]).content.decode()


def test_nobody_chosen_says_so(steward, keepers):
    answer = steward.post("/members/do", {"action": "mark_bot"})
    assert answer.status_code == 400
    assert "Nobody was chosen." in answer.content.decode()


def test_what_asks_for_words_is_not_done_for_many(steward, keepers):
    who = Member.objects.get(community=keepers, name="Wim Sluis")
    assert steward.post("/members/do", {"action": "thank_member", "member": [who.pk]}).status_code == 400
    assert not Deed.objects.exists()


def test_a_hint_is_shown_until_somebody_says(read, keepers):
    Member.objects.filter(community=keepers, name="Wim Sluis").update(staff_hint="format")
    assert "staff, the source says" in read("/members?view=to-mark")
    Member.objects.filter(community=keepers, name="Wim Sluis").update(staff_mark=False)
    assert names(read("/members?view=to-mark")) == []


def test_they_leave_as_csv(steward, keepers):
    answer = steward.get("/members?view=newcomers&q=noor&as=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Noor Haddad"]


def test_twenty_rows_ask_no_more_than_ten(keepers, monkeypatch, asked):
    now = timezone.now()
    for nth in range(20):
        Member.objects.create(community=keepers, name=f"Extra {nth}", last_at=now - timedelta(days=nth), spoken=nth)
    counts = []
    for rows in (10, 20):
        monkeypatch.setattr(page_of_members, "ROWS", rows)
        counts.append(asked("/members"))
    assert counts[0] == counts[1]
