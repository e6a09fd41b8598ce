"""People of the desk and their sessions. Nothing here changes a page, so nothing raises the store's revision."""

import hmac
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from app.errors import DeskRefused, NotFound
from app.model.editor import Credentials, Editor, Role, Session, session_hash
from app.store.desk_tables import editor_sessions, editors, login_failures
from app.store.registry import next_id, plain

_e, _s, _f = editors.c, editor_sessions.c, login_failures.c
_WITH_EDITOR = select(
    _s.id.label("session_id"),
    _s.hash,
    _s.created_at.label("began_at"),
    _s.seen_at,
    _s.ended_at,
    _s.address,
    _s.agent,
    *(column for column in editors.c),
).join(editors, _e.id == _s.editor_id)


class EditorReader:
    """People in one read transaction (`Reader.editors`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Editor, ...]:
        """Everybody, switched-off accounts too, by name."""
        return tuple(map(_editor, self._connection.execute(select(editors).order_by(_e.name))))

    def named(self, name: str) -> Credentials | None:
        """Somebody by name, with what he is recognised by."""
        row = self._connection.execute(select(editors).where(_e.name == plain(name))).first()
        return Credentials(_editor(row), row.password, row.totp, row.totp_step) if row else None

    def session(self, secret: str) -> Session | None:
        """The session with this secret, dead or alive; found by its hash, and that compared again in constant time."""
        wanted = session_hash(secret)
        row = self._connection.execute(_WITH_EDITOR.where(_s.hash == wanted)).first()
        return _session(row) if row is not None and hmac.compare_digest(row.hash, wanted) else None

    def sessions(self, editor_id: int) -> tuple[Session, ...]:
        """Somebody's sessions that have not been ended, newest first; they may have run out."""
        mine = _WITH_EDITOR.where(_s.editor_id == editor_id, _s.ended_at.is_(None))
        return tuple(map(_session, self._connection.execute(mine.order_by(_s.id.desc()))))

    def failures(self, key: bytes, since: datetime) -> int:
        """How many tries to sign in have failed under this key since then."""
        n = select(func.count()).select_from(login_failures).where(_f.key == key, _f.at > since)
        return int(self._connection.execute(n).scalar_one())


class EditorWriter(EditorReader):
    """What a write transaction may do to people (`Writer.editors`)."""

    def add(self, name: str, role: Role, password_hash: str, now: datetime) -> Editor:
        """Enter somebody. DeskRefused when there is one of that name, also a switched-off one."""
        if self.named(name) is not None:
            raise DeskRefused(f"There is an editor {name} already: take another name.", reason="name-taken")
        number = next_id(self._connection, editors)
        values = {"id": number, "name": name, "role": role.value, "password": password_hash}
        self._connection.execute(insert(editors).values(**values, created_at=now, password_at=now))
        return self.get(name).editor

    def get(self, name: str) -> Credentials:
        """Somebody by name. NotFound."""
        found = self.named(name)
        if found is None:
            raise NotFound(f"There is no editor {name[:80]}.", kind="editor", key=name[:80])
        return found

    def set_password(self, editor_id: int, password_hash: str, now: datetime) -> None:
        """Another password."""
        self._set(editor_id, password=password_hash, password_at=now)

    def rehash(self, editor_id: int, password_hash: str) -> None:
        """The same password, hashed with newer parameters."""
        self._set(editor_id, password=password_hash)

    def set_role(self, editor_id: int, role: Role) -> None:
        """Another role. DeskRefused for the last admin."""
        if role is not Role.ADMIN:
            self._keep_an_admin(editor_id)
        self._set(editor_id, role=role.value)

    def disable(self, editor_id: int, now: datetime) -> None:
        """Switch an account off and end its sessions. DeskRefused for the last admin."""
        self._keep_an_admin(editor_id)
        self._set(editor_id, disabled_at=now)
        self.end_all(editor_id, now)

    def enable(self, editor_id: int) -> None:
        """Switch an account on again."""
        self._set(editor_id, disabled_at=None)

    def set_totp(self, editor_id: int, secret: str | None, step: int | None = None) -> None:
        """A second factor (base32), or none."""
        self._set(editor_id, totp=secret, totp_step=step)

    def use_step(self, editor_id: int, step: int) -> bool:
        """Take the code of a step; False when that one or a later one was taken already."""
        fresh = or_(_e.totp_step.is_(None), _e.totp_step < step)
        taken = self._connection.execute(update(editors).where(_e.id == editor_id, fresh).values(totp_step=step))
        return bool(taken.rowcount)

    def open_session(self, editor_id: int, secret: str, now: datetime, address: str, agent: str) -> int:
        """Begin a session; its number. Those that ended over a month ago are forgotten."""
        number = next_id(self._connection, editor_sessions)
        values = {"id": number, "hash": session_hash(secret), "editor_id": editor_id, "created_at": now}
        told = {"seen_at": now, "address": plain(address[:100]), "agent": plain(agent[:300])}
        self._connection.execute(insert(editor_sessions).values(**values, **told))
        return number

    def touch(self, session: Session, now: datetime) -> None:
        """Note that a session is in use."""
        self._connection.execute(update(editor_sessions).where(_s.id == session.id).values(seen_at=now))

    def end(self, editor_id: int, session_id: int, now: datetime) -> None:
        """End one of somebody's sessions."""
        mine = (_s.id == session_id, _s.editor_id == editor_id, _s.ended_at.is_(None))
        self._connection.execute(update(editor_sessions).where(*mine).values(ended_at=now))

    def end_all(self, editor_id: int, now: datetime, but: int = 0) -> int:
        """End all of somebody's sessions `but` one; how many there were."""
        mine = (_s.editor_id == editor_id, _s.ended_at.is_(None), _s.id != but)
        ended: int = self._connection.execute(update(editor_sessions).where(*mine).values(ended_at=now)).rowcount
        return ended

    def fail(self, keys: Collection[bytes], now: datetime, forget: datetime) -> None:
        """Count a failed try under each of `keys`; what is older than `forget` is forgotten."""
        self._connection.execute(delete(login_failures).where(_f.at <= forget))
        first = next_id(self._connection, login_failures)
        rows = [{"id": number, "key": key, "at": now} for number, key in enumerate(keys, first)]
        self._connection.execute(insert(login_failures), rows)

    def forgive(self, key: bytes) -> None:
        """Forget the failures under a key."""
        self._connection.execute(delete(login_failures).where(_f.key == key))

    def _set(self, editor_id: int, **values: Any) -> None:
        self._connection.execute(update(editors).where(_e.id == editor_id).values(**values))

    def _keep_an_admin(self, editor_id: int) -> None:
        others = (_e.role == Role.ADMIN.value, _e.disabled_at.is_(None), _e.id != editor_id)
        mine = select(_e.role).where(_e.id == editor_id, _e.disabled_at.is_(None))
        if self._connection.execute(mine).scalar() != Role.ADMIN.value:
            return
        if not self._connection.execute(select(_e.id).where(*others)).first():
            raise DeskRefused("This is the last admin: make another one first.", reason="last-admin")


def _editor(row: Row[Any]) -> Editor:
    return Editor(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        password_at=row.password_at,
        totp=row.totp is not None,
        disabled_at=row.disabled_at,
    )


def _session(row: Row[Any]) -> Session:
    return Session(row.session_id, _editor(row), row.began_at, row.seen_at, row.address, row.agent, row.ended_at)
