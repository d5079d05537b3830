"""Searching over the API, and the views that are kept."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.members.models import Community


def test_words_are_found_with_their_places(script):
    status, told = script.get("search", words="get key")
    assert (status, told["total"], told["exact"], told["after"]) == (200, 1, True, None)
    (said,) = told["messages"]
    assert (said["name"], said["text"]) == ("Fern Newcomer", "Where does one get a key?")
    assert [said["sentence"][begin:end] for begin, end in said["marks"]] == ["get", "key"]
    assert script.get("search", words='"get key"')[1]["total"] == 0
    assert script.get("search", words="kee", near=True)[1]["messages"] == []
    assert script.get("search", words="ke*", by="fern")[1]["total"] == 1


@pytest.mark.parametrize("order", ["newest", "oldest", "best"])
def test_one_goes_on_to_the_end(script, order):
    whole, seen, after = script.get("search", order=order, limit=200)[1], [], ""
    while after is not None:
        told = script.get("search", order=order, limit=2, after=after)[1]
        seen += [each["key"] for each in told["messages"]]
        after = told["after"]
    assert seen == [each["key"] for each in whole["messages"]]
    assert len(seen) == whole["total"] > 5


def test_filters_leave_the_rest_out(script):
    said = script.get("search", words="key")[1]["messages"][0]
    fits = {"source": said["source"], "channel": said["channel"], "member": said["member"], "kind": said["kind"],
            "begin": "2025-03-03", "end": "2025-03-03", "channel_name": "gener"}  # fmt: skip
    assert script.get("search", words="key", **fits)[1]["total"] == 1
    for name, value in {"source": 99, "channel": "5", "member": 9999, "begin": "2025-03-04", "has": "code",
                        "language": "xx"}.items():  # fmt: skip
        assert script.get("search", words="key", **{name: value})[1]["total"] == 0, name


def test_whatever_is_typed_is_an_answer_and_what_is_no_filter_is_told(script):
    for words in ('"', "-", "****", "(a+)+$" * 60, "\x00\x1b", "' OR 1=1", "\u202e"):
        assert script.get("search", words=words, near=True, order="best")[0] == 200, words
    for wrong in ({"order": "loudest"}, {"has": "song"}, {"kind": "sung"}, {"limit": 0}, {"words": "a" * 401},
                  {"begin": "soon"}, {"after": "x"}, {"view": 77}):  # fmt: skip
        status, told = script.get("search", **wrong)
        assert status in (404, 422), wrong
        assert told["remedy"]


def test_twenty_rows_ask_no_more_than_ten(script):
    script.get("search")  # what a first visit writes down is not counted
    counts = []
    for limit in (3, 6):
        with CaptureQueriesContext(connection) as seen:
            assert len(script.get("search", limit=limit)[1]["messages"]) == limit
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_same_as_a_table(script):
    answer = script.client.get("/api/v1/search.csv", {"words": "key"})
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Fern Newcomer"]


def test_a_view_is_kept_renamed_removed_and_brought_back(script):
    status, kept = script.send("post", "views", {"name": "Keys", "query": "q=key&order=newest"})
    assert (status, kept["query"], kept["steward"]) == (201, "q=key", "Marit")
    at = f"views/{kept['id']}"
    assert script.get("search", view=kept["id"])[1]["total"] == 1
    assert script.send("post", "views", {"name": "Keys", "query": "q=lock"})[0] == 409
    assert script.send("post", "views", {"name": "All", "query": "order=oldest"})[0] == 409
    assert script.send("patch", at, {"name": "About keys"})[1]["name"] == "About keys"
    assert script.send("delete", at)[0] == 200
    assert script.get("views") == (200, [])
    assert script.send("post", f"{at}/back")[1]["name"] == "About keys"
    assert [each["name"] for each in script.get("views")[1]] == ["About keys"]


def test_who_may_not_sees_nothing_and_communities_are_apart(script):
    script.send("post", "views", {"name": "Keys", "query": "q=key"})
    Community.objects.create(name="Elsewhere", slug="elsewhere")
    assert script.get("views", community="elsewhere") == (200, [])
    assert script.get("search", words="key", community="elsewhere")[1]["total"] == 0
    Account.objects.update(is_owner=False)
    for path in ("search", "views"):
        assert script.get(path)[0] == 403
    assert script.send("post", "views", {"name": "Mine", "query": "q=key"})[0] == 403
