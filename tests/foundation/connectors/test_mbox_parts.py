"""Mailing lists, part by part: names, dates, character sets, and mails made to do harm."""

import email
import gzip
import random
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from exports import hear
from mails import known, mail, written

from thirdplace.foundation.connectors import mbox_body, mbox_dates, mbox_split
from thirdplace.foundation.connectors.archive import names as reasons
from thirdplace.foundation.connectors.mbox_dates import believed, period, sent
from thirdplace.foundation.connectors.mbox_headers import Author, headers, words
from thirdplace.foundation.connectors.mbox_threads import Ids, digest, stripped


def test_subjects_lose_tags_and_signs_of_an_answer():
    assert stripped("Re: [Rd]  RE: A  thing") == ("a thing", True)
    assert stripped("[Rd] A thing") == ("a thing", False)
    assert stripped("SV: Antwoord: Re[2]: x: y") == ("x: y", True)
    assert stripped("Report: nothing") == ("report: nothing", False)
    assert stripped("Re:") == ("", True)


@pytest.mark.parametrize(
    ("header", "key", "name"),
    [
        ("Ann.Quay@Jetty.Example (Ann Quay)", "ann.quay@jetty.example", "Ann Quay"),
        ("ann.quay at jetty.example (Ann (the one) Quay)", "ann.quay@jetty.example", "Ann (the one) Quay"),
        ('"Quay, Ann" <ann.quay at jetty.example>', "ann.quay@jetty.example", "Quay, Ann"),
        ("Ann Quay <ann.quay [at] jetty [dot] example>", "ann.quay@jetty.example", "Ann Quay"),
        ("ann.quay&#64;jetty.example", "ann.quay@jetty.example", None),
        ("ann.quay@jetty.example (ann.quay@jetty.example)", "ann.quay@jetty.example", None),
        ("=?utf-8?b?5bGx55Sw?= =?utf-8?q?_=E5=A4=AA?= <y@jetty.example>", "y@jetty.example", "山田 太"),
        ("=?no-such?q?x=FFy?= <z@jetty.example>", "z@jetty.example", "xÿy"),
        ("Look at me", "look at me", "Look at me"),
        ("Ann via talk <talk@lists.example>", "talk@lists.example\x1fann", "Ann"),
        ("Ann via Bo <bo@lists.example>", "bo@lists.example\x1fann", "Ann"),
        ("Ann via tram <ann@lists.example>", "ann@lists.example", "Ann via tram"),
        ("Ann <notifications@hub.example>", "notifications@hub.example\x1fann", "Ann"),
        ("", None, None),
    ],
)  # fmt: skip
def test_who_a_mail_is_from(header, key, name):
    author = Author(header, {})
    assert (author.key, author.name) == (key, name)


def test_behind_a_list_the_address_to_answer_to_is_theirs():
    told = {"reply-to": "Ann <ANN@jetty.example>"}
    assert Author("Ann via talk <talk@lists.example>", told).key == "ann@jetty.example"


def test_without_a_file_of_a_month_the_line_before_is_the_witness():
    line = "From ann@x  Sat Mar  1 10:00:00 2025"
    assert believed("Sat, 1 Mar 2025 09:00:00 +0000", line, None) == (datetime(2025, 3, 1, 9, tzinfo=UTC), None)
    assert believed("Sat, 1 Mar 2036 09:00:00 +0000", line, None) == (
        datetime(2025, 3, 1, 10, tzinfo=UTC), mbox_dates.BY_LINE,
    )  # fmt: skip
    assert believed("Fri, 1 Jan 1970 00:00:00 +0000", "From - nothing", None) is None
    git = "From 0123abc Mon Sep 17 00:00:00 2001"
    assert believed("Sat, 1 Mar 2025 09:00:00 +0000", git, None) == (datetime(2025, 3, 1, 9, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Sun Jun  1 12:11:37 2003", datetime(2003, 6, 1, 12, 11, 37, tzinfo=UTC)),
        ("1 Jun 99 12:11 EST", datetime(1999, 6, 1, 17, 11, tzinfo=UTC)),
        ("Sun, 1 Jun 103 12:11:37 GMT+0200", datetime(2003, 6, 1, 10, 11, 37, tzinfo=UTC)),
        ("Sun, 01-Jun-03 12:11:60 --0500", datetime(2003, 6, 1, 17, 11, 59, tzinfo=UTC)),
        ("2003-06-01T12:11:37+02:00", datetime(2003, 6, 1, 10, 11, 37, tzinfo=UTC)),
        ("Sun, 31 Feb 2003 12:11:37 +0000", None),
        ("2003-06-01", None),
        ("", None),
    ],
)
def test_dates_as_mailers_write_them(date, at):
    found = sent(date)
    expected = at.replace(year=1903 + 100) if at and "103" in date else at
    assert (found and found[0]) == expected


def test_dates_as_the_standard_writes_them_are_read_as_the_package_reads_them():
    dice = random.Random(4)
    for _ in range(500):
        at = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randrange(10**9))
        date = format_datetime(at)
        assert sent(date) == (parsedate_to_datetime(date), True)


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("2003-June", (2003, 6, 1), (2003, 7, 1)),
        ("talk-2003-12", (2003, 12, 1), (2004, 1, 1)),
        ("200306", (2003, 6, 1), (2003, 7, 1)),
        ("2003", (2003, 1, 1), (2004, 1, 1)),
        ("2003q4", (2003, 10, 1), (2004, 1, 1)),
        ("Week-of-Mon-20030602", (2003, 6, 2), (2003, 6, 9)),
    ],
)
def test_files_tell_their_time(name, begins, ends):
    assert period(name) == (datetime(*begins, tzinfo=UTC), datetime(*ends, tzinfo=UTC))


