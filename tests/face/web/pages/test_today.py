"""The round: who waits is found, answered in place, seen resting, and waits again when it is undone."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from thirdplace.flow.models import Deed, Finding, Reflection, SetAside
from thirdplace.foundation.members.models import Community

HTMX = {"hx-request": "true"}
LAST = date(2026, 10, 16)


@pytest.fixture
def noor(keepers: Community) -> Finding:
    """The line of the newcomer who waits."""
    return Finding.objects.get(community=keepers, on=LAST, signal="newcomer_waiting", member__name="Noor Haddad")


def do(steward: Client, finding: Finding, how: str = "do", *, htmx: bool = True, **more: str):
    data = {"as": how, **more}
    return steward.post(reverse("line", args=[finding.pk]), data, headers=HTMX if htmx else {})


def test_who_waits_stands_on_today_with_their_words(read):
    html = read("/today")
    assert "Noor Haddad" in html
    assert "The upper gate sticks half way" in html
    assert "Why it is here." in html
    assert "The archive ended on 16 October 2026" in html


def test_an_answer_returns_the_line_at_rest_and_the_page_s_head(steward, noor):
    answer = do(steward, noor, text="Hello Noor, turn it by hand.")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="line rest"' in html
    assert 'id="round-head" hx-swap-oob="true"' in html
    assert "Welcomed Noor Haddad" in answer["HX-Trigger"]
    deed = Deed.objects.get()
    assert (deed.action, deed.member.name, deed.given["text"]) == (
        "welcome_newcomer", "Noor Haddad", "Hello Noor, turn it by hand.",
    )  # fmt: skip
    assert deed.signal == "newcomer_waiting"


def test_it_works_without_script(steward, noor):
    answer = do(steward, noor, htmx=False, text="Hello Noor")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/today")
    html = steward.get(answer["Location"]).content.decode()
    assert "Welcomed Noor Haddad" in html
    assert f'action="{reverse("undo", args=[Deed.objects.get().pk])}"' in html


def test_undone_it_waits_again(steward, noor):
    do(steward, noor, text="Hello")
    assert 'class="tick" form' not in section(steward, "waiting")
    answer = steward.post(reverse("undo", args=[Deed.objects.get().pk]), {"next": "/today"})
    assert answer["Location"] == "/today"
    assert 'class="tick" form' in section(steward, "waiting")


def test_undone_from_a_toast_the_page_is_loaded_again(steward, noor):
    do(steward, noor, text="Hello")
    answer = steward.post(reverse("undo", args=[Deed.objects.get().pk]), headers=HTMX)
    assert answer.status_code == 204
    assert "Undone: Welcomed Noor Haddad" in steward.get("/today").content.decode()


def section(steward: Client, slug: str) -> str:
    html = steward.get("/today?round").content.decode()
    return html.split(f'id="q-{slug}"')[1].split("</section>")[0]


def test_what_is_refused_says_why_and_keeps_what_was_typed(steward, noor):
    answer = do(steward, noor, text="  ", why="because")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in html
    assert f'id="line-{noor.pk}"' in html
    assert not Deed.objects.exists()


def test_twice_is_refused_beside_the_words(steward, noor):
    do(steward, noor, text="Hello")
    answer = do(steward, noor, text="Hello again, Noor")
    assert answer.status_code == 409
    assert "Hello again, Noor" in answer.content.decode()


def test_a_tick_says_it_was_done_elsewhere(steward, noor):
    answer = do(steward, noor, "tick")
    assert "Marked as done elsewhere" in answer["HX-Trigger"]
    assert SetAside.objects.get().because == "elsewhere"


@pytest.mark.parametrize(("how", "until"), [("later:1", 1), ("later:7", 7), ("later:", None)])
def test_later_is_a_day_or_until_something_changes(steward, noor, how, until):
    do(steward, noor, how)
    row = SetAside.objects.get()
    assert (row.because, row.until_on) == ("later", LAST + timedelta(days=until) if until else None)
    assert "1 put off" in steward.get("/today?round").content.decode()


def test_later_can_be_a_day_of_one_s_own(steward, noor):
    do(steward, noor, "later:day", until="2026-10-30")
    assert SetAside.objects.get().until_on == date(2026, 10, 30)


def test_later_on_a_day_gone_by_is_refused(steward, noor):
    answer = do(steward, noor, "later:day", until="2026-10-01")
    assert answer.status_code == 400
    assert "Choose a later day" in answer.content.decode()


@pytest.mark.parametrize("because", ["handled", "no_problem", "wrong_moment", "fewer"])
def test_not_useful_says_why(steward, noor, because):
    do(steward, noor, f"not:{because}")
    assert SetAside.objects.get().because == because


def test_another_community_s_line_is_not_here(steward, noor):
    other = Community.objects.create(name="Elsewhere", slug="elsewhere")
    Finding.objects.filter(pk=noor.pk).update(community=other)
    assert do(steward, noor, text="Hello").status_code == 404


def test_a_day_of_the_past_is_read_not_answered(read, noor):
    html = read("/today?on=2026-10-15")
    assert "As it was on 15 October 2026" in html
    assert "Noor Haddad" in html
    assert "<textarea" not in html


def test_a_day_that_has_not_come_says_so(steward, keepers):
    answer = steward.get("/today?on=2126-01-01")
    assert answer.status_code == 400
    assert "has not come yet" in answer.content.decode()


def test_what_is_no_day_says_so(steward, keepers):
    answer = steward.get("/today?on=tomorrow")
    assert answer.status_code == 400
    assert "is not a day" in answer.content.decode()


def test_what_was_said_around_it_comes_when_it_is_opened(read, noor):
    assert "just" not in read(reverse("line_around", args=[noor.pk]))  # nobody spoke there within hours


def test_when_all_is_done_the_day_says_so_and_keeps_a_reflection(steward, keepers):
    for finding in Finding.objects.filter(community=keepers, on=LAST):
        last = do(steward, finding, "tick" if finding.signal != "newcomer_waiting" else "do", text="Hello")
    assert last["HX-Redirect"] == "/today"
    html = steward.get("/today").content.decode()
    assert "That is the round." in html
    assert "Welcomed Noor Haddad" in html
    steward.post("/today/reflect", {"text": "The gate again.", "differently": ""})
    assert Reflection.objects.get().text == "The gate again."
    assert "The gate again." in steward.get("/today").content.decode()


def test_what_tomorrow_begins_with_is_what_was_put_off(steward, keepers):
    findings = list(Finding.objects.filter(community=keepers, on=LAST).order_by("signal"))
    do(steward, findings[0], "later:1")
    for finding in findings[1:]:
        do(steward, finding, "tick")
    html = steward.get("/today").content.decode()
    assert "Tomorrow begins with" in html
    assert findings[0].member.name in html.split("Tomorrow begins with")[1]
