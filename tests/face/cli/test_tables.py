"""Tables from the command line: what is guessed is shown, corrected, and kept."""

import json
from pathlib import Path

RECORDED = Path(__file__).parents[2] / "recorded"
ROWS = "moment,by,words,remark\n2025-07-03 10:00,Ada,It rained all day,wet\n2025-07-04 10:00,Bo,Then came the sun,dry\n"


def table(tmp_path, text=ROWS, name="talk.csv"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_what_is_guessed_is_shown_and_can_be_corrected(thirdplace, tmp_path):
    path = table(tmp_path)
    given = ("--name", "Mill Lane", "--zone", "Europe/Amsterdam", "--json")
    said = thirdplace("import", path, *given, "--column", "text=remark", "--column", "title=words")
    assert said.status == 0
    assert said.json["columns"] == {"when": "moment", "who": "by", "text": "remark", "title": "words"}
    assert (said.json["format"], said.json["found"], said.json["added"]) == ("table", {"rows": 2}, 2)
    assert "When (when) = moment: 2025-07-03 10:00" in said.err
    assert "taken as Europe/Amsterdam" in said.err
    again = thirdplace("import", path, "--json")
    assert (again.json["columns"], again.json["added"], again.json["already"]) == (said.json["columns"], 0, 2)
    assert "taken as" not in again.err


def test_what_cannot_be_told_is_asked_before_anything_is_read(thirdplace, tmp_path):
    path = table(tmp_path, ROWS.replace("2025-07-03", "03/07/2025").replace("2025-07-04", "04/07/2025"))
    said = thirdplace("import", path, "--name", "Mill Lane", "--zone", "UTC", "--json")
    assert (said.status, "--column order=day" in said.json["remedy"]) == (2, True)
    done = thirdplace("import", path, "--column", "order=day", "--times-in", "Asia/Tokyo", "--json")
    assert done.json["added"] == 2
    (source,) = thirdplace("sources", "--json").json
    assert source["first_at"].startswith("2025-07-03T01:00")


def test_slips_are_told(thirdplace, tmp_path):
    path = table(tmp_path)
    for words in (("--column", "when"), ("--column", "when=nowhere"), ("--column", "hue=by"), ("--times-in", "Mars")):
        said = thirdplace("import", path, *words, "--name", "Mill Lane", "--zone", "UTC", "--json")
        assert (said.status, set(said.json)) == (2, {"what", "remedy"})
    said = thirdplace("import", RECORDED / "slack", "--column", "when=x", "--json")
    assert said.status == 2
    assert json.loads(json.dumps(said.json))["what"].startswith("This is no table")
