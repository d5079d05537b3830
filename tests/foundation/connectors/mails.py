"""Mails written for a test."""

from pathlib import Path

from exports import Said, hear

from thirdplace.foundation.connectors.mbox_threads import digest, native


def known(message_id: str) -> str:
    """The native id of a mail."""
    return native(digest(message_id))


def mail(number: str, text: str = "Rain.", *, subject: str = "Weather", date: str | None = None, more: str = "") -> str:
    """One mail of Ann Quay."""
    date = date or "Sat, 1 Mar 2025 10:00:00 +0000"
    return (
        f"From ann@jetty.example  Sat Mar  1 10:00:00 2025\nFrom: ann@jetty.example (Ann Quay)\nDate: {date}\n"
        f"Subject: {subject}\n{more}Message-ID: <{number}>\n\n{text}\n\n"
    )


def written(tmp_path: Path, *mails: str, name: str = "talk/2025-March.txt") -> Said:
    """What is heard of these mails in one file."""
    path = tmp_path / "lists" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(mails).encode("utf-8", "surrogateescape"))
    return hear(tmp_path / "lists")
