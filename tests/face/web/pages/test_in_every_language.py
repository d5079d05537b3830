"""Every page of the contact sheet opens in each language, and says what is so in it."""

import importlib.util
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import polib
import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext, override

import thirdplace
from thirdplace.face.web import counted
from thirdplace.face.web.templatetags.house import date as date_filter
from thirdplace.flow.charts import Point, line
from thirdplace.flow.dates import date_format
from thirdplace.flow.signals import signals
from thirdplace.foundation.accounts.models import Account
from thirdplace.foundation.connectors.connector import connectors
from thirdplace.foundation.engine import measures
from thirdplace.foundation.engine.measuring import QUESTIONS
from thirdplace.foundation.members.models import Community

LANGUAGES = ("nl", "sv")
FRAGMENTS = ("rows", "parts", "curve", "query")


@pytest.fixture(scope="module")
def sheet() -> ModuleType:
    """The contact sheet, which knows the way to every page."""
    file = Path(__file__).parents[4] / "scripts" / "contact_sheet.py"
    found = importlib.util.spec_from_file_location("contact_sheet", file)
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


@pytest.fixture(params=LANGUAGES)
def reader(request: pytest.FixtureRequest, steward: Client, owner: Account) -> Client:
    """The owner, who reads another language."""
    owner.language = request.param
    owner.save()
    return steward


def links(page: str, step: str) -> Iterator[str]:
    """The addresses that a step of the sheet would follow."""
    wanted = re.search(r"\[href\^='([^']+)'\]", step)
    main = page.partition("<main")[2] if step.startswith("main ") else page
    for found in re.finditer(r'<a [^>]*href="([^"]+)"', main):
        if wanted and found[1].startswith(wanted[1]) and "as=csv" not in found[1]:
            yield found[1].replace("&amp;", "&").partition("#")[0]


def test_every_page_opens(reader: Client, keepers: Community, sheet: ModuleType) -> None:
    for name, (address, *steps) in {**sheet.PAGES, **{key: (at,) for key, at in sheet.OUTSIDE.items()}}.items():
        answer = reader.get(address, follow=True)
        for step in steps:
            if "a[" in step:
                further = next(links(answer.content.decode(), step), None)
                assert further is not None, (name, step)
                answer = reader.get(further, follow=True)
        assert answer.status_code == (404 if name == "not-found" else 200), (name, answer.status_code)
    for slug in measures:
        for part in FRAGMENTS:
            assert reader.get(f"/measures/{slug}/{part}").status_code == 200, (slug, part)


def test_what_a_measure_is_called_is_said_in_the_reader_s_language(
    reader: Client, keepers: Community, owner: Account
) -> None:
    known = measures["messages"]
    with override(owner.language):
        title, headline = escape(gettext(known.title)), escape(gettext(known.card.headline))
    rows, parts, query = (
        reader.get(f"/measures/messages/{part}", headers={"HX-Request": "true"}).content.decode()
        for part in ("rows", "parts", "query")
    )
    assert f'aria-label="{title}"' in rows
    assert f">{title}</th>" in parts
    assert headline in query


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_what_an_import_found_is_counted_in_every_language(language: str) -> None:
    with override(language):
        found = counted.found({"messages": 1234, "bots": 1, "files": 2})
    assert re.match(r"1[.,\s\u00a0\u202f]?234 ", found), found
    assert len(found.split(", ")) == 3


def test_what_a_band_says_is_found_in_the_catalogue() -> None:
    chart = line([Point(name="1 May", value=0.5, low=0.4, high=0.6)], unit="share", what="Answered")
    assert dict(chart.key)["area"] == "where the true value probably lies (95\u00a0%)"


@pytest.mark.parametrize(("language", "told"), [("en", "5 May"), ("nl", "5 mei"), ("sv", "5 maj")])
def test_months_are_written_as_the_language_writes_them(language: str, told: str) -> None:
    with override(language):
        assert date_format(date(2026, 5, 5), "j M") == told
        assert date_filter(date(2026, 5, 5), "j M") == told
        assert date_filter(None, "j M") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_questions_are_in_the_catalogue(language: str) -> None:
    file = Path(thirdplace.__file__).parent / "locale" / language / "LC_MESSAGES" / "django.po"
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(file))}
    labels = {
        label for registry in (measures, signals, connectors) for each in registry.values() for label in each.card.lines
    }
    assert {(None, text) for text in (*labels, *QUESTIONS.values())} <= known
    twice = {("a person", "By"), ("a period", "By"), ("one person", "Staff"), (None, "Staff"), ("a page", "Welcome")}
    assert twice <= known
