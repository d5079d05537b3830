"""Recordings that are plain text, made hostile and made longer: mail, and tables."""

import csv
import io
import re

MAIL = re.compile(rb"(?:\A|(?<=\n\n))(?=From [^\n]*\d{4}\n[A-Z])")
_NAME = re.compile(rb"(?m)^(From: [^\n(<\"]*\()[^)\n]*")
_ID = re.compile(rb"<(?=[a-z0-9]+@)")


def is_mail(data: bytes) -> bool:
    """Whether a file holds mails."""
    return data.startswith(b"From ")


def hostile_mail(data: bytes, attack: str) -> bytes:
    """An attack for every subject, every name and all words of a mail."""
    parts = [each for each in MAIL.split(data) if each]
    return b"".join(_hostile(each, attack.encode()) for each in parts)


def _hostile(mail: bytes, attack: bytes) -> bytes:
    head = mail.partition(b"\n\n")[0]
    head = re.sub(rb"(?m)^Content-[^\n]*\n(?:[ \t][^\n]*\n)*", b"", head)
    head = re.sub(rb"(?m)^Subject: [^\n]*", lambda _: b"Subject: " + attack, head)
    return _NAME.sub(lambda found: found[1] + attack, head) + b"\n\n" + attack + b"\n\n"


def longer_mail(data: bytes, times: int) -> bytes:
    """The same mails again and again, with ids of their own."""
    return b"".join(_ID.sub(b"<n%d-" % nth, data) for nth in range(times))


def hostile_table(data: bytes, attack: str, columns: set[str]) -> bytes:
    """An attack for every cell of these columns."""
    head, *rows = csv.reader(io.StringIO(data.decode()))
    return _table(
        head,
        [[attack if name in columns and cell else cell for name, cell in zip(head, row, strict=True)] for row in rows],
    )


def longer_table(data: bytes, times: int, number: str) -> bytes:
    """The same rows again and again, with numbers of their own."""
    head, *rows = csv.reader(io.StringIO(data.decode()))
    at = head.index(number)
    grown = [[*row[:at], f"{nth}-{row[at]}", *row[at + 1 :]] for nth in range(times) for row in rows]
    return _table(head, grown)


def _table(head: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()
