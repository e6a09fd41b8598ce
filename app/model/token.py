"""API tokens: what they may do, how they look, what is kept of them. Standard library only; randomness is an argument.

A secret is `ortoo_` and 256 random bits. What is kept is its SHA-256: a slow hash with a salt (Argon2) protects what
people choose, which can be guessed; 2^256 random values cannot, and a slow hash would only be a way to keep the server
busy. The prefix tells scanners for leaked secrets, and people, what it is.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SECRET_BYTES = 32
SECRET_PREFIX = "ortoo_"  # noqa: S105 - what every secret begins with
SHOWN_CHARS = len(SECRET_PREFIX) + 6
"""The beginning of a secret, by which people recognise it in a list: 36 of its 256 bits."""

MAX_NAME_CHARS = 60

_SECRET = re.compile(rf"{SECRET_PREFIX}[A-Za-z0-9_-]{{43}}")
_NAME = re.compile(rf"[^\W_][\w.-]{{0,{MAX_NAME_CHARS - 1}}}")


class Scope(StrEnum):
    """What a token may do. The words are part of the interface and never change."""

    INGEST = "ingest"  # send headlines
    READ = "read"  # read what is not public
    DESK = "desk"  # act as an editor


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept, without its secret. Instants are aware UTC; `last_used_at` is right to a minute.
    `minute` is the last one in which something was posted with it, `posts` how often in that minute."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    prefix: str
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    minute: datetime | None = None
    posts: int = 0

    def is_live(self, now: datetime) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def posted(self, now: datetime) -> int:
        """How often it was used for posting in the minute of `now`."""
        return self.posts if self.minute == minute_of(now) else 0


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered to a request with an Idempotency-Key: `fingerprint` is of the request (32 bytes), `body` as it
    was sent."""

    fingerprint: bytes
    status: int
    body: bytes


def minute_of(now: datetime) -> datetime:
    """The beginning of its minute."""
    return now.replace(second=0, microsecond=0)


def is_token_name(text: str) -> bool:
    """Whether a token can be called so: letters, digits, `.`, `-` and `_`, at most MAX_NAME_CHARS."""
    return _NAME.fullmatch(text) is not None


def secret_of(random: bytes) -> str:
    """The secret that SECRET_BYTES random bytes make. ValueError for fewer."""
    if len(random) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} random bytes")
    return SECRET_PREFIX + base64.urlsafe_b64encode(random).decode("ascii").rstrip("=")


def is_secret(text: str) -> bool:
    """Whether a text has the form of a secret."""
    return _SECRET.fullmatch(text) is not None


def hash_of(secret: str) -> bytes:
    """What is kept of a secret, 32 bytes."""
    return hashlib.sha256(secret.encode()).digest()
