"""Tables: what each column is taken for, how times are read, and what a damaged row costs."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from exports import Said, hear, recording

from thirdplace.foundation.connectors import table
from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Kind, Person, Place, Tally
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.connectors.table_dates import Times, has_zone, order_of
from thirdplace.foundation.connectors.table_guess import checked, role_named
from thirdplace.foundation.connectors.table_rows import ROW_LOST
from thirdplace.foundation.errors import ThirdplaceError


def written(tmp_path: Path, text: str, *, name: str = "talk.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, *, zone: str = "UTC", **mapping: str) -> list[object]:
    with Archive(path) as archive:
        found = recognise(archive).connector(archive)
        found.zone = ZoneInfo(zone)
        found.mapping = mapping or None
        return list(found.read(Tally()))


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("table"))


def test_rows_become_what_was_done(said):
    kinds = {each.native: each.kind for each in said.activities}
    assert [kinds[f"m0{nth:02d}"] for nth in (1, 2, 3, 4, 5, 8, 9, 10, 14, 15)] == [
        Kind.ASKED, Kind.ANSWERED, Kind.COMMENTED, Kind.SAID, Kind.REPLIED, Kind.JOINED, Kind.STARTED, Kind.REPLIED,
        Kind.SAID, Kind.LEFT,
    ]  # fmt: skip
    answer = said.one("m002")
    assert (answer.about, answer.thread, answer.channel) == ("m001", "t1", "tools")
    assert answer.text == "It did last week,\nI pushed it home."
    assert said.one("m001").title == "The green barrow"
    assert said.tally.found == {"rows": 39}
    assert said.tally.skipped == {
        table.COUNTED: 3, table.OTHER: 1, table.AUTHORLESS: 1, table.UNTIMED: 1, table.EMPTY: 1, table.STRANGE: 1,
    }  # fmt: skip


def test_people_are_known_by_number_and_an_address_is_never_shown(said):
    people = {each.native: each.name for each in said.items if isinstance(each, Person)}
    assert people["7"] == "Ada Quill"
    assert sorted(people.values()) == ["Ada Quill", "Bo Marsh", "Cy Brüning", "Elin Holt", "Gus Fen", "dot@…"]
    assert not any("@" in native for native in people)
    assert {each.name: each.flat for each in said.items if isinstance(each, Place)} == {"tools": False, "talk": False}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Date (UTC)", "when"), ("created_at", "when"), ("Datum", "when"), ("Tidpunkt", "when"), ("AuthorID", "who_id"),
        ("author.name", "who"), ("Avsändare", "who"), ("Gebruiker", "who"), ("Bericht", "text"), ("Innehåll", "text"),
        ("Onderwerp", "title"), ("Kanaal", "channel"), ("in_reply_to", "about"), ("message_id", "id"),
        ("Soort", "kind"), ("thread_ts", "thread"), ("colour", None),
    ],
)  # fmt: skip
def test_names_say_what_a_column_is(name, role):
    assert role_named(name) == role


@pytest.mark.parametrize(
    ("text", "mapping"),
    [
        (
            "Datum;Auteur;Bericht\n3-4-2025 10:00;Ada;Regen vandaag\n",
            {"when": "Datum", "who": "Auteur", "text": "Bericht"},
        ),
        ("Tid\tNamn\tMeddelande\n2025-04-03 10:00\tAda\tRegn\n", {"when": "Tid", "who": "Namn", "text": "Meddelande"}),
        (
            "AuthorID,Author,Date,Content,Attachments,Reactions\n1,ada,2025-04-03T10:00:00+00:00,Rain,,x (2)\n",
            {"who_id": "AuthorID", "who": "Author", "when": "Date", "text": "Content", "reactions": "Reactions"},
        ),
        ("a,b,c\nred,2025-04-03 10:00,it rained all day long\n", {"when": "b", "text": "c"}),
        ("date,text\nyesterday,Rain\n", {"text": "text"}),
        ('{"ts": 1743674400, "user": "ada", "text": "Rain"}\n', {"when": "ts", "who": "user", "text": "text"}),
    ],
)
def test_columns_are_guessed_by_names_and_values(tmp_path, text, mapping):
    name = "talk.jsonl" if text.startswith("{") else "talk.csv"
    assert recognise(written(tmp_path, text, name=name)).table.mapping == mapping


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path, encoding, ends):
    text = ends.join(["date,who,text", '2025-04-03 10:00,Åsa,"Två, ""rader"""', "2025-04-03 10:01,Bo,Ja", ""])
    heard = hear(written(tmp_path, text, encoding=encoding))
    assert [each.text for each in heard.activities] == ['Två, "rader"', "Ja"]
    assert [each.name for each in heard.items if isinstance(each, Person)] == ["Åsa", "Bo"]


