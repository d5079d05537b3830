"""Mailing lists: who wrote when, in which thread, and what they said."""

import gzip
import re
from datetime import UTC, datetime

import pytest
from exports import Said, hear, recording
from mails import known, mail, written

from thirdplace.foundation.connectors import mbox, mbox_body, mbox_dates
from thirdplace.foundation.connectors.archive import names as reasons
from thirdplace.foundation.connectors.base import Kind, Person, Place
from thirdplace.foundation.connectors.mbox_headers import headers
from thirdplace.foundation.connectors.mbox_threads import Threads


@pytest.fixture(scope="module")
def said() -> Said:
    return hear(recording("mbox"))


def person(said: Said, native: str | None) -> Person:
    return [each for each in said.items if isinstance(each, Person) and each.native == native][-1]


def test_lists_are_places_with_threads(said):
    places = [each for each in said.items if isinstance(each, Place)]
    assert [(each.name, each.kind, each.flat) for each in places] == [
        ("mill-lane-notices", "list", False),
        ("mill-lane-talk", "list", False),
    ]


def test_found_counts_lines_and_ids(said):
    assert said.tally.found == {"from_lines": 28, "message_id_headers": 27, "distinct_message_ids": 24}


def test_a_thread_goes_on_by_what_a_mail_names_else_by_its_subject(said):
    opener = said.one(known("a1@jetty.example"))
    assert (opener.kind, opener.thread, opener.about, opener.title) == (
        Kind.STARTED, opener.native, None, "[Talk] Slugs again",
    )  # fmt: skip
    thread = [each for each in said.activities if each.thread == opener.native]
    assert [(each.native, each.about) for each in thread[1:]] == [
        (known("b1@reeds.example"), opener.native),
        (known("c1@jetty.example"), known("b1@reeds.example")),
        (known("d1@fen.example"), opener.native),
    ]
    assert {each.kind for each in thread[1:]} == {Kind.REPLIED}
    assert [each.title for each in thread[1:]] == [None] * 3


def test_an_answer_to_what_is_not_here_is_an_answer(said):
    reply = said.one(known("b3@reeds.example"))
    assert (reply.kind, reply.thread, reply.about) == (
        Kind.REPLIED, known("old9@elsewhere.example"), known("old9@elsewhere.example"),
    )  # fmt: skip
    assert reply.title == "Re: A letter from before"


def test_a_sentence_in_in_reply_to_counts_when_what_it_names_is_here(said):
    assert said.one(known("b2@reeds.example")).about == known("a2@jetty.example")
    address = "In-Reply-To: Message from Bo <bo@reeds.example>\n"
    threads = Threads()
    assert mbox._named(headers(address.encode()), threads) == []


def test_re_goes_on_within_thirty_days_and_in_its_own_list_only(tmp_path):
    late = "Wed, 2 Apr 2025 10:00:00 +0000"
    heard = written(
        tmp_path, mail("1@x"), mail("2@x", subject="Re: weather"), mail("3@x", subject="AW: [Talk] Weather", date=late),
        mail("4@x", subject="Weather", date=late),
    )  # fmt: skip
    one = heard.one(known("1@x"))
    assert heard.one(known("2@x")).thread == one.native
    assert heard.one(known("3@x")).thread == known("3@x")
    assert (heard.one(known("3@x")).kind, heard.one(known("3@x")).about) == (Kind.REPLIED, None)
    assert heard.one(known("4@x")).kind is Kind.STARTED
    other = written(tmp_path, mail("5@x", subject="Re: Weather"), name="zzz/2025-March.txt")
    assert other.one(known("5@x")).thread == known("5@x")


def test_an_answer_that_comes_before_what_it_answers_is_in_its_thread(tmp_path):
    heard = written(tmp_path, mail("2@x", subject="Re: Weather", more="In-Reply-To: <1@x>\n"), mail("1@x"))
    assert {each.thread for each in heard.activities} == {known("1@x")}
    assert [(each.kind, each.title) for each in heard.activities] == [
        (Kind.REPLIED, "Re: Weather"),
        (Kind.STARTED, "Weather"),
    ]


def test_people_are_known_by_a_fingerprint_and_called_by_their_names(said):
    writers = {person(said, each.who).name for each in said.activities if each.who}
    assert writers == {
        "Ada Quill", "Bo Marsh", "Cy Brüning", "dot@…", "Elin Holt", "Gus Fen", "Hal Moor", "Mail Delivery",
    }  # fmt: skip
    natives = {each.who for each in said.activities if each.who}
    assert len(natives) == 8
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in natives)
    assert [each.name for each in said.items if isinstance(each, Person) and each.bot] == ["Mail Delivery"]
    assert not any("@jetty" in repr(each) for each in said.items if isinstance(each, Person))


