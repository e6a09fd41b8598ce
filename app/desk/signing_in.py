"""Signing in. Whoever is refused learns nothing else: not whether there is such an account, nor what was wrong.

The password is checked in any case, against nobody's where there is no such account, so that both take as long.
Failures are counted in the database by account and by address: OWASP ASVS 2.2.1 allows a hundred an hour on an account,
here it is ten a quarter of an hour, and twenty from an address. An account that does not exist is closed like one that
does.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from app.desk.passwords import Passwords
from app.desk.second_factor import step_of
from app.model.editor import MOST_PASSWORD_CHARS, Credentials
from app.store import Reader, Store, Writer

WINDOW = timedelta(minutes=15)
MOST_BY_ACCOUNT = 10
MOST_BY_ADDRESS = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody sent: `code` may be empty, `address` is a network as it is counted (an IPv4 address, an IPv6 /64),
    `agent` the browser's own words."""

    name: str
    password: str
    code: str
    address: str
    agent: str


class Outcome(Enum):
    """What came of an attempt."""

    IN = "in"
    WRONG = "wrong"
    TOO_OFTEN = "too-often"


def sign_in(store: Store, passwords: Passwords, attempt: Attempt, secret: str, now: datetime) -> Outcome:
    """Open a session with this secret for whoever the attempt proves to be."""
    with store.reading() as reader:
        if _too_often(reader, attempt, now):
            return Outcome.TOO_OFTEN
        known = reader.editors.named(attempt.name)
    sound = len(attempt.password) <= MOST_PASSWORD_CHARS
    right = passwords.verify(known.password_hash if known and sound else None, attempt.password[:MOST_PASSWORD_CHARS])
    rehashed = passwords.hash(attempt.password) if right and known and passwords.is_dated(known.password_hash) else None
    with store.writing() as writer:
        if right and known and _admitted(writer, known, attempt, now):
            _open(writer, known, attempt, secret, now, rehashed)
            return Outcome.IN
        writer.editors.fail(_keys(attempt), now, now - WINDOW)
    return Outcome.WRONG


def _too_often(reader: Reader, attempt: Attempt, now: datetime) -> bool:
    account, address = _keys(attempt)
    since = now - WINDOW
    return (
        reader.editors.failures(account, since) >= MOST_BY_ACCOUNT
        or reader.editors.failures(address, since) >= MOST_BY_ADDRESS
    )


def _keys(attempt: Attempt) -> tuple[bytes, bytes]:
    """What failures are counted under: hashes, so that nobody reads mistyped passwords out of a list of names."""
    told = (f"account {attempt.name.casefold()}", f"address {attempt.address}")
    account, address = (hashlib.blake2b(t.encode("utf-8", "replace"), digest_size=16).digest() for t in told)
    return account, address


def _admitted(writer: Writer, known: Credentials, attempt: Attempt, now: datetime) -> bool:
    """Whether the account still is what was looked at, is on, and the code is right and fresh."""
    present = writer.editors.named(known.editor.name)
    if present is None or present.editor.disabled_at or present.password_hash != known.password_hash:
        return False
    if present.totp_secret is None:
        return True
    step = step_of(present.totp_secret, attempt.code, now)
    return step is not None and writer.editors.use_step(known.editor.id, step)


def _open(
    writer: Writer, known: Credentials, attempt: Attempt, secret: str, now: datetime, rehashed: str | None
) -> None:
    if rehashed:
        writer.editors.rehash(known.editor.id, rehashed)
    writer.editors.forgive(_keys(attempt)[0])
    writer.editors.open_session(known.editor.id, secret, now, attempt.address, attempt.agent)
    writer.audit.add(known.editor.name, "sign-in", "editor", known.editor.name, now)
