"""Static files, read into memory once.

An address carries a fingerprint of the whole folder, so that it may be kept for ever and style sheets
reach their fonts by relative addresses. Pure ASGI, before the routing.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.caching import DOOR, FOREVER, etag, matches
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

_COMPRESSIBLE = (".css", ".js", ".svg", ".txt", "")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its body, the same compressed where that pays, its media type and its validator."""

    body: bytes
    compressed: bytes | None
    media_type: str
    etag: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by their path inside the folder; `version` is the fingerprint of them all."""

    files: dict[str, Asset]
    version: str

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read every file under `folder`."""
        files = {p.relative_to(folder).as_posix(): _asset(p) for p in sorted(folder.rglob("*")) if p.is_file()}
        whole = hashlib.blake2b(digest_size=6)
        for name, asset in files.items():
            whole.update(f"{name}\0{asset.etag}\0".encode())
        return cls(files, whole.hexdigest())

    @property
    def base(self) -> str:
        """The address under which the files of this version are."""
        return f"{PREFIX}{self.version}"

    def find(self, path: str) -> tuple[Asset | None, bool]:
        """The file at an address below PREFIX, and whether the address is of this very version."""
        version, _, name = path.removeprefix(PREFIX).partition("/")
        return self.files.get(name), version == self.version


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    small = gzip.compress(body, 9, mtime=0) if path.suffix in _COMPRESSIBLE else body
    compressed = small if len(small) < 0.9 * len(body) else None
    return Asset(body, compressed, MEDIA_TYPES.get(path.suffix, "text/plain; charset=utf-8"), etag(body))


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
    headers = {
        "cache-control": FOREVER if current else DOOR,
        "etag": asset.etag,
        "vary": "Accept-Encoding",
    }
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
