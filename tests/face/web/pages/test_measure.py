"""Measures: as usual or not, how sure, and down to the message behind."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from thirdplace.face.web.pages import measure_asked
from thirdplace.face.web.pages.judged import Judged, between, judge
from thirdplace.face.web.pages.measure import counted, earlier
from thirdplace.flow.charts import Unit
from thirdplace.foundation.engine import Reading, measures
from thirdplace.foundation.engine.pictures import pictures


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_the_catalogue_has_every_measure_under_its_question(read):
    html = read("/measures")
    for measure in measures.values():
        assert reverse("measure", args=[measure.slug]) in html
    assert "Are people coming?" in html
    assert "Nothing here measures this yet." in html


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_it_is_told_by_day_week_and_month(read, grain):
    assert "Active members" in read(f"/measures?grain={grain}")


def test_the_catalogue_leaves_as_csv(steward, keepers):
    rows = rows_of(steward.get("/measures?as=csv"))
    assert [row[0] for row in rows[1:]] == [each.title for each in measures.values()]


@pytest.mark.parametrize(
    "slug", ["active_members", "newcomers", "messages", "first_reply_share", "time_to_first_response"]
)
@pytest.mark.parametrize(
    "query", ["", "?back=all&grain=month", "?grain=day&back=3", "?language=nl", "?staff=only", "?on=x"]
)
def test_every_measure_has_a_page(read, slug, query):
    html = read(f"/measures/{slug}{query}")
    assert measures[slug].card.lines["Counts"][:40] in html
    assert "Which ones?" in html


def test_an_unknown_measure_says_what_there_is(steward, keepers):
    answer = steward.get("/measures/active_membres")
    assert answer.status_code == 404
    assert "Did you mean &#x27;active_members&#x27;?" in answer.content.decode()


def test_the_sentence_says_the_last_whole_week(read, keepers):
    last = measures["messages"].now_reading(keepers)
    html = read("/measures/messages?grain=week")
    assert f"{last.value:.0f} in the week of 5 October." in html


def test_a_rate_from_too_few_is_not_said(read):
    html = read("/measures/first_reply_share?grain=week")
    assert re.search(r"too few for a rate|nothing to measure it by", html)
    assert not re.search(r"\d+ of every 100", html)


def test_which_ones_lead_down_to_the_message(read, keepers):
    html = read("/measures/newcomers/rows?on=2026-10-13")
    assert "Noor Haddad" in html
    message = re.search(r'href="(/stream/-?\d+)"', html)[1]
    assert "The upper gate sticks half way" in read(message)


def test_which_ones_come_into_the_page_by_themselves(steward, keepers):
    answer = steward.get("/measures/newcomers/rows?on=2026-10-13", headers={"hx-request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert "Noor Haddad" in html
    assert "All of them, and other periods" in html


def test_the_periods_before_and_after_can_be_opened(read):
    html = read("/measures/messages/rows?grain=week&on=2026-09-14")
    assert "on=2026-09-07" in html
    assert "on=2026-09-21" in html


def test_the_rows_leave_as_csv(steward, keepers):
    rows = rows_of(steward.get("/measures/newcomers/rows?on=2026-10-13&as=csv"))
    assert [row[0] for row in rows[1:]] == ["Noor Haddad"]


def test_the_readings_leave_as_csv(steward, keepers):
    rows = rows_of(steward.get("/measures/messages?as=csv&back=all&grain=week"))
    stored = measures["messages"].series(keepers, "week")
    assert [float(row[2]) for row in rows[1:]] == [each.value for each in stored]


def test_how_it_is_counted_is_its_query(read):
    assert "SELECT" in read("/measures/messages/query")


def test_how_long_people_wait_is_a_curve_and_a_table(read):
    html = read("/measures/time_to_first_response/curve")
    assert "<svg" in html
    assert "Whoever still waits counts" in html


def test_by_language_and_with_staff(read):
    html = read("/measures/messages/parts")
    assert "Dutch" in html
    assert "Only staff" in html


def test_our_deeds_stand_in_the_chart_of_what_they_should_move(steward, keepers, read):
    who = keepers.members.get(name="Wim Sluis")
    steward.post(reverse("do", args=["thank_member", who.pk]), {"text": "Thank you, Wim.", "next": "/"})
    html = read("/measures/active_members")
    assert "we began: Thank" in html
    assert "1 time so far" in html


def test_a_channel_has_its_own_page(read, keepers):
    number = keepers.channels.get(name="towpath").number
    html = read(f"/measures/messages?channel={number}")
    assert "towpath, without staff" in html


def test_another_part_asks_no_more_than_the_whole(asked):
    assert asked("/measures/messages?back=3") == asked("/measures/messages?back=all")


def test_which_ones_are_those_of_the_grain_that_the_page_has_chosen(read):
    html = read("/measures/first_reply_share")
    assert 'hx-get="/measures/first_reply_share/rows?grain=month"' in html
    assert 'aria-current="true">Month</a>' in html


def test_where_no_line_can_be_drawn_it_is_said(read):
    html = read("/measures/first_reply_share?staff=only")
    assert "There is nothing here to draw a line from." in html
    assert 'class="pic' not in html.split("</figure>")[0]
    assert "As a table" in html


def test_nothing_every_week_is_mostly_nothing(read):
    html = read("/measures/messages?language=xx&grain=week")
    assert "That is as usual: in the year before, it was mostly 0." in html


def test_a_wait_without_an_upper_end_is_not_ended_by_nothing():
    reading = Reading(7200.0, 20, low=3600.0)
    assert between(reading, Unit.SECONDS) == "1 h or more"
    assert between(Reading(7200.0, 20), Unit.SECONDS) == ""
    assert between(Reading(4.0, 4, low=1.2, high=9.1), Unit.COUNT) == "1 to 10"
    judged = Judged(measures["time_to_first_response"], "week", [], reading, None, "early")
    assert judged.of == "1 h or more"
    assert counted(judged) == "probably 1 h or more · 20 cases"


def test_where_no_line_can_be_drawn_one_is_shown_the_way_to_the_last_that_is_known(keepers, rf):
    request, messages = rf.get("/measures/messages?grain=month"), measures["messages"]
    asked, nothing = measure_asked.read(request), Reading(None).of(date(2027, 1, 1), date(2027, 2, 1))
    judged = judge(messages, keepers, grain="month")
    last = [each for each in judged.readings if each.value is not None][-1]
    assert earlier(judged, [nothing], asked, request, keepers) == (
        f"{last.begins_on:%B %Y}",
        "/measures/messages?back=all&grain=month",
    )
    assert earlier(judged, [last], asked, request, keepers) is None
    assert earlier(judged, [], asked, request, keepers) is None


@pytest.mark.parametrize("slug", list(pictures))
@pytest.mark.parametrize("query", ["", "?staff=with", "?staff=nobody"])
def test_every_picture_has_a_page_with_its_card_its_table_and_its_sureness(read, slug, query):
    html = read(f"/measures/pictures/{slug}{query}")
    assert pictures[slug].card.lines["Counts"][:40] in html
    assert "How sure" in html
    assert "<svg" in html
    assert "As a table" in html


def test_pictures_say_in_a_sentence_what_they_show(read):
    assert "Most is written on" in read("/measures/pictures/hours")
    assert "of every 100 messages are in" in read("/measures/pictures/languages")
    assert re.search(
        r"Of every 100 who begin here|Too few began three months ago", read("/measures/pictures/retention")
    )


def test_the_catalogue_names_the_pictures(read):
    html = read("/measures")
    assert all(f'href="/measures/pictures/{slug}"' in html for slug in pictures)


def test_a_picture_leaves_as_csv(steward, keepers):
    rows = rows_of(steward.get("/measures/pictures/hours?as=csv"))
    assert len(rows) == 1 + 7 * 24
    known = pictures["hours"].seen(keepers)
    assert sum(int(row[2]) for row in rows[1:]) == known.n > 0


def test_a_measure_that_is_not_told_by_day_says_so(read):
    assert "This is not told by day" in read("/measures/participation_inequality?grain=day")
    assert ">Day</a>" not in read("/measures/participation_inequality")


def test_what_leans_on_days_to_come_says_that_it_cannot_be_told_yet(read):
    assert "cannot be told yet" in read("/measures/returning_share?grain=week&back=3")
