"""Payloads: bytes, files and pipes, looked at and read within limits."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import MalformedPayload
from app.ingest.payload import Payload
from app.model.headline import Reason

BODY = b"first line\nsecond\n" + b"x" * 50 + b"\nlast"


class Once(io.RawIOBase):
    """A pipe: read once, in small pieces, never rewound."""

    def __init__(self, body: bytes) -> None:
        self._rest = body
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._rest[: min(7, len(buffer))]
        self._rest = self._rest[len(piece) :]
        buffer[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


@pytest.fixture(params=["bytes", "file", "pipe"])
def payload(request: pytest.FixtureRequest, tmp_path: Path) -> Payload:
    if request.param == "bytes":
        return Payload.of(BODY)
    if request.param == "file":
        (tmp_path / "body").write_bytes(BODY)
        return Payload.of(tmp_path / "body")
    return Payload.of(io.BufferedReader(Once(BODY), 16))


def test_the_head_may_be_looked_at_before_reading(payload: Payload) -> None:
    assert payload.head(5) == b"first"
    assert payload.head(12) == BODY[:12]
    assert payload.read(1000) == BODY
    assert payload.head(5) == b"first"


def test_all_lines_come_after_a_look_at_the_head(payload: Payload) -> None:
    payload.head(14)
    assert b"".join(payload.lines(1000)) == BODY
    assert b"".join(Payload.of(BODY).lines(1000)).split(b"\n") == BODY.split(b"\n")


def test_long_lines_come_in_pieces(payload: Payload) -> None:
    pieces = list(payload.lines(20))
    assert b"".join(pieces) == BODY
    assert max(map(len, pieces)) == 20
    assert pieces[0] == b"first line\n"


def test_a_line_cut_by_the_head_is_whole() -> None:
    payload = Payload.of(io.BufferedReader(Once(BODY), 16))
    payload.head(14)
    assert list(payload.lines(1000))[1] == b"second\n"


@pytest.mark.parametrize("limit", [len(BODY), len(BODY) + 1])
def test_what_is_within_the_limit_is_read(payload: Payload, limit: int) -> None:
    assert payload.read(limit) == BODY


def test_what_is_over_the_limit_is_refused_by_its_name(payload: Payload) -> None:
    with pytest.raises(MalformedPayload, match=r"larger than 20 bytes.*ORTOO_MAX_PAYLOAD_BYTES") as caught:
        payload.read(20)
    assert caught.value.facts["reason"] is Reason.TOO_LARGE
    assert caught.value.facts["limit"] == "ORTOO_MAX_PAYLOAD_BYTES"


def test_no_more_of_a_pipe_is_taken_than_the_limit() -> None:
    pipe = Once(b"x" * 100_000)
    with pytest.raises(MalformedPayload):
        Payload.of(io.BufferedReader(pipe, 16)).read(500)
    assert pipe.taken < 600


def test_what_is_said_about_it(tmp_path: Path) -> None:
    at = datetime(2026, 1, 15, tzinfo=UTC)
    payload = Payload.of(b"", url="https://x.mn/rss", media_type="text/xml", received_at=at)
    assert (payload.name, payload.url, payload.media_type, payload.received_at) == (
        "https://x.mn/rss",
        "https://x.mn/rss",
        "text/xml",
        at,
    )
    assert Payload.of(tmp_path / "a.txt").name == str(tmp_path / "a.txt")
    assert Payload.of(b"", name="n").name == "n"
    assert Payload.of("үг").read(10) == "үг".encode()


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Payload.of(b"", received_at=datetime(2026, 1, 15))  # noqa: DTZ001 - what is tested


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MalformedPayload, match="cannot be read"):
        Payload.of(tmp_path / "gone").head()
    with pytest.raises(MalformedPayload, match="cannot be read"):
        list(Payload.of(tmp_path / "gone").lines(10))


def test_sizes_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert Payload.of(tmp_path / "a").size() == Payload.of(b"abc").size() == 3
    assert Payload.of(io.BytesIO(b"abc")).size() is None
    assert Payload.of(tmp_path / "gone").size() is None
