"""What is done to accounts and tokens, audited. `who` is who does it: an editor's name, or CLI."""

from collections.abc import Iterable
from datetime import datetime

from app.desk.passwords import Passwords, check_password
from app.desk.second_factor import step_of
from app.errors import DeskRefused
from app.model.editor import MAX_NAME_CHARS, Editor, Role, is_editor_name
from app.model.token import Scope, Token, is_token_name
from app.store import Store

CLI = "cli"
"""Who acts on the command line. Nobody can be called so at the desk."""


def add(store: Store, passwords: Passwords, who: str, name: str, role: Role, password: str, now: datetime) -> Editor:
    """Somebody new. DeskRefused for a name or password that cannot be one."""
    if not is_editor_name(name) or name == CLI:
        raise DeskRefused(
            f"{name[:80]!r}: a name has 1 to {MAX_NAME_CHARS} small Latin letters, digits, dots, hyphens, underscores.",
            reason="name",
        )
    check_password(password, name)
    hashed = passwords.hash(password)
    with store.writing() as writer:
        made = writer.editors.add(name, role, hashed, now)
        writer.audit.add(who, "add", "editor", name, now, after={"role": role.value})
    return made


def set_password(store: Store, passwords: Passwords, who: str, name: str, password: str, now: datetime) -> int:
    """Another password; all sessions end. How many there were. DeskRefused, NotFound."""
    check_password(password, name)
    hashed = passwords.hash(password)
    with store.writing() as writer:
        editor = writer.editors.get(name).editor
        writer.editors.set_password(editor.id, hashed, now)
        ended = writer.editors.end_all(editor.id, now)
        writer.audit.add(who, "password", "editor", name, now)
    return ended


def change_password(
    store: Store, passwords: Passwords, editor: Editor, present: str, wanted: str, keep: int, now: datetime
) -> None:
    """One's own password; all sessions but the one numbered `keep` end. DeskRefused."""
    with store.reading() as reader:
        known = reader.editors.named(editor.name)
    if not passwords.verify(known.password_hash if known else None, present):
        raise DeskRefused("The present password is another one.", reason="password-wrong")
    check_password(wanted, editor.name)
    hashed = passwords.hash(wanted)
    with store.writing() as writer:
        writer.editors.set_password(editor.id, hashed, now)
        writer.editors.end_all(editor.id, now, but=keep)
        writer.audit.add(editor.name, "password", "editor", editor.name, now)


def set_role(store: Store, who: str, name: str, role: Role, now: datetime) -> None:
    """Another role. DeskRefused for the last admin, NotFound."""
    with store.writing() as writer:
        editor = writer.editors.get(name).editor
        if editor.role is role:
            return
        writer.editors.set_role(editor.id, role)
        before, after = {"role": editor.role.value}, {"role": role.value}
        writer.audit.add(who, "role", "editor", name, now, before=before, after=after)


def switch(store: Store, who: str, name: str, now: datetime, *, on: bool) -> None:
    """Switch an account off, which ends its sessions, or on. DeskRefused for the last admin, NotFound."""
    with store.writing() as writer:
        editor = writer.editors.get(name).editor
        if on:
            writer.editors.enable(editor.id)
        else:
            writer.editors.disable(editor.id, now)
        writer.audit.add(who, "enable" if on else "disable", "editor", name, now)


def end_sessions(store: Store, who: str, name: str, now: datetime) -> int:
    """End all of somebody's sessions; how many. NotFound."""
    with store.writing() as writer:
        ended = writer.editors.end_all(writer.editors.get(name).editor.id, now)
        writer.audit.add(who, "end-sessions", "editor", name, now, after={"sessions": ended})
    return ended


def end_session(store: Store, editor: Editor, session_id: int, now: datetime) -> None:
    """End one of one's own sessions."""
    with store.writing() as writer:
        writer.editors.end(editor.id, session_id, now)
        writer.audit.add(editor.name, "sign-out", "editor", editor.name, now)


def set_totp(store: Store, who: str, name: str, secret: str | None, code: str | None, now: datetime) -> None:
    """Ask for a second factor from now on (the code proves that the authenticator has the secret; None: it is taken
    on trust), or no longer (`secret` None). DeskRefused for a wrong code, NotFound."""
    step = step_of(secret, code, now) if secret and code is not None else None
    if secret and code is not None and step is None:
        raise DeskRefused("This code is not right; the clock of the device may be wrong.", reason="code-wrong")
    with store.writing() as writer:
        writer.editors.set_totp(writer.editors.get(name).editor.id, secret, step)
        writer.audit.add(who, "second-factor", "editor", name, now, after={"on": secret is not None})


def add_token(
    store: Store, who: str, name: str, scopes: Iterable[Scope], secret: str, now: datetime, expires_at: datetime | None
) -> Token:
    """A token for programs. BadFilter when a live one is called so, DeskRefused for a name that cannot be one."""
    if not is_token_name(name):
        raise DeskRefused(f"{name[:80]!r} cannot be a token's name.", reason="token-name")
    with store.writing() as writer:
        made = writer.access.add(name, scopes, secret, now, expires_at)
        after = {"name": made.name, "scopes": list(made.scopes), "expires_at": expires_at and expires_at.isoformat()}
        writer.audit.add(who, "add", "token", made.id, now, after=after)
    return made


def revoke_token(store: Store, who: str, token_id: int, now: datetime) -> None:
    """End a token at once. NotFound."""
    with store.writing() as writer:
        token = writer.access.revoke(str(token_id), now)
        writer.audit.add(who, "revoke", "token", token.id, now, before={"name": token.name})
