"""Tables over the API: what is guessed, and what is told instead."""

from thirdplace.foundation.jobs.models import Job

ROWS = "moment,by,words\n2025-07-03 10:00,Ada,It rained all day\n"


def test_a_table_is_recognised_with_its_guess(script, house, tmp_path):
    path = tmp_path / "talk.csv"
    path.write_text(ROWS)
    status, told = script.send("post", "imports/recognise", {"path": str(path)})
    assert (status, told["format"], told["asks"]) == (200, "table", ["columns", "zone"])
    assert told["table"] == {
        "header": ["moment", "by", "words"],
        "rows": [["2025-07-03 10:00", "Ada", "It rained all day"]],
        "columns": {"when": "moment", "who": "by", "text": "words"},
        "order": "day",
    }


def test_answers_go_with_the_job(script, house, tmp_path):
    path = tmp_path / "talk.csv"
    path.write_text(ROWS)
    body = {"path": str(path), "zone": "Asia/Tokyo", "columns": {"who": ""}}
    status, job = script.send("post", "imports", body)
    given = Job.objects.get(pk=job["id"]).given
    assert (status, given["zone"], given["columns"]) == (202, "Asia/Tokyo", {"who": ""})
    assert script.send("post", "imports", {**body, "zone": "Mars"})[0] == 400
