"""What the API answers, from a recorded workspace."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thirdplace.flow.actions import actions
from thirdplace.foundation.channels.models import Import
from thirdplace.foundation.engine import measures
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Identity, Member


def test_every_action_is_an_address_with_its_fields(described):
    assert len(actions) > 5
    for action in [each for each in actions.values() if each.function.__module__.startswith("thirdplace.")]:
        path = f"/api/v1/actions/{action.slug}"
        assert (path in described["paths"]) == action.listed
        if action.listed:
            body = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
            model = described["components"]["schemas"][body["$ref"].rpartition("/")[2]]
            assert {field.name for field in action.fields} <= set(model["properties"])
            required = {field.name for field in action.fields if field.required}
            assert required == set(model.get("required", []))
            assert action.card.headline in described["paths"][path]["post"]["description"]


def test_the_description_says_which_community_is_asked_about(described):
    operations = [each for path in described["paths"].values() for each in path.values()]
    named = {each["operationId"]: [one.get("$ref") for one in each.get("parameters", [])] for each in operations}
    assert described["components"]["parameters"]["community"]["in"] == "query"
    without = {name for name, asked in named.items() if "#/components/parameters/community" not in asked}
    assert without == {
        "communities", "found_community", "me", "change_me", "new_password", "keys", "make_key", "end_key",
    }  # fmt: skip
    csv = described["paths"]["/api/v1/members.csv"]["get"]["responses"][200]
    assert set(csv["content"]) == {"text/csv"}


def test_a_day_has_its_eight_questions(script):
    status, day = script.get("today")
    assert (status, len(day["questions"])) == (200, 8)
    line = next(item for question in day["questions"] for item in question["items"])
    assert script.get(f"findings/{line['finding']}")[1]["sentence"] == line["sentence"]
    assert script.get("today", on="2025-03-01")[1]["on"] == "2025-03-01"
    assert script.get("today", on="2999-01-01")[0] == 400
    assert script.get("findings/999999")[0] == 404


def test_a_deed_is_done_told_and_undone(script, house):
    member = Member.objects.filter(community=house).order_by("pk").first()
    status, deed = script.send("post", "actions/write_note", {"member": member.pk, "text": "likes leeks", "why": "x"})
    assert (status, deed["action"], deed["why"], deed["steward"]) == (200, "write_note", "x", "Marit")
    assert script.get("deeds")[1][0]["id"] == deed["id"]
    assert script.get(f"members/{member.pk}")[1]["deeds"][0]["id"] == deed["id"]
    assert script.send("post", f"deeds/{deed['id']}/undo")[1]["undone_at"] is not None
    assert script.send("post", f"deeds/{deed['id']}/undo")[0] == 409
    assert script.get("deeds", action="mark_staff") == (200, [])


def test_a_line_of_today_is_answered_from_where_it_stands(script):
    day = script.get("today")[1]
    line = next(item for question in day["questions"] for item in question["items"] if item["message"])
    given = {"message": line["subject"], "text": line["draft"] or "Welcome", "finding": line["finding"]}
    status, deed = script.send("post", f"actions/{line['action']}", given)
    assert (status, deed["signal"]) == (200, line["signal"])
    assert script.get(f"findings/{line['finding']}")[1]["state"] == "done"


def test_a_line_is_set_aside(script):
    day = script.get("today")[1]
    line = next(item for question in day["questions"] for item in question["items"])
    status, deed = script.send("post", "actions/set_aside", {"finding": line["finding"], "because": "no_problem"})
    assert (status, deed["signal"]) == (200, line["signal"])
    assert script.get(f"findings/{line['finding']}")[1]["state"] == "rested"
    assert script.send("post", "actions/set_aside", {"finding": 999_999, "because": "no_problem"})[0] == 404


def test_a_field_that_an_action_does_not_ask_for_is_refused(script):
    assert script.send("post", "actions/mark_staff", {"member": 1, "colour": "red"})[0] == 422


def test_members_are_found_sorted_and_counted(script, house):
    status, found = script.get("members", sort="name", limit=2)
    names = list(Member.objects.filter(community=house).order_by("name", "pk").values_list("name", flat=True))
    assert (status, found["total"], [each["name"] for each in found["members"]]) == (200, len(names), names[:2])
    assert script.get("members", name=names[0])[1]["total"] >= 1


def test_members_are_found_as_the_page_finds_them(script, house):
    one = Identity.objects.filter(community=house).order_by("pk").first()
    Identity.objects.filter(pk=one.pk).update(handle="hedgehog.42")
    assert [each["id"] for each in script.get("members", name="HEDGEHOG")[1]["members"]] == [one.member_id]
    every = Member.objects.filter(community=house)
    every.update(staff_hint="", bot_hint="", bot_mark=None, staff_mark=None, is_bot=False)
    every.filter(pk=one.member_id).update(bot_hint="format", is_bot=True)  # counted as one already: nothing to mark
    assert script.get("members", suggested=True)[1]["total"] == 0
    every.filter(pk=one.member_id).update(bot_hint="name", is_bot=False)
    assert [each["id"] for each in script.get("members", suggested=True)[1]["members"]] == [one.member_id]
    assert script.get("members", source=one.source_id)[1]["total"] == every.count()


def test_a_table_of_members_runs_nowhere(script, house):
    Member.objects.filter(community=house).update(name='=HYPERLINK("https://example.org")')
    answer = script.client.get("/api/v1/members.csv")
    assert answer["Content-Type"].startswith("text/csv")
    sheet = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in sheet
    assert "\n=" not in sheet


def test_messages_are_paged_to_the_end_without_losing_or_repeating(script):
    seen, after = [], ""
    while after is not None:
        status, page = script.get("messages", limit=3, after=after)
        assert status == 200
        seen += [each["key"] for each in page["messages"]]
        after = page["after"]
    whole = [each["key"] for each in script.get("messages", limit=200)[1]["messages"]]
    assert seen == whole
    assert len(set(whole)) == len(whole) > 5


def test_messages_are_filtered(script, house):
    whole = script.get("messages", limit=200)[1]["messages"]
    one = whole[0]
    of_channel = script.get("messages", channel=one["channel"], limit=200)[1]["messages"]
    assert {each["key"] for each in of_channel} == {each["key"] for each in whole if each["channel"] == one["channel"]}
    member = Identity.objects.get(community=house, number=int(one["identity"])).member_id
    theirs = script.get("messages", member=member, limit=200)[1]["messages"]
    assert {each["identity"] for each in theirs} == {one["identity"]}
    assert script.get("messages", member=999_999)[1]["messages"] == []
    day = one["happened_at"][:10]
    assert script.get("messages", begin="2031-01-01")[1]["messages"] == []
    assert script.get("messages", begin=day, end=day, limit=200)[1]["messages"]
    assert script.get(f"messages/{one['key']}")[1] == {**one, "original": None}
    assert one["key"] in {each["key"] for each in script.get(f"messages/{one['key']}/context")[1]}
    threads = [each["thread"] for each in whole if each["thread"]]
    assert {each["thread"] for each in script.get(f"threads/{threads[0]}")[1]} == {threads[0]}


def test_a_message_says_who_said_it_and_where_it_can_be_opened(script, house):
    first = script.get("messages", limit=200)[1]["messages"]
    for each in first:
        who = Identity.objects.get(community=house, number=int(each["identity"])).member
        assert (each["member"], each["name"]) == (who.pk, who.name)
    one = script.get(f"messages/{first[0]['key']}")[1]
    assert one == {**first[0], "original": None}
    source = script.get("sources")[1][0]["id"]
    script.send("patch", f"sources/{source}", {"base_url": "https://mill-lane.slack.com"})
    assert script.get(f"messages/{first[0]['key']}")[1]["original"].startswith("https://mill-lane.slack.com/archives/")


def test_channels_have_names(script):
    (source,) = script.get("sources")[1]
    status, found = script.get("channels", source=source["id"])
    assert (status, len(found), {each["source"] for each in found}) == (200, source["channels"], {source["id"]})
    assert script.get("channels", limit=1, offset=1)[1] == found[1:2]
    said = script.get("messages", limit=200)[1]["messages"]
    assert {each["channel"] for each in said} <= {each["number"] for each in found}
    assert script.get("measures/messages", slice=f"channel:{found[0]['number']}")[0] == 200


def test_what_usually_helps_is_told_in_the_readers_language(script):
    (piece,) = [each for each in script.get("advice")[1] if each["slug"] == "newcomer_waiting"]
    assert (piece["language"], piece["usually"]) == ("en", "Welcome.")
    assert "**" not in " ".join(piece["body"])
    answer = script.client.get("/api/v1/advice", headers={"accept-language": "sv"}).json()
    assert {each["language"] for each in answer if each["slug"] != "bell_unanswered"} == {"sv"}  # theirs is in English


def test_a_first_text_is_drafted_for_a_message_and_for_a_member(script, house):
    said = next(each for each in script.get("messages", limit=200)[1]["messages"] if each["name"] == "Fern Newcomer")
    status, draft = script.get("actions/welcome_newcomer/draft", subject=said["key"])
    assert (status, draft["language"], draft["original"]) == (200, "en", None)
    assert draft["text"].startswith("Hello Fern")
    assert script.get("actions/thank_member/draft", subject=said["member"])[1]["text"].startswith("Hello Fern")
    assert script.get("actions/mark_staff/draft", subject=said["member"])[1]["text"] == ""
    assert script.get("actions/set_aside/draft", subject="424242")[0] == 404
    assert script.get("actions/welcome_newcomer/draft", subject="5")[0] == 404
    assert script.get("deeds") == (200, [])


def test_deeds_are_found_by_who_and_when(script, house):
    member = Member.objects.filter(community=house).order_by("pk").first()
    deed = script.send("post", "actions/write_note", {"member": member.pk, "text": "likes leeks"})[1]
    day = deed["done_at"][:10]
    assert [each["id"] for each in script.get("deeds", steward="marit", begin=day, end=day)[1]] == [deed["id"]]
    assert script.get("deeds", begin="2031-01-01") == (200, [])
    assert script.get("deeds", end="2001-01-01") == (200, [])
    assert script.get("deeds", begin="0001-01-01", end="9999-12-31")[1][0]["id"] == deed["id"]
    assert script.get("deeds", steward="nobody")[0] == 404


def test_a_community_is_founded(script):
    status, made = script.send("post", "communities", {"name": "東京", "zone": "asia/tokyo"})
    assert (status, made["slug"], made["zone"]) == (201, "community", "Asia/Tokyo")
    assert script.send("post", "communities", {"name": "大阪", "zone": "Asia/Tokyo"})[1]["slug"] == "community-2"
    assert script.send("post", "communities", {"name": "Mars", "zone": "Mars/Olympus"})[0] == 400
    assert script.get("sources", community="community") == (200, [])


@pytest.mark.parametrize("slug", list(measures))
def test_a_measure_opens_onto_its_rows(script, slug):
    status, one = script.get(f"measures/{slug}")
    assert (status, set(one["card"]["lines"])) == (200, {"Unit", "Better", "Source", "Counts", "Omits", "Empty"})
    assert "SELECT" in one["sql"]
    status, series = script.get(f"measures/{slug}/series", grain="day", begin="2025-03-01", end="2025-03-03")
    assert (status, [each["begins_on"] for each in series]) == (200, ["2025-03-01", "2025-03-02", "2025-03-03"])
    status, rows = script.get(f"measures/{slug}/rows", begin="2025-03-01", end="2025-03-02", limit=5)
    assert (status, len(rows["rows"])) == (200, min(rows["total"], 5))
    assert script.get(f"measures/{slug}/rows", begin="2025-03-02", end="2025-03-01")[0] == 400


def test_all_measures_stand(script):
    assert {each["slug"] for each in script.get("measures")[1]} == set(measures)
    assert script.get("measures", slice="planet:3")[0] == 400
    for nowhere in ("source:99", "channel:5", "source:99999999999999999", "channel:9999999999999999999"):
        assert script.get("measures", slice=nowhere)[0] == 404
        assert script.get("measures/messages/series", slice=nowhere)[0] == 404
        assert script.get("measures/messages/rows", slice=nowhere, begin="2025-03-01", end="2025-03-02")[0] == 404
    assert script.get("measures/messages/series", grain="day", begin="1970-01-01", end="2100-01-01")[0] == 400


def test_every_definition_tells_its_card(script):
    told = script.get("definitions")[1]
    assert {each["sort"] for each in told} >= {"measure", "signal", "advice", "action", "report", "connector"}
    assert all(each["card"]["headline"] for each in told)


def test_sources_and_imports(script, house):
    (source,) = script.get("sources")[1]
    assert (source["format"], source["messages"] > 5, source["channels"] > 1) == ("slack", True, True)
    (done,) = script.get("imports")[1]
    assert (done["state"], done["added"] > 5) == ("done", True)
    assert script.get(f"imports/{done['id']}")[1] == done
    status, job = script.send("post", f"imports/{done['id']}/undo")
    assert (status, job["task"], job["state"]) == (202, "undo_import", "ready")
    assert script.send("post", f"imports/{done['id']}/undo")[1]["id"] == job["id"]
    assert script.send("post", f"jobs/{job['id']}/cancel")[1]["state"] == "cancelled"
    assert script.send("post", f"jobs/{job['id']}/again")[1]["state"] == "ready"
    assert Import.objects.count() == 1


def test_a_source_is_named_and_its_originals_are_found(script, house):
    number = script.get("sources")[1][0]["id"]
    given = {"name": "Chat", "base_url": "https://mill-lane.slack.com"}
    status, source = script.send("patch", f"sources/{number}", given)
    assert (status, source["name"], source["base_url"]) == (200, "Chat", "https://mill-lane.slack.com")
    assert script.send("patch", f"sources/{number}", {"base_url": "javascript:alert(1)"})[0] == 400
    assert script.send("patch", f"sources/{number}", {"base_url": ""})[1]["base_url"] is None
    assert script.send("patch", "sources/999999", {"name": "x"})[0] == 404
    status, _ = script.send("post", "imports", {"path": "/", "base_url": "javascript:alert(1)"})
    assert status == 400


def test_oneself(script, owner):
    changed = script.send("patch", "me", {"language": "nl", "letter_keys": False})[1]
    assert (changed["language"], changed["theme"], changed["letter_keys"]) == ("nl", "", False)
    assert script.send("patch", "me", {"language": "tlh"})[0] == 422
    status, made = script.send("post", "keys", {"name": "nightly"})
    assert (status, made["key"].startswith("tp_")) == (201, True)
    assert [each["name"] for each in script.get("keys")[1]] == ["tests", "nightly"]
    assert [each["name"] for each in script.send("delete", f"keys/{made['id']}")[1]] == ["tests"]
    assert script.send("post", "me/password", {"present": "wrong", "new": "another fine hedge"})[0] == 403
    assert script.send("post", "me/password", {"present": "hedges and stiles", "new": "short"})[0] == 400
    assert script.send("post", "me/password", {"present": "hedges and stiles", "new": "another fine hedge"})[0] == 200
    owner.refresh_from_db()
    assert owner.check_password("another fine hedge")


def test_an_import_begins_from_a_path_or_from_what_is_sent(script, house, tmp_path, data_folder):
    assert script.send("post", "imports", {"path": "relative/path"})[0] == 400
    assert script.send("post", "imports", {"path": str(tmp_path / "nowhere")})[0] == 400
    status, job = script.send("post", "imports", {"path": str(tmp_path)})
    assert (status, Job.objects.get(pk=job["id"]).given["path"]) == (202, str(tmp_path))
    sent = SimpleUploadedFile("../../evil.zip", b"PK-not-really")
    answer = script.client.post("/api/v1/imports/upload", {"file": sent})
    given = Job.objects.get(pk=answer.json()["id"]).given
    assert answer.status_code == 202
    assert given["remove"] is True
    folder = data_folder / "communities" / str(house.pk) / "uploads"
    assert [str(kept) for kept in folder.glob("*/*")] == [given["path"]]
    kept = Path(given["path"])
    assert (kept.name, kept.read_bytes()) == ("evil.zip", b"PK-not-really")  # a source may be known by this name


def test_nothing_real_is_read_into_what_is_invented(script, house, tmp_path):
    type(house).objects.update(is_invented=True)
    for address in ("imports", "imports/recognise"):
        status, told = script.send("post", address, {"path": str(tmp_path)})
        assert (status, told["what"]) == (400, "Mill Lane is invented, so nothing real is read into it.")
    sent = {"file": SimpleUploadedFile("export.zip", b"PK")}
    assert script.client.post("/api/v1/imports/upload", sent).status_code == 400
    assert not Job.objects.filter(task="import_archive").exists()


def test_what_an_address_does_not_do_is_told_like_any_no(script):
    status, told = script.send("put", "today")
    assert (status, set(told)) == (405, {"what", "remedy"})
    assert script.client.put("/api/v1/today")["Allow"] == "GET"


def test_settings_change_and_ask_for_a_refresh(script, house):
    status, now = script.send("patch", "settings", {"name": "Mill Lane Allotments", "zone": "Europe/Stockholm"})
    assert (status, now["name"], now["zone"]) == (200, "Mill Lane Allotments", "Europe/Stockholm")
    assert Job.objects.filter(task="refresh", state="ready").exists()
    assert script.send("patch", "settings", {"zone": "Mars/Olympus"})[0] == 400
    assert script.send("patch", "settings", {"name": " \u202e \n "})[0] == 400
    assert script.send("patch", "settings", {"name": " Mill\u202e\x1b  Lane "})[1]["name"] == "Mill Lane"
    assert script.send("patch", "settings", {"clock_on": "2025-03-01"})[1]["clock_on"] == "2025-03-01"
    assert script.send("patch", "settings", {"clock_on": "9999-12-31"})[0] == 400
    assert script.send("patch", "settings", {"clock_on": None})[1]["clock_on"] is None


def test_a_reflection_is_kept_and_taken_away(script):
    status, kept = script.send("put", "reflections/2025-03-01", {"text": "calm", "differently": "begin earlier"})
    assert (status, kept[0]["text"], kept[0]["differently"]) == (200, "calm", "begin earlier")
    assert script.get("reflections/2025-03-01")[1] == kept
    assert script.send("put", "reflections/2025-03-01", {})[1] == []


def test_hostile_words_leave_as_inert_json(script, house):
    Member.objects.filter(community=house).update(name="<script>alert(1)</script>\u202e\x1b[31m")
    answer = script.client.get("/api/v1/members")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"\x1b" not in answer.content
    assert json.loads(answer.content)["members"][0]["name"].startswith("<script>")
