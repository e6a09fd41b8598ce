"""Passwords: Argon2id with the parameters of RFC 9106 (second recommendation: 64 MiB, three passes, four lanes)."""

import threading
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import DeskRefused
from app.model.editor import LEAST_PASSWORD_CHARS, MOST_PASSWORD_CHARS

AT_ONCE = 2
"""Passwords that one process works on at a time: each takes 64 MiB."""

_NOBODYS = "a password that nobody has, so that somebody unknown takes as long as somebody known"


class Passwords:
    """Safe to share between threads. Tests hand in a hasher that is quick."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.Semaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """What is kept of a password: the hash with its parameters and salt."""
        with self._turns:
            return self._hasher.hash(password)

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether it is the one of which `kept` is kept. For nobody (None) the same work is done, in vain."""
        against = kept or self._of_nobody
        with self._turns:
            try:
                return self._hasher.verify(against, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_dated(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _of_nobody(self) -> str:
        return self._hasher.hash(_NOBODYS)


def check_password(password: str, name: str) -> None:
    """DeskRefused for a password that is too short, too long, one sign again and again, or built on the name. Nothing
    else is demanded (OWASP ASVS 2.1.9): rules about kinds of signs make passwords worse."""
    plain = password.casefold()
    if not LEAST_PASSWORD_CHARS <= len(password) <= MOST_PASSWORD_CHARS:
        raise DeskRefused(
            f"A password has {LEAST_PASSWORD_CHARS} to {MOST_PASSWORD_CHARS} characters; several words are fine.",
            reason="password-length",
        )
    rest = plain.replace(name.casefold(), "").replace("ortoo", "").replace("өртөө", "")
    if len(set(plain)) < 5 or len(rest) < LEAST_PASSWORD_CHARS // 2:
        raise DeskRefused(
            "This password is easily guessed: not the name, not the same sign again and again.", reason="password-weak"
        )
