"""A package's connector, measure, signal, advice, action and report, a file each, stand in every face by no list."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
PAGES = """
import json, sys, django
django.setup()
WEEK = "?begins=" + sys.argv[1]
from django.test import Client
from thirdplace.face.cli.main import main  # noqa: F401
from thirdplace.flow import definitions
from thirdplace.foundation.accounts import keeping
definitions.load()
client = Client(headers={"host": "127.0.0.1"})
client.force_login(keeping.make_owner("Vic", "stiles and hedges"))
said = {path: client.get(path) for path in ("/today", "/measures", "/measures/bell_ringers", "/sources", "/reports",
    f"/reports/parish_week{WEEK}", f"/reports/parish_week{WEEK}&as=md", "/api/v1/definitions",
    "/api/v1/advice", "/api/v1/reports",
    f"/api/v1/reports/parish_week{WEEK}")}
said = {path.replace(WEEK + "&", "?").replace(WEEK, ""): answer for path, answer in said.items()}
said = {path: [answer.status_code, answer.content.decode()] for path, answer in said.items()}
from thirdplace.face.api.assembled import api
print(json.dumps({"pages": said, "api": api.get_openapi_schema()}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A data folder into which a parish letter was read by the command line, the package named in the settings."""
    folder = tmp_path_factory.mktemp("parish")
    letter = folder / "elmbury.parish"
    now = datetime.now(UTC)
    rows = [
        {"who": who, "did": did, "at": (now - timedelta(days=days)).isoformat(), "thread": "bell", "text": text}
        for who, did, days, text in (
            ("ann", "asked", 9, "Who rings the bell on Sundays?"),
            ("ben", "replied", 8, "I do, when my knee lets me."),
            ("cat", "said", 0, "It rang at noon."),
        )
    ]
    letter.write_text("\n".join(map(json.dumps, rows)))
    house = {
        **os.environ, "THIRDPLACE_DATA": str(folder / "data"), "THIRDPLACE_PLUGINS": "plugin_package",
        "PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "thirdplace.face.web.django_settings", "LANGUAGE": "en",
    }  # fmt: skip
    assert told(house, "import", str(letter), "--json", "--zone", "UTC")["format"] == "parish_letter"
    return house


def told(house: dict[str, str], *words: str) -> dict[str, object]:
    """What a command says, as JSON."""
    done = subprocess.run([sys.executable, "-m", "thirdplace", *words], env=house, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def asked_on() -> date:
    """A day of the week in which the bell was asked about, which is over."""
    return (datetime.now(UTC) - timedelta(days=9)).date()


@pytest.fixture(scope="module")
def shown(house: dict[str, str]) -> dict[str, dict]:
    """Pages, and the description of the API, of a process that was begun afterwards."""
    done = subprocess.run(
        [sys.executable, "-c", PAGES, asked_on().isoformat()], env=house, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/measures", "Bell ringers"),
        ("/measures/bell_ringers", "A quiet bell is a quiet parish."),
        ("/sources", "Parish letter"),
        ("/today", "the bell"),
        ("/today", "Ring the bell"),
        ("/today", "The rope may only be frayed."),
        ("/reports", "The parish week"),
        ("/reports", "Who rang the bell in a week."),
        ("/reports/parish_week", "who ought to have."),
        ("/reports/parish_week", "Bell ringers: 1."),
        ("/reports/parish_week?as=md", "Bell ringers: 1."),
        ("/api/v1/reports", "parish_week"),
        ("/api/v1/reports/parish_week", "Bell ringers: 1."),
        ("/api/v1/advice", "Ring the bell, and a second pair of hands."),
        ("/api/v1/definitions", "a letter to the bishop."),
    ],
)
def test_pages_show_it(shown: dict[str, dict], path: str, words: str) -> None:
    status, page = shown["pages"][path]
    assert status == 200
    assert words in page


def test_the_api_describes_its_action(shown: dict[str, dict]) -> None:
    assert any("ring_bell" in path or "ring-bell" in path for path in shown["api"]["paths"])


@pytest.mark.parametrize("name", ["bell_ringers", "bell_unanswered", "ring_bell", "parish_letter", "parish_week"])
def test_the_command_line_explains_each(house: dict[str, str], name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "thirdplace", "explain", name], env=house, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "bell" in done.stdout or "parish letter" in done.stdout


def test_the_command_line_gives_its_advice_and_its_report(house: dict[str, str]) -> None:
    assert told(house, "explain", "bell_unanswered", "--json")["advice"]["title"] == "When nobody rings the bell"
    assert [each["slug"] for each in told(house, "report", "--json")] == ["parish_week", "the_week"]
    (section,) = told(house, "report", "parish_week", "--json", "--week", asked_on().isoformat())["sections"]
    (sentence,) = section["sentences"]
    (figure,) = sentence["figures"]
    assert sentence["words"].startswith("Bell ringers: 1.")
    assert (figure["sort"], figure["name"], figure["value"], figure["slice"]) == ("measure", "bell_ringers", 1, "all")


def test_without_the_setting_it_is_not_there(house: dict[str, str]) -> None:
    bare = {**house, "THIRDPLACE_PLUGINS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "thirdplace", "explain", "bell_ringers"], env=bare, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
