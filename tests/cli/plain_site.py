"""A folder served by a plain file server, and a crawler that follows every link of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree
from lxml import html as markup


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class has
        """Nothing on the terminal."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on this machine, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Crawl:
    """What following every link found: `pages` of ours, addresses of other hosts that are linked (`outside`) or would
    be loaded (`loaded`), and everything that is `broken`."""

    start: str
    pages: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


_LOADS = {"stylesheet", "preload", "icon", "apple-touch-icon", "manifest", "modulepreload"}


def crawl(start: str, within: str) -> Crawl:
    """Follow every href, src and action from `start` as long as they begin with `within`."""
    found, waiting, ids = Crawl(start), [start], dict[str, set[str]]()
    wanted: list[tuple[str, str, str]] = []
    connection = HTTPConnection(urlsplit(start).netloc)
    while waiting:
        address = waiting.pop()
        if address in found.pages:
            continue
        found.pages.add(address)
        status, media_type, body = _get(connection, address)
        if status != 200:
            found.broken.append(f"{status} {address}")
            continue
        for link, loads in _links(media_type, body, address, ids):
            target, fragment = urldefrag(link)
            if not target.startswith(("http://", "https://")):
                continue
            if not target.startswith(within):
                (found.loaded if loads else found.outside).add(target)
                continue
            waiting.append(target)
            if fragment and not loads:
                wanted.append((address, target, fragment))
    connection.close()
    for page, target, fragment in wanted:
        if unquote(fragment) not in ids.get(target, set()):
            found.broken.append(f"{page}: no #{fragment} in {target}")
    return found


def _get(connection: HTTPConnection, address: str) -> tuple[int, str, bytes]:
    parts = urlsplit(address)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    answer = connection.getresponse()
    return answer.status, answer.headers.get("content-type", ""), answer.read()


def _links(media_type: str, body: bytes, address: str, ids: dict[str, set[str]]) -> Iterator[tuple[str, bool]]:
    """Addresses in a document, and whether showing it loads them."""
    if media_type.startswith("text/html"):
        document = markup.document_fromstring(body.decode("utf-8"))
        ids[address] = set(document.xpath("//@id"))
        for element in document.iter(etree.Element):
            rel = set(str(element.get("rel", "")).split()) if element.tag == "link" else set()
            for name in ("href", "src", "action"):
                if value := element.get(name):
                    yield urljoin(address, value), name == "src" or bool(rel & _LOADS)
    elif media_type.startswith("text/css"):
        yield from ((urljoin(address, p.partition('"')[0]), True) for p in body.decode("utf-8").split('url("')[1:])
    elif address.endswith((".atom", ".rss")):
        yield from ((value, False) for value in _of_feed(body) if value.startswith("http"))


def _of_feed(body: bytes) -> Iterator[str]:
    for element in etree.fromstring(body).iter(etree.Element):
        yield element.get("href") or ""
        if element.tag in ("link", "guid"):
            yield element.text or ""
