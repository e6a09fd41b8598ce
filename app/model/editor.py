"""People of the desk: who they are, what they may do, how long they stay signed in. Standard library only.

Limits are those of OWASP ASVS 4.0.3, level 2: a session ends after 30 minutes without a request and after 12 hours at
the latest (3.3.2), its secret has at least 64 bits of entropy (3.2.2; ours has 256), a password at least 12 characters
and at most 128, of any kind (2.1.1, 2.1.2, 2.1.9).
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

IDLE = timedelta(minutes=30)
"""A session ends when it was not used for so long…"""

LONGEST = timedelta(hours=12)
"""…and so long after it began."""

SEEN_EVERY = timedelta(minutes=1)
"""`seen_at` is written when it is older than this."""

SECRET_BYTES = 32
LEAST_PASSWORD_CHARS, MOST_PASSWORD_CHARS = 12, 128
MAX_NAME_CHARS = 40

_NAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{MAX_NAME_CHARS - 1}}}", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class Role(StrEnum):
    """What somebody is at the desk. The words are part of the interface and never change."""

    EDITOR = "editor"  # the days, headlines, outlets, analysis
    OPERATOR = "operator"  # the sources and the quarantine
    ADMIN = "admin"  # both, and people and tokens


class Right(StrEnum):
    """What a page of the desk demands."""

    LOOK = "look"  # to be signed in
    EDIT = "edit"
    OPERATE = "operate"
    GOVERN = "govern"


RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.EDITOR: frozenset({Right.LOOK, Right.EDIT}),
        Role.OPERATOR: frozenset({Right.LOOK, Right.OPERATE}),
        Role.ADMIN: frozenset(Right),
    }
)
"""What each role may do."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who may sign in. Instants are aware UTC; `totp` says whether a second factor is asked for."""

    id: int
    name: str
    role: Role
    created_at: datetime
    password_at: datetime
    totp: bool = False
    disabled_at: datetime | None = None

    def may(self, right: Right) -> bool:
        """Whether the role has this right, and the account is not switched off."""
        return self.disabled_at is None and right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an editor is recognised by. `totp_step` is the last 30-second step whose code was taken: none is taken
    twice."""

    editor: Editor
    password_hash: str
    totp_secret: str | None = None
    totp_step: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in, on one browser. `address` and `agent` are for the owner to recognise it by."""

    id: int
    editor: Editor
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str
    ended_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it opens anything now."""
        fresh = now - self.seen_at < IDLE and now - self.created_at < LONGEST
        return fresh and self.ended_at is None and self.editor.disabled_at is None


def is_editor_name(text: str) -> bool:
    """Whether somebody can be called so: small letters, digits, `.`, `-`, `_`, at most MAX_NAME_CHARS."""
    return _NAME.fullmatch(text) is not None


def session_secret(random: bytes) -> str:
    """The secret that SECRET_BYTES random bytes make; the browser has it, the database its hash. ValueError for
    fewer."""
    if len(random) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} random bytes")
    return base64.urlsafe_b64encode(random).decode("ascii").rstrip("=")


def is_session_secret(text: str) -> bool:
    """Whether a text has the form of a session's secret."""
    return _SECRET.fullmatch(text) is not None


def session_hash(secret: str) -> bytes:
    """What is kept of a session's secret, 32 bytes; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(b"session:" + secret.encode()).digest()


def csrf_of(secret: str) -> str:
    """What every form of a session carries: only who has the cookie can have made it, and it does not tell the
    cookie."""
    digest = hashlib.sha256(b"form:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