def test_a_name_without_a_time_tells_none():
    assert period("plot-12345678") is None


def test_dashes_above_a_quote_or_far_from_the_end_are_no_signature(tmp_path):
    long = "\n".join(f"line {nth}" for nth in range(40))
    heard = written(
        tmp_path,
        mail("1@x", "Up.\n-- \nAnn\n\n> quoted\nDown."),
        mail("2@x", f"Up.\n-- \n{long}"),
        mail("3@x", "Up.\n--\nAnn"),
    )
    assert [each.text for each in heard.activities] == ["Up.\n-- \nAnn\n\n> quoted\nDown.", f"Up.\n-- \n{long}", "Up."]


def test_indented_code_in_a_quote_stays_indented():
    assert mbox_body._quoted(">    if x:\n>y\n>\n> >z\n>>  w") == ">    if x:\n> y\n>\n> > z\n> >  w"


def test_parts_are_read_as_the_package_reads_them():
    made = EmailMessage(policy=policy.SMTP.clone(linesep="\n"))
    made["Subject"] = "Träd och ängar"
    made.set_content("Träd.\n\nÄngar: 3 €.\n", cte="quoted-printable")
    made.add_alternative("<p>Inte detta</p>", subtype="html")
    made.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="x.bin")
    head, _, body = made.as_bytes().partition(b"\n\n")
    text, left = mbox_body.words_of(headers(head), body)
    reference = email.message_from_bytes(made.as_bytes(), policy=policy.default)
    assert text == reference.get_body(("plain",)).get_content().strip() == "Träd.\n\nÄngar: 3 €."
    assert words(headers(head)["subject"]) == reference["Subject"] == "Träd och ängar"
    assert left[mbox_body.ATTACHED] == 1


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "koi8-r", "iso-2022-jp", "shift_jis", "gb2312", "windows-1251"]
)
@pytest.mark.parametrize("how", ["quoted-printable", "base64"])
def test_character_sets_are_read_as_the_package_reads_them(charset, how):
    text = {"koi8-r": "Дождь", "windows-1251": "Дождь", "gb2312": "下雨", "iso-8859-1": "Blåbär"}.get(
        charset, "雨が降る"
    )
    made = EmailMessage()
    made.set_content(text, charset=charset, cte=how)
    head, _, body = made.as_bytes().partition(b"\n\n")
    assert mbox_body.words_of(headers(head), body)[0] == text


def test_ids_grow_and_stay_apart():
    many = Ids()
    digests = [digest(f"{nth}@x") for nth in range(5_000)]
    assert [many.of(each) for each in digests] == list(range(5_000))
    assert [many.of(each) for each in reversed(digests)] == list(reversed(range(5_000)))
    assert many.digest(4_321) == digests[4_321]


def nested(depth: int) -> tuple[str, str]:
    """Headers and words of a multipart in a multipart in a multipart."""
    inner = "Deep."
    for nth in range(depth):
        kind = "text/plain" if nth == 0 else f'multipart/mixed; boundary="b{nth - 1}"'
        inner = f"--b{nth}\nContent-Type: {kind}\n\n{inner}\n--b{nth}--"
    return f'Content-Type: multipart/mixed; boundary="b{depth - 1}"\n', inner


def test_hostile_mails_are_bounded_and_the_next_one_is_read(tmp_path):
    head, body = nested(1_000)
    bomb = "QUFB" * 3_000_000
    heard = written(
        tmp_path,
        mail("1@x", more=f"X-Bomb: {'x' * 10_000_000}\n"),
        mail("2@x", "Snow.", more="X-Line: y\n" * 300_000),
        mail("3@x", body, more=head),
        mail("4@x", bomb, more="Content-Type: text/plain\nContent-Transfer-Encoding: base64\n"),
        mail("5@x", "a\x00b\u202ecåäö\udcff").replace("(Ann Quay)", "(\u202eyauQ\x00 nnA)"),
        mail("6@x", more=f"References: {'<r@x> ' * 9_000}<1@x>\n"),
        mail("7@x", "x\n" * 10_000_000),
        mail("8@x", "\n".join(["--"] * 200_000)),
        mail("9@x", "<!--" * 100_000 + "<p>", more="Content-Type: text/html\n"),
        mail("10@x", "begin 644 x\n" * 30_000),
        mail("last@x", "Still here."),
    )
    natives = {each.native for each in heard.activities}
    assert {known(each) for each in ("3@x", "4@x", "5@x", "7@x", "8@x", "9@x", "10@x", "last@x")} <= natives
    assert heard.one(known("last@x")).text == "Still here."
    assert max(len(each.text) for each in heard.activities) <= mbox_body.LONGEST
    assert heard.one(known("5@x")).text.startswith("a\x00b\u202ecåäö")
    skipped = heard.tally.skipped
    assert skipped[mbox_split.HEAD_CUT] >= 1
    assert skipped[mbox_split.TOO_LONG] == 1
    assert skipped[mbox_body.PARTS] == 1
    assert len(heard.activities) == 11


def test_a_packed_bomb_is_read_as_far_as_it_goes(tmp_path):
    folder = tmp_path / "talk"
    folder.mkdir()
    data = mail("1@x").encode() + mail("2@x", "\0" * 1_000).encode() + b"\n" * 200_000_000
    (folder / "2025-March.txt.gz").write_bytes(gzip.compress(data, 9))
    (folder / "2025-April.txt.gz").write_bytes(gzip.compress(mail("3@x").encode())[:-9])
    heard = hear(folder)
    assert {known("1@x"), known("3@x")} <= {each.native for each in heard.activities}
    assert heard.tally.skipped[mbox_split.BOMB] == 1
    assert heard.tally.skipped[reasons.TORN] == 1
