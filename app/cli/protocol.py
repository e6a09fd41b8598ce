"""HTTP/1.1 as `ortoo serve` speaks it: what is no HTTP, or has a head without an end, is refused as everything else is,
with a problem document (RFC 9457), and the connection is closed."""

import json
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 65_536
"""The request line and all headers of a request; counted read by read, so a little more may pass. Browsers send some
two thousand bytes, and nothing of ours needs more than a query of four thousand."""


def refusal(status: str, code: str, detail: str) -> bytes:
    """A whole answer; `status` is the number and its words."""
    number, _, title = status.partition(" ")
    told = {"type": f"urn:ortoo:problem:{code}", "title": title, "status": int(number), "detail": detail}
    body = json.dumps(told).encode()
    return (
        f"HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncache-control: no-store\r\n"
        f"x-content-type-options: nosniff\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n"
    ).encode() + body


NO_HTTP = refusal(
    "400 Bad Request",
    "invalid-http",
    "This is no valid HTTP/1.1 request: look at its first line, its headers, its Content-Length and Transfer-Encoding "
    "(one of the two, once). Nothing of it was taken in.",
)
TOO_LONG = refusal(
    "431 Request Header Fields Too Large",
    "head-too-large",
    f"The address and the headers of a request have at most {MAX_HEAD_BYTES:,} bytes together: send fewer or shorter.",
)


class Protocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._in_head = True
        self._head_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Bytes of a request. Those of an endless head are not collected."""
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(TOO_LONG)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """Its head is here."""
        self._in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the server's own signature
        """Refuse what the parser did not understand (`msg` says no more than that)."""
        self._refuse(NO_HTTP)

    def _refuse(self, answer: bytes) -> None:
        self.transport.write(answer)
        self.transport.close()
