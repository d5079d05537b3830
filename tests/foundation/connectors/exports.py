"""The recorded exports, packed in every way that people hand them over."""

import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import py7zr
from exports_plain import hostile_mail, hostile_table, is_mail, longer_mail, longer_table

from thirdplace.foundation.connectors.archive import Archive
from thirdplace.foundation.connectors.base import Activity, Item, Tally
from thirdplace.foundation.connectors.columns import Columns
from thirdplace.foundation.connectors.connector import Connector, connectors
from thirdplace.foundation.connectors.recognition import recognise
from thirdplace.foundation.registry import walk

RECORDED = Path(__file__).parents[2] / "recorded"
PACKINGS = ("folder", "nested", "zip", "tar", "tar.gz", "tar.xz", "tar.bz2", "7z")

walk("thirdplace.foundation.connectors")
OURS = [each for each in connectors.values() if each.__module__.startswith("thirdplace.")]


def recording(slug: str) -> Path:
    """The recorded export of a connector; a folder in it that is named is the export itself."""
    folder = RECORDED / slug
    assert folder.is_dir(), f"Record the source: put an invented export of all it carries into tests/recorded/{slug}."
    inner = list(folder.iterdir())
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Names and bytes below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def pack(files: dict[str, bytes], how: str, to: Path, name: str = "export") -> Path:
    """Write files as a folder or an archive; its path."""
    target = to / name if how in ("folder", "nested") else to / f"{name}.{how}"
    if how in ("folder", "nested"):
        for inner, data in files.items():
            path = target / ("one" if how == "nested" else "") / inner
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    elif how == "zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for inner, data in files.items():
                archive.writestr(f"{name}/{inner}", data)
    elif how == "7z":
        with py7zr.SevenZipFile(target, "w") as seven:
            for inner, data in files.items():
                seven.writef(io.BytesIO(data), inner)
    else:
        _tar(files, target, how.partition(".")[2])
    return target


