"""One member: who they are, their rhythm and their time with us, and where each fact comes from."""

import pytest
from django.urls import reverse

from thirdplace.foundation.members.models import Member


@pytest.fixture
def oda(keepers) -> Member:
    return Member.objects.get(community=keepers, name="Oda Brandt")


def test_the_page_opens_with_who_it_is(read, oda):
    html = read(reverse("member", args=[oda.pk]))
    assert f"Has said {oda.spoken} things here since" in html
    assert "has gone quiet" in html
    assert "What usually helps." in html
    assert 'aria-label="' in html.split('class="draw strip"')[1]


def test_each_fact_says_where_it_comes_from(read, oda):
    html = read(reverse("member", args=[oda.pk]))
    facts = html.split('class="facts"')[1].split("</dl>")[0]
    assert "counted in what was read" in facts
    assert "probably" in facts
    assert "guessed from their messages" in facts
    assert "first read in locks.zip" in html


def test_their_words_hang_and_our_deeds_sit_on_the_timeline(steward, read, oda):
    words = {"text": "Thank you for the greasing, Oda.", "next": reverse("member", args=[oda.pk])}
    steward.post(reverse("do", args=["thank_member", oda.pk]), words)
    html = read(reverse("member", args=[oda.pk]))
    assert '<li class="ours">' in html
    assert "Thanked Oda Brandt" in html
    assert "Thank you for the greasing" in html
    assert '<li class="ours">' not in read(reverse("member", args=[oda.pk]) + "?show=words")
    ours = read(reverse("member", args=[oda.pk]) + "?show=ours")
    assert "Thanked Oda Brandt" in ours
    assert 'class="said"' not in ours.split('id="main"')[1].split("<aside")[0]


def test_one_goes_back_in_time(steward, read, oda):
    html = read(reverse("member", args=[oda.pk]))
    further = html.split(">Earlier<")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    earlier = read(further)
    assert earlier.count("<blockquote") > 0
    assert earlier != html


def test_a_note_is_kept_and_shown(steward, read, oda):
    steward.post(reverse("do", args=["write_note", oda.pk]), {"text": "Prefers the **Mill Lock**.", "next": "/"})
    assert "Prefers the **Mill Lock**." in read(reverse("member", args=[oda.pk])).split("Notes")[1]


def test_an_empty_note_is_refused_beside_its_field(steward, oda):
    answer = steward.post(reverse("do", args=["write_note", oda.pk]), {"text": "", "next": "/"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_mark_says_who_made_it(steward, read, oda):
    steward.post(reverse("do", args=["mark_staff", oda.pk]), {"next": "/"})
    assert "marked by Marit Oosterveld" in read(reverse("member", args=[oda.pk]))


def test_who_has_never_spoken_has_a_page_too(read, keepers):
    who = Member.objects.create(community=keepers, name="Quiet Quinn")
    assert "has said nothing that we have read" in read(reverse("member", args=[who.pk]))


def test_another_community_s_member_is_not_here(steward, keepers, oda):
    other = type(keepers).objects.create(name="Elsewhere", slug="elsewhere")
    Member.objects.filter(pk=oda.pk).update(community=other)
    assert steward.get(reverse("member", args=[oda.pk])).status_code == 404
    assert steward.post(reverse("do", args=["mark_bot", oda.pk])).status_code == 404


def test_nobody_writes_to_a_bot(read, keepers, oda):
    bot = Member.objects.get(community=keepers, name="gauge-bot")
    html = read(reverse("member", args=[bot.pk]))
    assert f"/do/thank_member/{bot.pk}" not in html
    assert f"/do/thank_member/{oda.pk}" in read(reverse("member", args=[oda.pk]))
