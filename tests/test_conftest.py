"""The guard around every test."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.clock import Clock
from tests.builders import DAY, NOW

ELSEWHERE = ("192.0.2.1", 80)  # reserved for documentation, RFC 5737


@pytest.mark.parametrize("call", ["connect", "connect_ex"])
def test_no_test_reaches_another_machine(call: str) -> None:
    with socket.socket() as sock, pytest.raises(pytest.fail.Exception, match="stay on this machine"):
        getattr(sock, call)(ELSEWHERE)


def test_nor_with_a_datagram() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(pytest.fail.Exception):
        sock.sendto(b"x", ELSEWHERE)


def test_nor_over_ipv6() -> None:
    with socket.socket(socket.AF_INET6) as sock, pytest.raises(pytest.fail.Exception):
        sock.connect(("2001:db8::1", 80))


def test_nor_in_an_event_loop() -> None:
    async def reach() -> None:
        await asyncio.open_connection(*ELSEWHERE)

    # In a thread: the browser tests keep a loop running in this one.
    with ThreadPoolExecutor() as pool, pytest.raises(pytest.fail.Exception):
        pool.submit(lambda: asyncio.run(reach())).result()


def test_no_test_looks_up_a_name() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_can_be_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer: list[bytes] = []

        def serve() -> None:
            connection, _ = server.accept()
            answer.append(connection.recv(2))
            connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        with socket.create_connection((host, server.getsockname()[1]), timeout=10) as client:
            client.sendall(b"hi")
        thread.join()
    assert answer == [b"hi"]


def test_the_clock_stands_still(clock: Clock) -> None:
    assert clock() == clock() == NOW
    assert clock().date() == DAY
