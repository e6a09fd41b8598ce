"""TLS over a real socket: the name that was asked for has to be in the certificate."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.clock import Clock
from app.ingest.fetch import Fetcher, FetchPolicy
from app.model.fetch import FetchState
from tests.ingest.faulty_server import FEED, answer
from tests.ingest.reach import Reach

OUTSIDE = "93.184.216.34"
POLICY = FetchPolicy(spacing=0, robots=False)


@dataclass(frozen=True)
class Secure:
    """A server for feeds.mn: its port, its certificate's file, and how many connections were made."""

    port: int
    certificate: Path
    connections: list[int]


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=feeds.mn", "-addext", "subjectAltName=DNS:feeds.mn"]
    making = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "30",
    ]
    subprocess.run([*making, *subject, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    connections: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=_serve, args=(listening, context, connections))
        serving.start()
        yield Secure(listening.getsockname()[1], certificate, connections)
        listening.shutdown(socket.SHUT_RDWR)
        serving.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, connections: list[int]) -> None:
    """One connection after the other; two answers on each."""
    while True:
        try:
            plain, _ = listening.accept()
        except OSError:
            return
        plain.settimeout(10)
        with suppress(OSError), plain, context.wrap_socket(plain, server_side=True) as sock:
            connections.append(1)
            for _ in range(2):
                if not sock.recv(65536):
                    break
                sock.sendall(answer())


def fetcher(secure: Secure, clock: Clock, *, trusting: bool) -> Fetcher:
    reach = Reach({"*": [OUTSIDE]}, {OUTSIDE: secure.port})
    trusted = str(secure.certificate) if trusting else None
    context = (lambda: ssl.create_default_context(cafile=trusted)) if trusting else ssl.create_default_context
    return Fetcher(POLICY, clock=clock, resolver=reach.resolve, connect=reach.connect, context=context)


def test_a_feed_over_tls_and_again_on_the_same_connection(secure: Secure, clock: Clock) -> None:
    secure.connections.clear()
    with fetcher(secure, clock, trusting=True) as fetching:
        got = [fetching.fetch("https://feeds.mn/") for _ in range(2)]
    assert [(one.state, one.body) for one in got] == [(FetchState.OK, FEED)] * 2
    assert len(secure.connections) == 1


def test_a_certificate_for_another_name(secure: Secure, clock: Clock) -> None:
    with fetcher(secure, clock, trusting=True) as fetching:
        got = fetching.fetch("https://other.mn/")
    assert got.state is FetchState.UNREACHABLE
    assert "certificate of other.mn is not valid" in (got.error or "")


def test_a_certificate_that_nobody_vouches_for(secure: Secure, clock: Clock) -> None:
    with fetcher(secure, clock, trusting=False) as fetching:
        got = fetching.fetch("https://feeds.mn/")
    assert got.state is FetchState.UNREACHABLE
    assert "certificate" in (got.error or "")
