"""Real archives as the tables that definitions see: numbers and moments only, no word and no name is kept."""

import json
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import xxhash

from thirdplace.foundation.engine import rollups
from thirdplace.foundation.engine.look import Tables
from thirdplace.foundation.engine.opening import furnished
from thirdplace.foundation.engine.shapes import ACTIVITIES
from thirdplace.foundation.engine.warehouse import cursor, plain, put_zone

Row = tuple[int, str, datetime, int, int, int | None]  # key, kind, when, who, channel, thread
_BOT = re.compile(r"bot\b|bot$|\[bot\]|^dalek|^camelia|notification", re.IGNORECASE)
_SAID = re.compile(r"\[(\d\d):(\d\d)(?::\d\d)?\] (?:<([^>]+)>|\* (\S+)) ")


def number(*parts: Any) -> int:
    """A number for some words."""
    return xxhash.xxh3_64_intdigest("\x1f".join(map(str, parts)).encode()) >> 1


def zulip(path: Path) -> Iterator[Row]:
    """A public Zulip archive: each topic is a thread. A message that stands twice counts once."""
    seen: set[int] = set()
    for name, data in _files(path, ".json"):
        stream, topic = name.split("/")[-2:]
        rows = sorted(json.loads(data), key=lambda row: (row["timestamp"], row["id"]))
        for nth, row in enumerate(rows):
            if row["id"] not in seen and not _BOT.search(row["sender_full_name"]):
                seen.add(row["id"])
                kind = "replied" if nth else "started"
                when = datetime.fromtimestamp(row["timestamp"], UTC)
                yield row["id"], kind, when, number(row["sender_full_name"]), number(stream), number(stream, topic)


def discourse(path: Path) -> Iterator[Row]:
    """Topics of a Discourse forum."""
    for _name, data in _files(path, ".json"):
        topic = json.loads(data)
        for nth, post in enumerate(topic["post_stream"]["posts"]):
            if not post.get("action_code"):
                when = datetime.fromisoformat(post["created_at"].replace("Z", "+00:00"))
                where = topic.get("category_id") or 0
                yield post["id"], "replied" if nth else "started", when, number(post["username"]), where, topic["id"]


def irc(path: Path) -> Iterator[Row]:
    """Logs of flat channels; a nick with marks of absence is the same person."""
    for name, data in _files(path, ""):
        channel, _year, day = name.split("/")[-3:]
        begin = datetime.fromisoformat(day).replace(tzinfo=UTC)
        for nth, line in enumerate(data.decode("utf-8", "replace").split("\n")):
            said = _SAID.match(line)
            if said is None:
                continue
            who = re.split(r"[|`]", (said[3] or said[4]).lower())[0].rstrip("_")
            if not _BOT.search(who):
                when = begin + timedelta(hours=int(said[1]), minutes=int(said[2]), microseconds=nth)
                yield number(name, nth), "said", when, number(who), number(channel), None


ARCHIVES = {"zulip": zulip, "discourse": discourse, "irc": irc}


class Archive:
    """An archive, laid out once; `tables` shows it as it was at any moment."""

    def __init__(self, path: Path) -> None:
        read = next(read for word, read in ARCHIVES.items() if word in path.name)
        keys, kinds, times, who, channels, threads = zip(*read(path), strict=True)
        self.first, self.last = min(times), max(times)
        columns = {
            "key": keys, "kind": kinds, "identity": who, "channel": channels, "thread": threads,
            "happened_at": [plain(at) for at in times], "source": [1] * len(keys),
        }  # fmt: skip
        types = {"string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "timestamp": pa.timestamp("us")}
        arrays = [pa.array(columns.get(name, [None] * len(keys)), types[kind]) for name, kind in ACTIVITIES.items()]
        activities = pa.table(arrays, names=list(ACTIVITIES))  # noqa: F841 - the query names it
        self.connection = cursor()
        ask = self.connection.execute
        ask("CREATE TEMP TABLE activities AS FROM activities")
        ask("CREATE TEMP TABLE changes AS SELECT *, '' AS change, happened_at AS changed_at FROM activities LIMIT 0")
        ask(
            "CREATE TEMP TABLE people AS SELECT identity, row_number() OVER () AS member_id, false AS is_staff, "
            "false AS is_bot FROM (SELECT DISTINCT identity FROM activities)"
        )
        put_zone(self.connection, "UTC")
        rollups.stand(self.connection)
        for name in rollups.NAMES:
            ask(f"CREATE TEMP TABLE {name} AS {rollups.made_by(name)}")

    def tables(self, now: datetime) -> Tables:
        """What a definition saw at a moment."""
        return furnished(self.connection, zone="UTC", now=now, known={1: now})

    def spoke(self) -> dict[int, list[datetime]]:
        """When each member spoke, by day, oldest first."""
        ask = (
            "SELECT member_id, list(first_at ORDER BY first_at) FROM member_day JOIN people USING (identity) GROUP BY 1"
        )
        rows = self.connection.execute(ask).fetchall()
        return {member: [at.replace(tzinfo=UTC) for at in times] for member, times in rows}


def _files(path: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path, "r|*") as archive:
        for each in archive:
            if each.isfile() and each.name.endswith(ending):
                stream = archive.extractfile(each)
                if stream is not None:
                    yield each.name, stream.read()