@pytest.mark.parametrize(
    ("written_so", "at"),
    [
        ("2025-04-03T10:11:12+02:00", (8, 11, 12)), ("2025-04-03 10:11:12", (10, 11, 12)), ("1743675072", (10, 11, 12)),
        ("1743675072000", (10, 11, 12)), ("1743675072000000", (10, 11, 12)), ("20250403T101112", (10, 11, 12)),
        ("2025/04/03 10:11:12 UTC", (10, 11, 12)), ("3.4.2025 10.11.12", (10, 11, 12)),
        ("03/04/2025 10:11:12 AM", (10, 11, 12)), ("03/04/25 10:11:12 PM", (22, 11, 12)),
        ("April 3, 2025 at 10:11:12", (10, 11, 12)), ("do 3 april 2025 10:11:12", (10, 11, 12)),
        ("3 apr. 2025 kl. 10:11:12", (10, 11, 12)), ("Thu, 3 Apr 2025 10:11:12 +0200", (8, 11, 12)),
        ("45750.42444444", (10, 11, 11)), ("2025-04-03", (0, 0, 0)),
    ],
)  # fmt: skip
def test_times_in_any_usual_form(written_so, at):
    assert Times().read(written_so) == datetime(2025, 4, 3, *at, tzinfo=UTC)


@pytest.mark.parametrize("nothing", ["", "soon", "31/31/2025", "12", "99999999999999999999", "2025-13-40", "x" * 500])
def test_what_is_no_time(nothing):
    assert Times().read(nothing) is None


def test_a_zone_that_is_not_told_is_the_stewards(tmp_path):
    path = written(tmp_path, "date,who,text\n2025-07-03 10:00,Ada,Rain\n")
    assert recognise(path).asks == ("columns", "zone")
    assert read(path, zone="Europe/Stockholm")[-1].happened_at == datetime(2025, 7, 3, 8, tzinfo=UTC)
    told = written(tmp_path, "date,who,text\n2025-07-03T10:00Z,Ada,Rain\n", name="told.csv")
    assert recognise(told).asks == ("columns",)
    assert (has_zone("2025-07-03T10:00+02:00"), has_zone("2025-07-03T10:00")) == (True, False)


def test_day_and_month_are_settled_by_the_whole_column_else_asked(tmp_path):
    assert order_of(["03/04/2025", "25/04/2025"]) == "day"
    assert order_of(["03/04/2025", "04/25/2025"]) == "month"
    assert order_of(["03/04/2025"]) is None
    assert order_of(["2025-04-03"]) == order_of(["05/05/2025"]) == "day"
    rows = "".join(f"0{1 + nth % 9}/04/2025,Ada,Rain {nth}\n" for nth in range(400))
    late = written(tmp_path, f"date,who,text\n{rows}04/25/2025,Ada,Sun\n")
    assert read(late)[2].happened_at == datetime(2025, 1, 4, tzinfo=UTC)
    never = written(tmp_path, f"date,who,text\n{rows}", name="never.csv")
    assert recognise(never).lacks is not None
    with pytest.raises(ThirdplaceError) as error:
        read(never)
    assert "both ways" in error.value.what
    mapping = {"when": "date", "who": "who", "text": "text"}
    assert read(never, order="day", **mapping)[2].happened_at == datetime(2025, 4, 1, tzinfo=UTC)
    assert read(never, order="month", **mapping)[2].happened_at == datetime(2025, 1, 4, tzinfo=UTC)


