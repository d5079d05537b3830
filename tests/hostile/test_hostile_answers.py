"""An archive whose every field is hostile, over HTTP: each page, sheet and answer there is, read as a browser would."""

import csv
import json
import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import pytest
from archives import SPACE
from attacks import ATTACKS
from django.utils.html import escape
from inertness import Page, sheet

BEGINNINGS = (
    "/today", "/stream", "/members", "/measures", "/deeds", "/sources", "/settings", "/first-run", "/more",
    "/palette?q=script", "/palette?q=%25(name)s", "/palette?q=W", "/today?on=2026-01-01", "/stream?q=script",
    "/stream?words=%3Cscript%3E", "/members?q=%22%3E%3Cimg", "/nowhere/%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip
csv.field_size_limit(1_000_000)
OF_A_SORT = 2  # pages read of each sort of address
OF_A_THING = 24  # and of members, who carry the attacks as names


def sort_of(address: str) -> str:
    """The address without its numbers and values."""
    parts = urlsplit(address)
    path = re.sub(r"^/(do|measures)/\w+(?=/)", r"/\1/S", re.sub(r"-?\d+", "N", parts.path))
    return path + "?" + "&".join(sorted({name for name, _ in parse_qsl(parts.query)}))


@pytest.fixture(scope="module")
def walked(house, deeds):
    """Everything that can be reached by a link or a fragment: address → answer."""
    waiting, met, sorts = [f"{house.at}{path}" for path in BEGINNINGS], set(), Counter()
    answers = {}
    while waiting:
        address = waiting.pop(0)
        sort = sort_of(address)
        most = OF_A_THING if sort == "/members/N?" else OF_A_SORT
        again = sort.count("&") > ("as" in sort) or "after" in sort  # filters upon filters show the same rows
        if again or address in met or sorts[sort] >= most or re.search(r"/static/|/logout|/api/", address):
            continue
        met.add(address)
        sorts[sort] += 1
        answers[address] = house.owner(address)
        if "html" in answers[address].headers.get("content-type", ""):
            waiting += Page(answers[address].text, at=address).leads
    return answers


def test_every_kind_of_page_was_walked(walked):
    sorts = Counter(sort_of(address) for address in walked)
    assert {each for each in sorts if each.count("/") > 1} >= {"/members/N?", "/stream/N?", "/sources/N?"}
    assert sorts["/members/N?"] == OF_A_THING
    assert len({urlsplit(each).path.split("/")[2] for each in walked if "/measures/" in each}) >= 15
    assert any("as" in sort.split("?")[1] for sort in sorts)
    assert len(walked) > 90


def test_no_page_breaks(walked):
    broken = {address: answer.status for address, answer in walked.items() if answer.status >= 400}
    assert {address: status for address, status in broken.items() if "/nowhere/" not in address} == {}


def test_every_page_is_inert(walked):
    wrong = {
        address: found[:3]
        for address, answer in walked.items()
        if "html" in answer.headers.get("content-type", "") and (found := Page(answer.text, at=address).wrong)
    }
    assert wrong == {}


def test_nothing_is_escaped_twice(walked):
    """Which would harm nobody, and show everybody signs that no member wrote."""
    twice = escape(escape(SPACE[:20]))
    assert [address for address, answer in walked.items() if twice in answer.text] == []
    assert any(escape(SPACE[:20]) in answer.text for answer in walked.values())


def test_every_answer_has_its_headers(walked):
    for address, answer in walked.items():
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert "script-src 'self'" in answer.headers["content-security-policy"], address


def test_every_cell_is_inert(walked, house):
    sheets = {address: each for address, each in walked.items() if "csv" in each.headers.get("content-type", "")}
    sheets["members.csv"] = house.script("/api/v1/members.csv")
    assert {urlsplit(address).path for address in sheets} >= {"/members", "/stream", "/deeds", "members.csv"}
    for address, answer in sheets.items():
        assert sheet(answer.text) == [], address
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer.headers["content-disposition"])


def test_every_action_works_upon_the_hostile(deeds):
    assert {slug for slug, _ in deeds} >= {"welcome_newcomer", "answer_message", "thank_member", "write_note"}
    assert [(slug, answer.text) for slug, answer in deeds if answer.status != 200] == []


def test_the_api_says_it_as_text(house, deeds):
    """Valid JSON, with nothing in it changed into anything but text."""
    members = json.loads(house.script("/api/v1/members?limit=200").text)["members"]
    messages = json.loads(house.script("/api/v1/messages?limit=100").text)["messages"]
    paths = [
        "today",
        "members?limit=200",
        "messages?limit=100",
        "measures",
        "sources",
        "imports",
        "deeds",
        "communities",
    ]
    paths += [f"members/{each['id']}" for each in members[:60]]
    paths += [f"messages/{each['key']}" for each in messages[:20]]
    paths += [f"messages/{each['key']}/context" for each in messages[:20]]
    paths += [f"threads/{each['thread']}" for each in messages[:20] if each["thread"]]
    for path in paths:
        answer = house.script(f"/api/v1/{path}")
        assert answer.status == 200, path
        assert answer.headers.get("content-type", "").startswith("application/json"), path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        json.loads(answer.text)
        assert "\x1b" not in answer.text
    assert ATTACKS[0] in {each["name"] for each in members}
    assert any(ATTACKS[1] in (each["text"] or "") for each in messages)


@pytest.mark.parametrize("base_url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a b\"'>"])
def test_no_address_of_originals_may_run(house, base_url):
    assert house.script("/api/v1/sources/1", {"base_url": base_url}, method="PATCH").status in {400, 422}
