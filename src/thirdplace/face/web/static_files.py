"""What the browser loads beside pages: held in memory under names that carry their contents' hash.

Nothing is collected or written at start: a few hundred kilobytes are read, hashed and compressed on the first request
(about 30 ms), so a clone, a wheel and a test serve the same bytes. Because a name never changes its contents, a browser
keeps it for a year and never asks again.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

FOREVER = "public, max-age=31536000, immutable"
LINK = re.compile(r"url\(\s*['\"]?(?!data:|#|[a-z]+:|/)([^'\")]+)['\"]?\s*\)")


@dataclass(frozen=True)
class Served:
    """One file as it leaves: its hashed name, bytes, the same compressed when that is smaller, and its type."""

    name: str
    body: bytes
    packed: bytes | None
    kind: str


class Files:
    """Every static file of the installed apps, by the name that templates use and by the name that is served."""

    def __init__(self) -> None:
        self._paths = dict(_paths())
        self._made: dict[str, Served] = {}
        for name in self._paths:
            self._make(name)
        self.by_hash = {served.name: served for served in self._made.values()}

    def hashed(self, name: str) -> str:
        """The served name of a file; the plain name when there is no such file, so that a test can tell."""
        served = self._made.get(name)
        return served.name if served else name

    def _make(self, name: str) -> Served | None:
        """Read one file; what a stylesheet links to is made first, and its links are rewritten."""
        if name in self._made:
            return self._made[name]
        path = self._paths.get(name)
        if path is None:
            return None
        body = path.read_bytes()
        if path.suffix == ".css":
            body = LINK.sub(lambda link: self._relink(name, link), body.decode()).encode()
        digest = hashlib.sha256(body).hexdigest()[:12]
        at = PurePosixPath(name)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        packed = gzip.compress(body, 9, mtime=0) if path.suffix in (".css", ".js", ".svg") else None
        served = Served(str(at.with_name(f"{at.stem}.{digest}{at.suffix}")), body, packed, kind)
        self._made[name] = served
        return served

    def _relink(self, name: str, link: re.Match[str]) -> str:
        """A stylesheet's link, pointing at the hashed name."""
        base = PurePosixPath(name).parent
        target = self._make(str(base / link[1]))
        return f"url({PurePosixPath(target.name).relative_to(base)})" if target else link[0]


def _paths() -> Iterator[tuple[str, Path]]:
    """Every static file of every installed app, first come first served, as Django's finders see them."""
    seen: set[str] = set()
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            if name not in seen:
                seen.add(name)
                yield name.replace("\\", "/"), Path(storage.path(name))


@lru_cache(maxsize=1)
def files() -> Files:
    """All files, read once a process."""
    return Files()


class HashedStorage(Storage):
    """Lets `{% static "house.css" %}` say the hashed address."""

    def url(self, name: str | None) -> str:
        """Where a file is served."""
        return f"{settings.STATIC_URL}{files().hashed(name or '')}"


class StaticMiddleware:
    """Answers for everything below STATIC_URL, before sessions or the database are touched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A static file, or whatever comes next."""
        if not request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        served = files().by_hash.get(request.path_info.removeprefix(settings.STATIC_URL))
        if served is None or request.method not in ("GET", "HEAD"):
            return HttpResponse("There is no such file.", status=404, content_type="text/plain")
        return _answer(request, served)


def _answer(request: HttpRequest, served: Served) -> HttpResponse:
    """The file, compressed where the browser can read that; nothing when the browser has it."""
    tag = f'"{served.name.rsplit(".", 2)[-2]}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    elif served.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(served.packed, content_type=served.kind)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(served.body, content_type=served.kind)
    response["Cache-Control"] = FOREVER
    response["ETag"] = tag
    if served.packed:
        response["Vary"] = "Accept-Encoding"
    return response
