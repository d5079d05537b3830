"""The stream: filtered as one asks, gone through to its end, each message in its context."""

import csv
import io
import re

import pytest
from django.urls import reverse

from thirdplace.face.web.pages import stream as page_of_stream
from thirdplace.foundation.channels.models import Channel
from thirdplace.foundation.index import Index
from thirdplace.foundation.members.models import Member


def keys(html: str) -> list[str]:
    return re.findall(r'data-pane="(-?\d+)"', html)


@pytest.fixture
def noor(keepers) -> int:
    """The key of what the newcomer said."""
    who = Member.objects.get(community=keepers, name="Noor Haddad")
    (said,) = Index(keepers.pk).latest(identities=list(who.identities.values_list("number", flat=True)))
    return said.key


def test_the_latest_stands_first_with_who_and_where(read):
    html = read("/stream")
    assert len(keys(html)) == page_of_stream.ROWS
    assert "gauge-bot" in html.split("data-pane")[1]
    assert "towpath" in html


def test_one_goes_through_all_of_it_once(steward, keepers):
    address, seen = "/stream", []
    while address:
        html = steward.get(address).content.decode()
        seen += keys(html)
        further = re.search(r'href="([^"]+)" rel="next"', html)
        address = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == Index(keepers.pk).count()


def test_oldest_first_begins_at_the_beginning(read, keepers):
    html = read("/stream?order=oldest")
    (first,) = Index(keepers.pk).latest(limit=1, oldest_first=True)
    assert keys(html)[0] == str(first.key)


@pytest.mark.parametrize(
    ("query", "finds", "not_this"),
    [
        ("q=cottage", "Noor Haddad", "Sef van Dam"),
        ("language=nl", "Sef van Dam", "Noor Haddad"),
        ("since=7&q=heron", "heron", "Noor Haddad"),
        ("to=2026-08-01", "Oda Brandt", "Noor Haddad"),
        ("view=waiting", "Noor Haddad", "Sef van Dam"),
        ("by=haddad", "Noor Haddad", "Sef van Dam"),
    ],
)
def test_filters_leave_the_rest_out(read, query, finds, not_this):
    found = read(f"/stream?{query}").split('<ol class="list">')[1].split("</ol>")[0]
    assert finds in found
    assert not_this not in found


def test_found_words_are_marked(read):
    assert "<mark>cottage</mark>" in read("/stream?q=cottage")


def test_a_channel_and_a_member_can_be_asked_for(read, keepers):
    help_ = Channel.objects.get(community=keepers, name="help")
    greta = Member.objects.get(community=keepers, name="Greta Lindqvist")
    found = read(f"/stream?channel={help_.number}&member={greta.pk}")
    assert "On the nail inside the hut" in found
    assert "by Greta Lindqvist" in found  # on its chip
    assert "heron" not in found.split('<ol class="list">')[1].split("</ol>")[0]


NONSENSE = ("channel=x", "member=9999999", "since=nine", "from=yesterday", "after=1_", "kind=sung", "order=best",
            "channel=99999999999999999999", "q=%22%28%2B", f"q={'a' * 5000}")  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
def test_what_makes_no_sense_is_left_out(steward, keepers, query):
    assert steward.get(f"/stream?{query}").status_code == 200


def test_where_nothing_fits_it_says_so(read):
    assert "Nothing like that was said" in read("/stream?q=zeppelin")


def test_what_waits_wears_a_mark(read):
    html = read("/stream?q=cottage")
    assert "no answer for" in html
    assert "first words" in html


def test_a_message_stands_in_its_context_highlighted(read, noor):
    html = read(reverse("message", args=[noor]))
    focus = html.split('id="focus"')[1].split("</li>")[0]
    assert "I do not want to force it" in focus
    assert "Open the original" in html
    assert "https://discord.com/channels/500000000000000001/" in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_the_pane_beside_the_list_is_the_same_talk(steward, noor):
    answer = steward.get(reverse("message", args=[noor]) + "?pane=1&q=cottage")
    html = answer.content.decode()
    assert "<html" not in html
    assert "<mark>cottage</mark>" in html


def test_a_message_that_is_gone_says_so(steward, keepers):
    answer = steward.get(reverse("message", args=[-5]))
    assert answer.status_code == 404
    assert "That message is not here." in answer.content.decode()


def test_answering_from_its_thread_is_a_deed(steward, keepers, noor):
    form = steward.get(reverse("do", args=["answer_message", noor]) + "?next=/stream").content.decode()
    assert "Hello Noor" in form
    answer = steward.post(reverse("do", args=["answer_message", noor]), {"text": "It turns left.", "next": "/stream"})
    assert answer["Location"] == "/stream"
    assert "Answered Noor Haddad" in steward.get("/stream?q=cottage").content.decode()


def test_one_is_not_sent_elsewhere(steward, keepers, noor):
    answer = steward.post(
        reverse("do", args=["answer_message", noor]), {"text": "It turns left.", "next": "https://evil.example/"}
    )
    assert answer["Location"] == reverse("message", args=[noor])


def test_it_leaves_as_csv(steward, keepers):
    answer = steward.get("/stream?q=cottage&as=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0][:4] == ["When", "Who", "Source", "Channel"]
    assert [row[1] for row in rows[1:]] == ["Noor Haddad"]


def test_the_whole_stream_leaves_as_csv(steward, keepers):
    answer = steward.get("/stream?as=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(rows) - 1 == Index(keepers.pk).count()


def test_twenty_rows_ask_no_more_than_ten(monkeypatch, asked):
    counts = []
    for rows in (10, 20):
        monkeypatch.setattr(page_of_stream, "ROWS", rows)
        counts.append(asked("/stream"))
    assert counts[0] == counts[1]


def test_who_waits_leaves_as_csv_too(steward, keepers):
    answer = steward.get("/stream?view=waiting&as=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Noor Haddad"]
    assert answer["Content-Disposition"] == 'attachment; filename="lock-keepers-waiting.csv"'


def test_the_line_over_the_list_says_who_waits(read):
    assert "1 waits for an answer." in read("/stream")
    assert "The first of them has waited since" in read("/stream?view=waiting")
    assert "waits for an answer." not in read("/stream?q=heron")
