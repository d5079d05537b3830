"""The commands, as people and scripts use them."""

import json
import re
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from thirdplace.face.cli.command import texts
from thirdplace.face.cli.main import thirdplace as root

RECORDED = Path(__file__).parents[2] / "recorded"


def cpu_of(*words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "thirdplace", *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_is_light():
    loud = "import sys; from thirdplace.face.cli.main import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loud], capture_output=True, text=True)
    assert "Commands:" in done.stdout
    heavy = {"django", "numpy", "pyarrow", "duckdb", "ibis", "tantivy", "ninja", "granian", "msgspec"}
    assert not heavy & set(done.stdout.split())
    assert min(cpu_of("--help") for _ in range(3)) < 0.4


def test_every_command_shows_an_example_and_says_what_it_does():
    context = click.Context(root)
    names = root.list_commands(context)
    wanted = "account demo deeds do doctor explain import measures members serve sources today undo"
    assert set(wanted.split()) <= set(names)
    for name in names:
        command = root.get_command(context, name)
        assert re.search(rf"Example:\n +thirdplace {name}", command.help), name
        assert texts(command)
        if isinstance(command, click.Group) and name != "do":
            for inner in command.commands.values():
                assert f"thirdplace {name} {inner.name}" in inner.help


def test_a_slip_of_the_pen_is_told_what_was_perhaps_meant(thirdplace):
    said = thirdplace("imprt")
    assert said.status == 2
    assert "Did you mean 'import'?" in said.err
    assert thirdplace("members", "--limt", "3").status == 2


def test_an_empty_house_says_what_to_do(thirdplace):
    said = thirdplace("today")
    assert (said.status, "thirdplace import FILE" in said.err) == (2, True)
    said = thirdplace("today", "--json")
    assert (said.status, set(said.json)) == (2, {"what", "remedy"})
    assert thirdplace("sources", "--json").json == []
    assert (thirdplace("doctor").status, thirdplace("doctor", "--json").json["agrees"]) == (0, True)


def test_an_import_answers_in_the_promised_shape(workspace):
    said = workspace.imported
    assert said.status == 0
    told = said.json
    names = ["source", "format", "found", "added", "already", "changed", "skipped", "cpu", "seconds"]
    assert list(told)[: len(names)] == names
    assert set(told["cpu"]) == {"read", "lake", "index", "readings"}
    assert all(set(each) == {"why", "count"} for each in told["skipped"])
    assert (told["format"], told["found"]["channels"], told["already"], told["added"] > 40) == ("slack", 2, 0, True)
    assert "This is Slack" in said.err
    assert "lives in" in said.err  # a zone was chosen, and that is said


def test_an_import_tells_people_what_it_found_in_their_language(thirdplace):
    archive = RECORDED / "stackexchange" / "allotment.stackexchange.com"
    said = thirdplace("import", archive, "--name", "Plot", LANG="nl_NL.UTF-8").out
    assert re.search(r"^ +17 vragen$", said, re.MULTILINE)
    assert re.search(r"^ +1 badge$", said, re.MULTILINE)
    assert re.search(r"^ +1  Een stem op een bericht dat niet meer in de dump staat\.$", said, re.MULTILINE)


def test_two_communities_whose_names_have_no_plain_letters_stand_beside_each_other(thirdplace):
    first = thirdplace("import", RECORDED / "slack", "--community", "東京", "--json")
    second = thirdplace("import", RECORDED / "slack", "--community", "大阪", "--json")
    assert (first.status, second.status) == (0, 0)
    assert (first.json["community"], second.json["community"]) == ("community", "community-2")
    assert thirdplace("sources", "--community", "大阪", "--json").json[0]["messages"] > 5


def test_sources_answer_in_the_promised_shape(workspace):
    (source,) = workspace("sources", "--json").json
    names = {"channels", "threads", "identities", "activities", "messages", "reactions", "first_at", "last_at"}
    assert names <= set(source)
    assert source["activities"] == workspace.imported.json["added"]
    assert "Slack" in workspace("sources").out or "slack" in workspace("sources").out


def test_again_adds_nothing_and_undone_leaves_nothing(own_workspace):
    again = own_workspace("import", RECORDED / "slack", "--json")
    assert (again.json["added"], again.json["already"] > 40) == (0, True)
    assert own_workspace("doctor").status == 0
    undone = own_workspace("import", "--undo", 1, "--json")
    assert (undone.json["state"], "(number 2)" in undone.err) == ("undone", False)  # it went with the first
    assert own_workspace("import", "--undo", 2).status == 2
    assert own_workspace("doctor", "--json").json == {"agrees": True, "communities": ["mill-lane"], "troubles": []}
    assert own_workspace("members", "--json").json["total"] == 0
    assert all(source["activities"] == 0 for source in own_workspace("sources", "--json").json)
    said = own_workspace("import", "--undo", 1)
    assert (said.status, said.err.count("\n")) == (2, 2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["/nowhere/at/all"], "is not there"),
        ([RECORDED / "README.md"], "can be read"),
        ([RECORDED / "slack", "--zone", "Mars/Olympus"], "not a time zone"),
        ([RECORDED / "slack", "--zone", "amsterdam"], "Did you mean Europe/Amsterdam?"),
        ([RECORDED / "discord", "--base-url", "javascript:alert(1)"], "is not an address"),
        ([], "--undo"),
        (["--undo", "77"], "There is no import 77"),
    ],
)
def test_what_cannot_be_imported_is_told_in_two_sentences(thirdplace, words, told):
    said = thirdplace("import", *words)
    assert said.status == 2
    assert told in said.err


