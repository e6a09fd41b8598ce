"""`/desk/{ui}/people` and `/desk/{ui}/tokens`: who may sign in, which programs may come."""

from datetime import timedelta

from starlette.responses import Response

from app.desk import people as hall
from app.errors import BadFilter, DeskRefused, NotFound
from app.model.editor import Right, Role
from app.model.token import SECRET_BYTES, Scope, secret_of
from app.render.desk_pages import DeskPeoplePage, DeskTokensPage
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

MAX_DAYS = 3650


@desk.page("/people", Right.GOVERN)
def people(sitting: Sitting) -> Response:
    """Everybody."""
    with sitting.store.reading() as reader:
        everybody = reader.editors.all()
    return sitting.show(DeskPeoplePage(sitting.frame, everybody), "/people")


@desk.deed("/people", Right.GOVERN)
def change(sitting: Sitting) -> Response:
    """What its forms do."""
    form, store, who, now = sitting.form, sitting.store, sitting.who, sitting.now
    name = form.one("name").casefold()
    try:
        match form.one("do"):
            case "add":
                passwords = sitting.backstage.passwords
                hall.add(store, passwords, who, name, _role(sitting), form.text("password"), now)
                return sitting.done("added")
            case "role":
                hall.set_role(store, who, name, _role(sitting), now)
            case "disable" | "enable":
                hall.switch(store, who, name, now, on=form.one("do") == "enable")
            case "end":
                hall.end_sessions(store, who, name, now)
                return sitting.done("ended")
    except NotFound as error:
        raise DeskRefused(error.message, reason="not-there") from error
    return sitting.done("saved")


def _role(sitting: Sitting) -> Role:
    given = sitting.form.one("role")
    return Role(given) if given in tuple(Role) else Role.EDITOR


@desk.page("/tokens", Right.GOVERN)
def tokens(sitting: Sitting) -> Response:
    """All tokens, without their secrets."""
    return _tokens(sitting)


@desk.deed("/tokens", Right.GOVERN)
def change_tokens(sitting: Sitting) -> Response:
    """Make one, whose secret is shown once and never stands in an address, or end one."""
    form, now = sitting.form, sitting.now
    if form.one("do") == "revoke":
        number = form.one("token")
        try:
            hall.revoke_token(sitting.store, sitting.who, int(number) if number.isdecimal() else 0, now)
        except NotFound as error:
            raise DeskRefused(error.message, reason="not-there") from error
        return sitting.done("ended")
    scopes = tuple(Scope(word) for word in form.all("scope") if word in tuple(Scope))
    if not scopes:
        raise DeskRefused("A token without a scope opens nothing.", reason="scope")
    days = form.one("days")
    expires_at = now + timedelta(days=min(int(days), MAX_DAYS)) if days.isdecimal() and int(days[:6]) else None
    secret = secret_of(sitting.backstage.random(SECRET_BYTES))
    try:
        hall.add_token(sitting.store, sitting.who, form.one("name"), scopes, secret, now, expires_at)
    except BadFilter as error:
        raise DeskRefused(error.message, reason="token-taken") from error
    return _tokens(sitting, secret)


def _tokens(sitting: Sitting, secret: str = "") -> Response:
    with sitting.store.reading() as reader:
        known = reader.access.tokens()
    return sitting.show(DeskTokensPage(sitting.frame, known, secret), "/tokens")