def test_a_better_name_is_told_later(tmp_path):
    heard = written(
        tmp_path, mail("1@x").replace("(Ann Quay)", ""), mail("2@x"), mail("3@x").replace("(Ann Quay)", "(ann)")
    )
    assert [each.name for each in heard.items if isinstance(each, Person)] == ["ann@…", "Ann Quay"]


def test_dates_that_cannot_be_right_give_way(said):
    assert said.one(known("a2@jetty.example")).happened_at == datetime(2025, 3, 3, 9, tzinfo=UTC)
    assert said.one(known("a4@jetty.example")).happened_at == datetime(2025, 4, 1, 10, tzinfo=UTC)
    assert said.one(known("b6@reeds.example")).happened_at == datetime(2025, 4, 1, tzinfo=UTC)
    assert said.one(known("c1@jetty.example")).happened_at == datetime(2025, 3, 1, 12, tzinfo=UTC)
    skipped = said.tally.skipped
    assert (skipped[mbox_dates.BY_LINE], skipped[mbox_dates.BY_FILE], skipped[mbox_dates.ZONELESS]) == (2, 1, 1)


def test_one_mail_in_two_lists_counts_once_and_is_said(said):
    (open_day,) = [each for each in said.activities if each.native == known("n1@jetty.example")]
    assert open_day.channel == "mill-lane-notices"
    assert said.tally.skipped[mbox.CROSSED] == 3


def test_twice_in_one_list_is_one_mail_and_other_words_are_said(tmp_path):
    heard = written(tmp_path, mail("1@x", "Rain."), mail("1@x", "Rain."), mail("1@x", "Rain. [cut]"))
    assert [each.text for each in heard.activities] == ["Rain."]
    assert (heard.tally.skipped[mbox.AGAIN], heard.tally.skipped[mbox.ALTERED]) == (1, 1)


def test_words_keep_quotes_and_lose_signatures(said):
    assert said.one(known("a1@jetty.example")).text == ("The slugs came back over night.\nWho has sheep wool left?")
    assert said.one(known("b1@reeds.example")).text == (
        "On Sat, 1 Mar 2025 Ada Quill wrote:\n> The slugs came back over night.\n> > older\n\n"
        "A whole bag of it stands in my shed."
    )
    assert said.one(known("c1@jetty.example")).text == "From my side: copper tape works too."
    assert said.one(known("e1@holt.example")).text == "Jordärtskockor tar vi upp i april."
    assert said.one(known("e1@holt.example")).title == "Jordgärtskockor i järn"
    assert said.one(known("e2@holt.example")).text == "See the leeks <https://leeks.example/>\n\n> Deep."
    assert said.one(known("a5@jetty.example")).text == "Here they are."
    assert said.one(known("c3@jetty.example")).text == "Brüning says: crème is no plural."
    assert said.one(known("b4@reeds.example")).text.endswith(
        "\n\nFrom the days of the first plot until 1970\nit gave fruit to all."
    )
    assert said.tally.skipped[mbox_body.ATTACHED] == 3


def test_gz_inside_and_windows_line_ends_are_read(tmp_path):
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "2025-March.txt.gz").write_bytes(
        gzip.compress(mail("1@x").encode()) + gzip.compress(mail("2@x").encode())
    )
    (folder / "2025-April.txt").write_bytes((mail("3@x") + mail("4@x")).replace("\n", "\r\n").encode())
    heard = hear(folder)
    assert [each.native for each in heard.activities] == [known(f"{nth}@x") for nth in (1, 2, 3, 4)]
    assert heard.tally.found["from_lines"] == 4


def test_a_file_alone_is_a_list_and_list_ids_tell_the_place(tmp_path):
    path = tmp_path / "talk.mbox"
    path.write_text(mail("1@x", more="List-Id: Talk of\n the plots <talk.lists.example>\n"))
    heard = hear(path)
    assert (heard.space.native, heard.activities[0].channel) == ("lists.example", "talk")
    later = tmp_path / "plots-pipermail-to-2017"
    (later / "talk").mkdir(parents=True)
    (later / "news").mkdir()
    (later / "talk" / "2017.txt").write_text(mail("1@x"))
    (later / "news" / "2017.txt").write_text(mail("2@x"))
    assert hear(later).space.native == "plots"


def test_a_torn_end_is_said(tmp_path):
    heard = written(tmp_path, mail("1@x"), mail("2@x")[:-3])
    assert len(heard.activities) == 2
    assert heard.tally.skipped[reasons.TORN] == 1


def test_loose_files_of_months_are_the_list_that_they_name(tmp_path):
    (tmp_path / "files.txt").mkdir()
    for month in ("March", "April"):
        text = mail(f"{month}@x", "Rain.\n\nhttps://lists.example/mailman/listinfo/mill-talk")
        (tmp_path / "files.txt" / f"2025-{month}.txt").write_text(text)
    heard = hear(tmp_path / "files.txt")
    assert (heard.space.native, {each.channel for each in heard.activities}) == ("mill-talk", {"mill-talk"})
