"""What we did: every deed, filtered, undone from here, and honest about what it came to."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from thirdplace.face.web.pages import deeds as page_of_deeds
from thirdplace.flow.models import Deed
from thirdplace.foundation.members.models import Member


@pytest.fixture
def done(steward, keepers) -> Deed:
    """Wim was thanked."""
    who = Member.objects.get(community=keepers, name="Wim Sluis")
    steward.post(
        reverse("do", args=["thank_member", who.pk]), {"text": "=Thank you, Wim.", "why": "the ice", "next": "/"}
    )
    return Deed.objects.get()


def test_nothing_yet_says_where_to_begin(read):
    html = read("/deeds")
    assert "Nothing done yet" in html
    assert reverse("today") in html


def test_a_deed_says_who_why_and_what_was_expected(read, done):
    html = read("/deeds")
    assert "Thanked Wim Sluis" in html
    assert "the ice" in html
    assert "goes up within 30 days." in html
    assert "None of them has had its 30 days yet. What such deeds do together is told once 20 have." in html


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("action=thank_member", True),
        ("action=mark_bot", False),
        ("who=wim", True),
        ("who=zeppelin", False),
        ("since=30", True),
    ],
)
def test_filters(read, done, query, there):
    assert ("Thanked Wim Sluis" in read(f"/deeds?{query}").split("</main>")[0]) is there


def test_one_member_s_deeds(read, done):
    assert "Thanked Wim Sluis" in read(f"/deeds?member={done.member_id}")
    assert "No such deed" in read(f"/deeds?member={done.member_id + 1}")


def test_it_is_undone_from_here_and_stays_written_down(steward, read, done):
    answer = steward.post(reverse("undo", args=[done.pk]), {"next": "/deeds"})
    assert answer["Location"] == "/deeds"
    html = read("/deeds")
    assert "Undone: Thanked Wim Sluis" in html
    assert 'class="deedrow undone"' in html


def test_undone_twice_says_so(steward, done):
    steward.post(reverse("undo", args=[done.pk]))
    answer = steward.post(reverse("undo", args=[done.pk]))
    assert answer.status_code == 409
    assert "undone already" in answer.content.decode()


def test_enough_deeds_promise_nothing_that_is_not_worked_out(read, done):
    for nth in range(20):
        Deed.objects.create(
            community=done.community, action="thank_member", subject_kind="member", subject=done.subject,
            member=done.member, steward=done.steward, done_at=done.done_at - timedelta(days=40 + nth),
            recorded_at=done.recorded_at,
        )  # fmt: skip
    assert "we do not work that out yet" in read("/deeds")


def test_they_leave_as_inert_csv(steward, done):
    answer = steward.get("/deeds?as=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[1][2:6] == ["Thanked Wim Sluis", "Wim Sluis", "'=Thank you, Wim.", "the ice"]


def test_twenty_rows_ask_no_more_than_ten(done, monkeypatch, asked):
    for nth in range(21):
        Deed.objects.create(
            community=done.community, action="thank_member", subject_kind="member", subject=done.subject,
            member=done.member, steward=done.steward, done_at=done.done_at - timedelta(days=nth),
            recorded_at=done.recorded_at,
        )  # fmt: skip
    counts = []
    for rows in (10, 20):
        monkeypatch.setattr(page_of_deeds, "ROWS", rows)
        counts.append(asked("/deeds"))
    assert counts[0] == counts[1]
