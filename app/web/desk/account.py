"""`/desk/{ui}/account`: one's own password, second factor and sessions."""

from starlette.responses import Response

from app.desk import people
from app.desk.second_factor import SECRET_BYTES, address, secret_of
from app.errors import DeskRefused
from app.model.editor import Right
from app.render.desk_pages import DeskAccountPage
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

_SECRET_CHARS = 32


@desk.page("/account", Right.LOOK)
def account(sitting: Sitting) -> Response:
    """The page."""
    return _page(sitting)


@desk.deed("/account", Right.LOOK)
def change(sitting: Sitting) -> Response:
    """What its forms do."""
    form, store, me, now = sitting.form, sitting.store, sitting.editor, sitting.now
    match form.one("do"):
        case "password":
            present, wanted = form.text("present"), form.text("wanted")
            people.change_password(store, sitting.backstage.passwords, me, present, wanted, sitting.session.id, now)
        case "totp-begin":
            return _page(sitting, secret_of(sitting.backstage.random(SECRET_BYTES)))
        case "totp-on":
            return _totp_on(sitting)
        case "totp-off":
            _prove(sitting)
            people.set_totp(store, me.name, me.name, None, None, now)
        case "end":
            number = form.one("session")
            if number.isascii() and number.isdigit() and len(number) < 19:
                people.end_session(store, me, int(number), now)
            return sitting.done("ended")
        case _:
            return sitting.done("same")
    return sitting.done("saved")


def _totp_on(sitting: Sitting) -> Response:
    secret = sitting.form.one("secret")
    if len(secret) != _SECRET_CHARS or not secret.isalnum() or not secret.isascii():
        raise DeskRefused("No secret of ours.", reason="code-wrong")
    _prove(sitting)
    me = sitting.editor.name
    people.set_totp(sitting.store, me, me, secret, sitting.form.one("code"), sitting.now)
    return sitting.done("saved")


def _prove(sitting: Sitting) -> None:
    """Whoever finds a browser signed in cannot change what signs in."""
    with sitting.store.reading() as reader:
        known = reader.editors.named(sitting.editor.name)
    if not sitting.backstage.passwords.verify(known.password_hash if known else None, sitting.form.text("present")):
        raise DeskRefused("The present password is another one.", reason="password-wrong")


def _page(sitting: Sitting, secret: str = "") -> Response:
    with sitting.store.reading() as reader:
        sessions = reader.editors.sessions(sitting.editor.id)
    live = tuple(session for session in sessions if session.is_live(sitting.now))
    otpauth = address(secret, sitting.editor.name) if secret else ""
    return sitting.show(DeskAccountPage(sitting.frame, live, sitting.session.id, secret, otpauth), "/account")