def test_the_folder_may_be_named_before_or_after_the_command(workspace, thirdplace):
    before = thirdplace("--data", workspace.data, "sources", "--json").json
    after = thirdplace("sources", "--json", "--data", workspace.data).json
    assert before == after == workspace("sources", "--json").json
    assert "mark-staff" in thirdplace("do", "--help", "--data", workspace.data).out


def test_a_folder_that_cannot_be_written_is_told(tmp_path, thirdplace):
    (tmp_path / "file").write_text("a file")
    said = thirdplace("sources", "--data", tmp_path / "file" / "data")
    assert said.status == 2
    assert "file" in said.err


def test_today_and_its_lines(workspace):
    day = workspace("today", "--json").json
    assert len(day["questions"]) == 8
    told = workspace("today", "--on", "2025-03-02", "--words").out
    assert all(question["ask"] in told for question in day["questions"])
    assert workspace("today", "--on", "2999-01-01").status == 2
    assert workspace("today", "--on", "yesterday").status == 2


def test_deeds_are_done_listed_and_undone(own_workspace):
    member = own_workspace("members", "--json").json["members"][0]
    said = own_workspace("do", "mark-staff", member["id"], "--why", "knows the keys", "--json")
    assert (said.status, said.json["action"], said.json["why"]) == (0, "mark_staff", "knows the keys")
    assert own_workspace("members", member["id"], "--json").json["is_staff"] is True
    assert "knows the keys" in own_workspace("deeds").out
    assert own_workspace("undo", said.json["id"], "--json").json["undone_at"] is not None
    assert own_workspace("undo", said.json["id"]).status == 2
    assert own_workspace("members", member["id"], "--json").json["is_staff"] is False
    note = own_workspace("do", "write-note", member["id"], "--text", "-", stdin="likes\nleeks", **{})
    assert note.status == 0
    assert own_workspace("deeds", "--json").json[0]["given"] == {"text": "likes\nleeks"}


def test_days_are_the_communitys_and_figures_the_readers(own_workspace):
    code = (
        "import django; django.setup()\n"
        "from datetime import UTC, datetime\n"
        "from thirdplace.flow.models import Deed\n"
        "from thirdplace.foundation.members.models import Community\n"
        "Community.objects.update(zone='Pacific/Auckland')\n"
        "Deed.objects.update(done_at=datetime(2025, 3, 1, 22, tzinfo=UTC))\n"
    )
    own_workspace("do", "write-note", 1, "--text", "likes leeks")
    own_workspace("undo", own_workspace("do", "mark-staff", 1, "--json").json["id"])
    env = {**own_workspace.env, "DJANGO_SETTINGS_MODULE": "thirdplace.face.web.django_settings"}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
    one = own_workspace("members", 1).out
    assert re.search(r"  2025-03-02  Marked .* as staff  \(undone\)", one)
    assert re.search(r"  2025-03-02  Wrote a note about", own_workspace("deeds").out)
    auckland = ZoneInfo("Pacific/Auckland")
    shown = own_workspace("members").out
    for each in own_workspace("members", "--json").json["members"][:5]:
        first, last = (datetime.fromisoformat(each[at]).astimezone(auckland).date() for at in ("first_at", "last_at"))
        assert re.search(rf"{re.escape(each['name'][:20])}.* {each['spoken']}  {first}  {last}", shown)
    (source,) = own_workspace("sources", "--json").json
    told = own_workspace("sources").out
    assert f"{source['identities']} accounts" in told
    assert f"to {datetime.fromisoformat(source['last_at']).astimezone(auckland).date()}" in told


