"""A table that is offered: its columns are shown with a few rows, corrected, and not asked again."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from thirdplace.face.web.models import Offer
from thirdplace.foundation.channels.models import Import, Source, TableColumns
from thirdplace.foundation.jobs.models import Job
from thirdplace.foundation.members.models import Community

ROWS = (
    "moment,by,words,remark\n2025-07-03 10:00,Ada,It rained all day,<b>wet</b>\n2025-07-04 10:00,Bo,The sun came,dry\n"
)


def table(tmp_path: Path, text: str = ROWS, name: str = "talk.csv") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def test_columns_are_shown_and_corrected_once(
    steward: Client, house: Community, work: Callable[[], int], tmp_path: Path
) -> None:
    steward.post("/offers", {"path": str(table(tmp_path))})
    offer = Offer.objects.get()
    assert (offer.connector, offer.asks, offer.begun) == ("table", ["columns", "zone"], False)
    page = steward.get("/first-run").content.decode()
    assert "What is in which column?" in page
    assert "It rained all day" in page
    assert "&lt;b&gt;wet&lt;/b&gt;" in page
    assert page.count('<option value="when" selected>') == 1
    assert "which comes first" not in page
    chosen = {f"column_{offer.pk}_0": "when", f"column_{offer.pk}_1": "who", f"column_{offer.pk}_3": "text"}
    steward.post("/offers/begin", {**chosen, f"zone_{offer.pk}": "Asia/Tokyo"})
    assert Job.objects.get(task="import_archive").given["zone"] == "Asia/Tokyo"
    assert work() == 1
    assert TableColumns.objects.get().mapping == {"when": "moment", "who": "by", "text": "remark"}
    assert Source.objects.get(connector="table").zone == "Asia/Tokyo"
    assert Import.objects.order_by("-pk")[0].added == 2
    steward.post("/offers", {"path": str(table(tmp_path, ROWS.replace("-07-", "-08-"), "talk 2025-08.csv"))})
    assert Offer.objects.order_by("-pk")[0].begun


def test_what_is_missing_is_said_at_the_table_and_nothing_begins(
    steward: Client, house: Community, tmp_path: Path
) -> None:
    path = table(tmp_path, ROWS.replace("2025-07-03", "03/07/2025").replace("2025-07-04", "04/07/2025"))
    steward.post("/offers", {"path": str(path)})
    offer = Offer.objects.get()
    assert "In its dates, which comes first?" in steward.get("/first-run").content.decode()
    chosen = {f"column_{offer.pk}_0": "when", f"column_{offer.pk}_2": "text"}
    answer = steward.post("/offers/begin", chosen)
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert "may be read both ways" in answer.content.decode()
    answer = steward.post("/offers/begin", {f"column_{offer.pk}_2": "text", f"order_{offer.pk}": "day"})
    assert "We cannot tell which columns" in answer.content.decode()
    assert (answer.status_code, answer.content.decode().count('<option value="text" selected>')) == (422, 1)
    assert steward.post("/offers/begin", {**chosen, f"order_{offer.pk}": "day"}).status_code == 302
    assert Job.objects.get().given["columns"]["order"] == "day"


def test_a_zone_that_is_none_is_not_taken(steward: Client, house: Community, tmp_path: Path) -> None:
    steward.post("/offers", {"path": str(table(tmp_path))})
    offer = Offer.objects.get()
    chosen = {f"column_{offer.pk}_0": "when", f"column_{offer.pk}_2": "text"}
    answer = steward.post("/offers/begin", {**chosen, f"zone_{offer.pk}": "Mars"})
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert "Choose a zone from the list" in answer.content.decode()


def test_nobody_is_asked_where_a_table_lives(
    steward: Client, house: Community, work: Callable[[], int], tmp_path: Path
) -> None:
    """No address of it could be made; of the workspace one could."""
    steward.post("/offers", {"path": str(table(tmp_path))})
    offer = Offer.objects.get()
    steward.post("/offers/begin", {f"column_{offer.pk}_0": "when", f"column_{offer.pk}_2": "text"})
    assert work() == 1
    page = steward.get("/sources").content.decode()
    assert "Where does talk live?" not in page
    assert page.count("Where does ") == 1