def _tar(files: dict[str, bytes], target: Path, packed: str) -> None:
    with tarfile.open(target, f"w:{packed}") as tar:
        for inner, data in files.items():
            info = tarfile.TarInfo(f"./{inner}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


@dataclass
class Said:
    """What a connector said of an export."""

    connector: type[Connector]
    items: list[Item]
    tally: Tally
    space: Any
    columns: list[Columns] = field(default_factory=list)

    @property
    def activities(self) -> list[Activity]:
        return [item for item in self.items if isinstance(item, Activity)]

    def of(self, kind: str) -> list[Activity]:
        """Those of one kind."""
        return [each for each in self.activities if each.kind == kind]

    def one(self, native: str) -> Activity:
        """The only one of a native id."""
        (found,) = [each for each in self.activities if each.native == native]
        return found


def hear(path: Path, *, spool: Path | None = None, limit: int | None = None) -> Said:
    """Recognise an export and read it both ways."""
    with Archive(path, spool=spool, limit=limit) as archive:
        recognised = recognise(archive)
        tally = Tally()
        connector = recognised.connector(archive)
        items = list(connector.read(tally))
        columns = list(recognised.connector(archive).columns(Tally(), source=1))
        return Said(recognised.connector, items, tally, connector.space(), columns)


def rows(columns: Iterable[Columns]) -> Iterator[tuple[Any, ...]]:
    """The rows of columns as plain values."""
    names = [each.name for each in fields(Columns) if each.name not in ("people", "places")]
    for each in columns:
        lists = [list(map(_plain, getattr(each, name))) for name in names]
        assert len({len(one) for one in lists}) == 1
        yield from zip(*lists, strict=True)


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


HOSTILE = (
    "<script>alert(1)</script><img src=https://evil.example/x onerror=y>"
    "\u202e\u2066\u0000\u0007\x1b[31m[a](javascript:b) =1+1|' /C calc'!A1 &lt;b&gt; " + "x" * 5_000
)
WORDS = {"content", "name", "nickname", "category", "topic", "text", "real_name", "display_name", "username", "title"}
WORDS |= {"sender_full_name", "full_name", "rendered_content", "subject", "cooked"}
ATTRIBUTES = "DisplayName|Title|Body|Text|Name|OwnerDisplayName|UserDisplayName"


def hostile(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same export with an attack in every field that members fill in."""
    kept = {"channels.json", "groups.json", "dms.json"}  # Slack's folders are found by the names in these
    return {name: data if name in kept else _hostile(name)(data) for name, data in files.items()}


def _hostile(name: str) -> Callable[[bytes], bytes]:
    """How a file of this name is made hostile."""
    return _hostile_xml if name.endswith(".xml") else _hostile_json if name.endswith(".json") else _hostile_log


TALK = re.compile(
    rb"^(\[?\d\d:\d\d\]? (?:<[^>\n]*> (?:<\w+> |\[\w+\] )?| ?\* \S+ )"
    rb"|\d{4}-\S+ \S+\t(?:@?\w+\t| \*\t\S+ )|\w{3} \d\d \S+ (?:<[^>\n]*>\t|\*\t\w+ (?=fetches)))[^\n]*$",
    re.MULTILINE,
)


def _hostile_log(data: bytes) -> bytes:
    if is_mail(data):
        return hostile_mail(data, HOSTILE)
    if data.startswith(b"---\ntopic_id"):
        return re.sub(rb"(?m)^<p>.*$", b"<p>" + HOSTILE.encode(), data)
    if data.startswith(b"id,"):
        return hostile_table(data, HOSTILE, {"author", "channel", "topic title", "text"})
    return TALK.sub(lambda found: found[1] + HOSTILE.encode(), data)


def _hostile_json(data: bytes) -> bytes:
    def bad(said: Any) -> Any:
        if isinstance(said, list):
            return [bad(each) for each in said]
        if isinstance(said, dict):
            return {key: HOSTILE if key in WORDS and isinstance(each, str) else bad(each) for key, each in said.items()}
        return said

    return json.dumps(bad(json.loads(data)), indent=2).encode()


def _hostile_xml(data: bytes) -> bytes:
    attack = HOSTILE.replace("\0", "").replace("\x07", "").replace("\x1b", "")
    attack = attack.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return re.sub(rf' ({ATTRIBUTES})="[^"]*"', lambda found: f' {found[1]}="{attack}"', data.decode()).encode()


def larger(slug: str, times: int) -> dict[str, bytes]:
    """A recording with its longest file made many times as long, by items of new ids."""
    files = files_of(recording(slug))
    name = max(files, key=lambda each: len(files[each]))
    if name.endswith(".xml"):
        files[name] = _longer_xml(files[name], times)
    elif name.endswith(".csv"):
        files[name] = longer_table(files[name], times, "id")
    elif slug in GROWING:
        files |= GROWING[slug](name, files[name], times)
    elif is_mail(files[name]):
        files[name] = longer_mail(files[name], times)
    elif name.endswith(".log"):
        for nth in range(times):
            files[f"{name.rsplit('/', 1)[0]}/{2027 + nth // 300}-{1 + nth % 12:02d}-{1 + nth // 12 % 25:02d}.log"] = (
                files[name]
            )
    else:
        document = json.loads(files[name])
        many = document["messages"] if isinstance(document, dict) else document
        grown = [_renumbered(each, nth) for nth in range(times) for each in many]
        if isinstance(document, dict):
            document |= {"messages": grown, "messageCount": len(grown)}
            files[name] = json.dumps(document).encode()
        else:
            del files[name]
            for nth in range(times):
                part = grown[nth * len(many) : (nth + 1) * len(many)]
                files[
                    f"{name.rsplit('/', 1)[0]}/{2026 + nth // 300}-{1 + nth % 12:02d}-{1 + nth // 12 % 25:02d}.json"
                ] = json.dumps(part).encode()
    return files


def _renumbered(message: dict[str, Any], nth: int) -> dict[str, Any]:
    if "ts" in message:
        seconds, _, rest = message["ts"].partition(".")
        return message | {"ts": f"{int(seconds) + nth * 100_000}.{rest}"}
    return message | {"id": type(message["id"])(int(message["id"]) + nth * 1_000)}


def _more_topics(name: str, data: bytes, times: int) -> dict[str, bytes]:
    """More files like one topic of a forum, each with numbers of its own."""

    def numbered(nth: int) -> bytes:
        said = json.loads(data)
        for post in said["post_stream"]["posts"]:
            post["id"] += nth * 1_000
        return json.dumps(said | {"id": nth * 1_000}).encode()

    return {f"{name.removesuffix('.json')}.{nth}.json": numbered(nth) for nth in range(1, times)}


def _more_pages(name: str, data: bytes, times: int) -> dict[str, bytes]:
    """More files like one topic that was rendered to Markdown."""
    return {f"{name}-{nth}.md": data.replace(b"topic_id: 7", b"topic_id: 7%d" % nth) for nth in range(1, times)}


def _more_parts(name: str, data: bytes, times: int) -> dict[str, bytes]:
    """More files of messages, as Zulip writes a new one after every thousand."""
    many = json.loads(data)["zerver_message"]
    return {
        f"{name.rpartition('-')[0]}-{nth:06d}.json": json.dumps(
            {"zerver_message": [_renumbered(each, nth) for each in many]}
        ).encode()
        for nth in range(10, 10 + times)
    }


GROWING = {"discourse": _more_topics, "discourse_markdown": _more_pages, "zulip_export": _more_parts}


def _longer_xml(data: bytes, times: int) -> bytes:
    opening, *lines, closing = data.decode().split("\r\n")[1:-1]
    lines = [line for line in lines if 'PostTypeId="1"' in line]
    grown = [
        re.sub(r' Id="(\d+)"', lambda found, nth=nth: f' Id="{int(found[1]) + nth * 100}"', line)
        for nth in range(times)
        for line in lines
    ]
    return "\r\n".join([opening, *grown, closing]).encode()