def test_a_refusal_names_the_mend(workspace):
    assert "is empty" in workspace("do", "write-note", 1).err
    assert workspace("do", "mark-staff", 424242).status == 2
    assert workspace("do", "answer-message", "-123", "--text", "x").status == 2
    assert workspace("do", "mark-staf", 1).status == 2
    assert workspace("undo", 424242).status == 2


def test_measures_and_their_cards(workspace):
    told = workspace("measures", "--json").json
    assert {"value", "n", "low", "high"} <= set(told[0]["reading"])
    one = workspace("measures", "messages", "--by", "day", "--json").json
    assert sum(each["value"] or 0 for each in one["readings"]) > 0
    assert workspace("measures").status == 0
    hours = workspace("measures", "hours", "--json").json
    assert sum(row["n"] for row in hours["rows"]) == hours["n"] > 0
    assert "by weekday and hour" in workspace("measures", "hours").out
    card = workspace("explain", "messages", "--sql")
    assert all(line in card.out for line in ("Unit:", "Better:", "Counts:", "Omits:", "Empty:", "SELECT"))
    assert "Needs:" in workspace("explain", "slack").out
    assert "Rests:" in workspace("explain", "newcomer-waiting").out
    assert "Usually helps: Welcome." in workspace("explain", "newcomer-waiting").out
    assert workspace("explain", "newcomer-waiting", "--json").json["advice"]["slug"] == "newcomer_waiting"
    assert workspace("explain", "mark_staff", "--json").json["sort"] == "action"
    assert "Did you mean 'messages'?" in workspace("explain", "mesages").err


def test_another_packages_definitions_are_commands_too(workspace):
    env = {"THIRDPLACE_PLUGINS": "plugin_package"}
    assert "ring-bell" in workspace("do", "--help", **env).out
    assert workspace("explain", "bell_ringers", **env).status == 0
    assert "bell_ringers" in {each["slug"] for each in workspace("measures", "--json", **env).json}
    broken = workspace("doctor", "--json", THIRDPLACE_PLUGINS="no_such_package")
    assert (broken.status, "no_such_package" in broken.json["troubles"][0]["what"]) == (2, True)


def test_hostile_words_stand_inert_on_the_terminal(own_workspace):
    code = (
        "import django; django.setup()\n"
        "from thirdplace.foundation.members.models import Member\n"
        "Member.objects.update(name='\\x1b]0;owned\\x07\\x1b[2J\\u202eevil\\nRight-hand side')\n"
    )
    env = {**own_workspace.env, "DJANGO_SETTINGS_MODULE": "thirdplace.face.web.django_settings"}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
    for words in (["members"], ["members", "1"], ["members", "--json"], ["today", "--on", "2025-03-02", "--words"]):
        out = own_workspace(*words).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "\nRight-hand side" not in out


def test_it_speaks_the_readers_language(workspace):
    said = workspace("today", "--json", LANG="nl_NL.UTF-8")
    assert said.json["questions"][1]["ask"] in ("Wacht er iemand?", "Is anyone waiting?")
    assert workspace("--help", LANG="sv_SE.UTF-8").status == 0


def test_an_error_is_told_under_a_line_in_the_readers_language(thirdplace):
    said = thirdplace("members", "--colour", "red", LANG="sv_SE.UTF-8").err
    assert said.startswith("Användning: thirdplace members [OPTIONS] [NAMN ELLER NUMMER]")
    assert "%Y" not in thirdplace("today", "--help").out


def test_accounts(thirdplace):
    made = thirdplace("account", "make", "Marit", "--json")
    assert (made.status, len(made.json["password"]) > 16) == (0, True)
    assert thirdplace("account", "make", "Vic").status == 2
    assert thirdplace("account", "new-password", "--password", "short").status == 2
    assert thirdplace("account", "new-password", "Nobody").status == 2
    assert thirdplace("account", "new-password", "--password", "another fine hedge", "--json").json == {"name": "Marit"}
    key = thirdplace("account", "key", "script", "--json").json
    assert key["key"].startswith("tp_")
    assert thirdplace("account", "end-key", key["id"]).status == 0
    assert thirdplace("account", "end-key", key["id"]).status == 2


def test_json_is_the_last_line_even_of_a_wrong_word(thirdplace):
    said = thirdplace("members", "--colour", "red", "--json")
    assert said.status == 2
    assert json.loads(said.out.strip().splitlines()[-1])["what"]
