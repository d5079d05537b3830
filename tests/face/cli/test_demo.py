"""`demo`: an invented community, made once, and never in a folder that holds somebody's own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def hedgerow(tmp_path_factory, command_on):
    command = command_on(tmp_path_factory.mktemp("demo") / "data")
    command.made = command("demo", "--no-serve", "--json")
    return command


def test_it_stands_and_somebody_needs_you(hedgerow):
    assert (hedgerow.made.status, hedgerow.made.json) == (0, {"data": str(hedgerow.data)})
    day = hedgerow("today", "--json").json
    assert sum(len(question["items"]) for question in day["questions"]) > 0
    assert len({each["format"] for each in hedgerow("sources", "--json").json}) == 3
    assert len(hedgerow("deeds", "--limit", 1000, "--json").json) > 10
    assert hedgerow("doctor").status == 0


def test_who_could_use_a_hand_is_shown_with_their_last_words(hedgerow):
    day = hedgerow("today", "--json").json
    (hand,) = [each for each in day["questions"] if each["slug"] == "hand"]
    assert hand["items"]
    told = hedgerow("today", "--words").out
    for line in hand["items"]:
        assert line["message"]["member"] == line["member"]["id"]
        assert line["message"]["text"].splitlines()[0][:40] in told
        draft = hedgerow("do", line["action"], "--finding", line["finding"], "--draft", "--json").json
        assert (draft["text"], draft["original"]) == (line["draft"], line["original"])


def test_again_it_is_there_at_once_with_what_was_done_in_it(hedgerow):
    deed = hedgerow("do", "write-note", 1, "--text", "mine", "--json").json
    again = hedgerow("demo", "--no-serve")
    assert (again.status, "Reading" in again.err) == (0, False)
    assert hedgerow("deeds", "--limit", 1, "--json").json[0]["id"] == deed["id"]


def test_it_keeps_out_of_a_folder_that_is_somebodys_own(thirdplace):
    thirdplace("account", "make", "Marit")
    said = thirdplace("demo", "--no-serve")
    assert (said.status, "--data" in said.err) == (2, True)
    assert thirdplace("account", "new-password").status == 0


def test_whoever_opens_it_is_its_steward_at_once(hedgerow):
    served = subprocess.Popen(
        [sys.executable, "-m", "thirdplace", "demo", "--json"], env=hedgerow.env, stdout=subprocess.PIPE, text=True
    )
    try:
        address = json.loads(served.stdout.readline())["address"]
        code = (
            "import sys, urllib.request as u; jar = u.build_opener(u.HTTPCookieProcessor());"
            "print(jar.open(sys.argv[1], timeout=30).geturl())"
        )
        went = subprocess.run([sys.executable, "-c", code, address], capture_output=True, text=True, check=True)
        assert went.stdout.strip() == address + "today"
    finally:
        served.terminate()
        assert served.wait(timeout=5) == 0
        served.stdout.close()


def test_its_folder_is_its_own_unless_one_is_named(tmp_path, monkeypatch):
    from thirdplace.face.cli import demo
    from thirdplace.face.cli.asked import Asked

    monkeypatch.delenv("THIRDPLACE_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert demo.folder(Asked()) == tmp_path / "thirdplace" / "demo"
    assert demo.folder(Asked(data=Path("/elsewhere"))) == Path("/elsewhere")
    monkeypatch.setenv("THIRDPLACE_DATA", "/named")
    assert demo.folder(Asked()) == Path("/named")
