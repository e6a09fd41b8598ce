"""Static files, read into memory once.

Each has an address of its own with a fingerprint of its content, `/static/css/ortoo.01234567.css`, and may be kept
for ever under it. Style sheets are made smaller as they are read, and name their fonts by such addresses too, so a new
font changes the style sheet's address and nothing else's. Pure ASGI, before the routing.
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.caching import DOOR, FOREVER, matches, weak_etag
from app.web.negotiate import accepts_gzip

PREFIX = "/static/"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
"""What is served; other files (checksums, licences without a suffix) come as plain text."""

SCRIPTS = ("requests", "dates", "filters", "news", "keys", "sharing", "aid", "offline")
"""Our scripts that every page loads, in this order, as one file: a phone far away asks once and not six times."""

SCRIPT = "js/ortoo.js"
"""The path of that file."""

_COMPRESSIBLE = (".css", ".js", ".svg", ".txt", "")

_MARKED = re.compile(r"\.(?:[0-9a-f]{8}|[0-9a-f]{12})(?=\.[a-z0-9]+$|$)")
"""The fingerprint in the last part of an address; it was longer once, and pages of then are still open somewhere."""

_URL = re.compile(r'url\("(?![a-z]+:|/)([^"]+)"\)')

_COMMENT_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)

_CSS = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/|\s*([{};,])\s*|\s+""", re.DOTALL)
"""What stays as it is: strings. What may go: comments, blanks around marks, all but one of other blanks."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its body, the same compressed where that pays, its media type, its validator and its address."""

    body: bytes
    compressed: bytes | None
    media_type: str
    etag: str
    address: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by their path inside the folder; `version` is the fingerprint of them all."""

    files: Mapping[str, Asset]
    version: str

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read every file under `folder`. KeyError when a style sheet names a file that is not there."""
        bodies = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
        parts = [bodies[name] for script in SCRIPTS if (name := f"js/{script}.js") in bodies]
        if parts:
            bodies[SCRIPT] = "\n".join(bare(part.decode("utf-8")) for part in parts).encode("utf-8")
        files = {name: _asset(name, body) for name, body in bodies.items() if not name.endswith(".css")}
        for name in sorted(bodies.keys() - files.keys()):
            sheet = linked(bodies[name].decode("utf-8"), name, lambda path: files[path].address)
            files[name] = _asset(name, smaller(sheet).encode("utf-8"))
        whole = "\0".join(sorted(asset.address for asset in files.values()))
        return cls(files, _fingerprint(whole.encode()))

    def address(self, name: str) -> str:
        """Where the file at the path `name` inside the folder is now. KeyError when there is none."""
        return self.files[name].address

    def find(self, address: str) -> tuple[Asset | None, bool]:
        """The file at an address below PREFIX, and whether this is its present address; an earlier one, or one without
        a fingerprint, finds the present file, which must not be kept under it."""
        head, _, last = address.removeprefix(PREFIX).rpartition("/")
        asset = self.files.get(posixpath.join(head, last)) or self.files.get(
            posixpath.join(head, _MARKED.sub("", last))
        )
        return asset, asset is not None and asset.address == address


def linked(sheet: str, name: str, address: Callable[[str], str]) -> str:
    """A style sheet at the path `name` whose relative `url("…")` are the addresses of what they name."""
    folder = posixpath.dirname(name)
    return _URL.sub(lambda m: f'url("{address(posixpath.normpath(posixpath.join(folder, m[1])))}")', sheet)


def smaller(sheet: str) -> str:
    """A style sheet without comments and needless blanks. Blanks that may mean something stay."""
    return _CSS.sub(lambda m: m[1] or m[2] or ("" if m[0].startswith("/*") else " "), sheet).strip()


def bare(script: str) -> str:
    """A script without the lines that only hold a comment; as it is where a text runs over several lines."""
    if any(line.count("`") % 2 for line in script.splitlines()):
        return script
    return _COMMENT_LINE.sub("", script)


def fingerprint(version: str, *folders: Path) -> str:
    """A fingerprint of the static files' `version` together with every file in these folders."""
    whole = hashlib.blake2b(version.encode(), digest_size=6)
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            whole.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def _fingerprint(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=4).hexdigest()


def _asset(name: str, body: bytes) -> Asset:
    stem, suffix = posixpath.splitext(name)
    small = gzip.compress(body, 9, mtime=0) if suffix in _COMPRESSIBLE else body
    compressed = small if len(small) < 0.9 * len(body) else None
    address = f"{PREFIX}{stem}.{_fingerprint(body)}{suffix}"
    return Asset(body, compressed, MEDIA_TYPES.get(suffix, "text/plain; charset=utf-8"), weak_etag(body), address)


class AssetsFirst:
    """ASGI middleware that answers for static files itself and passes everything else on."""

    def __init__(self, app: ASGIApp, assets: Assets) -> None:
        self.app = app
        self.assets = assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on: also what is not there, so that it gets the same page as any other wrong address."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX) and scope["method"] in ("GET", "HEAD"):
            asset, current = self.assets.find(scope["path"])
            if asset is not None:
                await _send(asset, current, scope, send)
                return
        await self.app(scope, receive, send)


async def _send(asset: Asset, current: bool, scope: Scope, send: Send) -> None:
    given = {name: value.decode("latin-1") for name, value in scope["headers"]}
    headers = {"cache-control": FOREVER if current else DOOR, "etag": asset.etag}
    if asset.compressed is not None:
        headers["vary"] = "Accept-Encoding"
    status, body = 200, asset.body
    if matches(given.get(b"if-none-match"), asset.etag):
        status, body = 304, b""
    else:
        if asset.compressed is not None and accepts_gzip(given.get(b"accept-encoding", "")):
            body = asset.compressed
            headers["content-encoding"] = "gzip"
        headers |= {"content-type": asset.media_type, "content-length": str(len(body))}
    raw = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
