"""Somebody at the desk for tests: a quick hasher, people with known passwords, a browser that signs in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from argon2 import PasswordHasher

from app.desk import people
from app.desk.passwords import Passwords
from app.model.editor import Role
from app.store import Store
from app.web.desk.backstage import Backstage
from tests.builders import NOW
from tests.web.asking import Answer, Client

PASSWORD = "a quiet yurt in the wind"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class CountingPasswords(Passwords):
    """Counts how often a password was checked."""

    def __init__(self) -> None:
        super().__init__(QUICK)
        self.checked = 0

    def verify(self, kept: str | None, password: str) -> bool:
        self.checked += 1
        return super().verify(kept, password)


@contextmanager
def no_fetching() -> Iterator[Any]:
    raise AssertionError("nothing here may be fetched")
    yield


def backstage(passwords: Passwords | None = None, fetching: Any = no_fetching) -> Backstage:
    """What the desk has, with passwords that are quick."""
    return Backstage(fetching, passwords or Passwords(QUICK))


def add_people(store: Store) -> None:
    """One of each role, called like it."""
    passwords = Passwords(QUICK)
    for role in Role:
        people.add(store, passwords, people.CLI, role.value, role, PASSWORD, NOW)


class Browser:
    """Keeps cookies, sends forms as browsers do, follows no redirects."""

    def __init__(self, client: Client, scheme: str = "http", address: str = "192.0.2.1") -> None:
        self.client, self.scheme, self.address = client, scheme, address
        self.cookies: dict[str, str] = {}

    def get(self, address: str, **headers: str) -> Answer:
        return self._kept(self._ask("GET", address, headers))

    def post(self, address: str, fields: dict[str, Any], **headers: str) -> Answer:
        """Sends a form; a list of values is several fields."""
        body = urlencode(fields, doseq=True).encode()
        given = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        return self._kept(self._ask("POST", address, given | headers, body))

    def submit(self, page: str, fields: dict[str, Any], to: str = "") -> Answer:
        """Opens a page, takes its token, sends a form to it (or `to` another address)."""
        return self.post(to or page.partition("?")[0], {"csrf": token_in(self.get(page)), "back": page, **fields})

    def sign_in(self, name: str, password: str = PASSWORD, ui: str = "en", **more: str) -> Answer:
        page = f"/desk/{ui}/login"
        return self.submit(page, {"name": name, "password": password, **more})

    def _ask(self, method: str, address: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        return self.client.ask(method, address, self._headers(headers), body, self.scheme, self.address)

    def _headers(self, given: dict[str, str]) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {name.replace("_", "-"): value for name, value in given.items()}
        return named | ({"cookie": cookie} if cookie else {})

    def _kept(self, answer: Answer) -> Answer:
        for line in answer.cookies:
            name, _, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            if not value or "max-age=0" in rest.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer


def token_in(answer: Answer) -> str:
    """The token of the first form of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', answer.text)
    assert found, answer.text[:2000]
    return found[1]
