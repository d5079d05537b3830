"""What was put off or put away: said as what it was, not counted as a thing done, and where it comes back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from thirdplace.flow import deeds
from thirdplace.flow.models import Deed, Finding
from thirdplace.foundation.members.models import Community

LAST = date(2026, 10, 16)
HTMX = {"hx-request": "true"}
SAID = {
    "later:1": "Put off a line about Noor Haddad",
    "tick": "Done elsewhere: a line about Noor Haddad",
    "not:handled": "Already handled: a line about Noor Haddad",
    "not:no_problem": "Not a problem here: a line about Noor Haddad",
    "not:wrong_moment": "Right person, wrong moment: a line about Noor Haddad",
    "not:fewer": "Fewer lines like the one about Noor Haddad",
}


@pytest.fixture
def waiting(keepers: Community) -> list[Finding]:
    """The day's lines, the newcomer's first."""
    found = Finding.objects.filter(community=keepers, on=LAST).order_by("signal", "pk")
    return sorted(found, key=lambda each: each.member.name != "Noor Haddad")


def answer(steward: Client, finding: Finding, how: str, **more: str) -> str:
    data = {"as": how, **more}
    return steward.post(reverse("line", args=[finding.pk]), data, headers=HTMX).content.decode()


@pytest.mark.parametrize(("how", "said"), SAID.items())
def test_a_line_set_aside_says_what_was_said_of_it(
    steward: Client, waiting: list[Finding], how: str, said: str
) -> None:
    answer(steward, waiting[0], how)
    assert deeds.sentence(Deed.objects.get()) == said
    assert said in steward.get("/deeds").content.decode()


def test_what_was_only_put_away_is_no_thing_done(steward: Client, waiting: list[Finding]) -> None:
    for finding in waiting:
        answer(steward, finding, "not:no_problem")
    assert "You put away what did not need you." in steward.get("/today").content.decode()


def test_things_done_are_counted_without_what_was_put_off(steward: Client, waiting: list[Finding]) -> None:
    answer(steward, waiting[0], "do", text="Hello Noor")
    for finding in waiting[1:]:
        answer(steward, finding, "later:7")
    assert "You did one thing, and one person heard from you." in steward.get("/today").content.decode()


@pytest.mark.parametrize(
    ("how", "head"), [("later:1", "Tomorrow begins with"), ("later:7", "Later this week comes back")]
)
def test_each_comes_back_under_its_own_head(steward: Client, waiting: list[Finding], how: str, head: str) -> None:
    answer(steward, waiting[0], how)
    for finding in waiting[1:]:
        answer(steward, finding, "tick")
    html = steward.get("/today").content.decode()
    assert "Noor Haddad" in html.split(head)[1].split("</section>")[0]


def test_a_far_day_is_not_tomorrow(steward: Client, waiting: list[Finding]) -> None:
    answer(steward, waiting[0], "later:day", until="2027-03-07")
    for finding in waiting[1:]:
        answer(steward, finding, "tick")
    html = steward.get("/today").content.decode()
    assert "Noor Haddad" not in html.split("Tomorrow begins with")[1].split("</main>")[0]


def test_the_count_beside_today_follows_what_was_done(steward: Client, waiting: list[Finding]) -> None:
    html = answer(steward, waiting[0], "tick")
    assert f'class="n" hx-swap-oob="outerHTML:.side a[aria-current] .n">{len(waiting) - 1}</span>' in html


def test_who_came_from_nowhere_goes_on_to_whom_it_was_done_to(steward: Client, waiting: list[Finding]) -> None:
    who = waiting[0].member
    answer = steward.post(reverse("do", args=["mark_staff", who.pk]))
    assert answer["Location"] == reverse("member", args=[who.pk])
    said = steward.post(reverse("do", args=["answer_message", waiting[0].subject]), {"text": "Hello"})
    assert said["Location"] == reverse("message", args=[waiting[0].subject])


def test_only_marks_that_change_something_are_offered(steward: Client, waiting: list[Finding]) -> None:
    who = waiting[0].member
    page = reverse("member", args=[who.pk])
    html = steward.get(page).content.decode()
    assert ("/do/mark_staff/" in html, "/do/unmark_staff/" in html) == (True, False)
    steward.post(reverse("do", args=["mark_staff", who.pk]))
    html = steward.get(page).content.decode()
    assert ("/do/mark_staff/" in html, "/do/unmark_staff/" in html) == (False, True)


def test_by_a_clock_that_is_set_a_deed_says_when_it_was_written_down(steward: Client, waiting: list[Finding]) -> None:
    answer(steward, waiting[0], "do", text="Hello Noor")
    assert "written down on" in steward.get("/deeds").content.decode()