def test_what_a_steward_says_goes_before_a_guess(tmp_path):
    path = written(tmp_path, "date,text,note\n2025-07-03,Ada,It rained\n2025-07-04,Bo,It did\n")
    assert [each.text for each in read(path, when="date", who="text", text="note") if hasattr(each, "text")] == [
        "It rained", "It did",
    ]  # fmt: skip


@pytest.mark.parametrize("told", [{"colour": "date"}, {"when": "nowhere"}, {"order": "year"}])
def test_a_wrong_mapping_says_what_there_is(told):
    with pytest.raises(ThirdplaceError) as error:
        checked(("date", "text"), told)
    assert error.value.remedy


def test_without_times_it_is_said_what_is_wanted(tmp_path):
    path = written(tmp_path, "colour,size\nred,3\n")
    found = recognise(path)
    assert (found.connector, found.table.enough) == (table.Table, False)
    with pytest.raises(ThirdplaceError) as error:
        read(path)
    assert "colour, size" in error.value.remedy


def test_a_damaged_row_costs_itself(tmp_path):
    rows = [f"2025-04-03 10:{nth:02d},Ada,Row {nth}" for nth in range(20)]
    rows[5] = '2025-04-03 10:05,Ada,"An open quote'
    rows[9] = "2025-04-03 10:09,Ada"
    rows[12] = '2025-04-03 10:12,Ada,"Two\nlines"'
    heard = hear(written(tmp_path, "date,who,text\n" + "\n".join(rows) + "\n"))
    assert len(heard.activities) == 18
    assert heard.activities[10].text == "Two\nlines"
    assert heard.tally.skipped[ROW_LOST] == 2


def test_lines_of_json_lose_only_what_is_damaged(tmp_path):
    ada = {"name": "Ada", "id": 7}
    told = [{"at": {"time": f"2025-04-03T10:0{nth}:00Z"}, "author": ada, "text": f"{nth}"} for nth in range(5)]
    lines = [json.dumps(each) for each in told]
    lines[2] = lines[2][:20]
    lines.append("[" * 100_000)
    heard = hear(written(tmp_path, "\n".join(lines), name="talk.jsonl"))
    assert [each.text for each in heard.activities] == ["0", "1", "3", "4"]
    assert heard.tally.skipped[ROW_LOST] == 2
    assert {each.who for each in heard.activities} == {"7"}


def test_bombs_are_let_go(tmp_path):
    row = "2025-04-03 10:00,Ada,Rain\n"
    text = "date,who,text\n" + row + "x" * 20_000_000 + "\n" + row.replace("Rain", "Sun") + '"' * 100_001 + "\n" + row
    heard = hear(written(tmp_path, text.replace("Ada,Rain\n" + '"', "Ada,Rain\n" + '"')))
    assert {each.text for each in heard.activities} == {"Rain", "Sun"}
    assert heard.tally.skipped.total() >= 2


def test_a_row_without_a_number_is_known_by_all_it_says(tmp_path):
    heard = hear(written(tmp_path, "date,who,text\n2025-04-03,Ada,Rain\n2025-04-03,Bo,Rain\n"))
    assert len({each.native for each in heard.activities}) == 2
    assert hear(tmp_path / "talk.csv").items == heard.items


def test_a_table_with_other_columns_is_left_and_said(tmp_path):
    written(tmp_path, "date,who,text\n2025-04-03,Ada,Rain\n", name="a.csv")
    written(tmp_path, "date,author,text\n2025-04-03,Ada,Sun\n", name="b.csv")
    heard = hear(tmp_path)
    assert [each.text for each in heard.activities] == ["Rain"]
    assert heard.tally.places[table.OTHER] == "b.csv"


def test_loose_tables_are_called_as_the_first(tmp_path):
    (tmp_path / "files.csv").mkdir()
    for month in (3, 4):
        (tmp_path / "files.csv" / f"talk-2025-0{month}.csv").write_text(f"date,text\n2025-0{month}-01,Rain\n")
    heard = hear(tmp_path / "files.csv")
    assert (heard.space.native, len(heard.activities)) == ("talk", 2)
