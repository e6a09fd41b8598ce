"""The cookies of the desk and what protects its forms.

Over TLS they are called `__Host-…`, which browsers take only with Secure, for this host alone and for all paths. The
session's is Lax, so that a link in a letter finds one signed in; what changes anything is a POST, and every POST has to
show the form's token and to come from our own pages, as far as the browser tells (Origin, Sec-Fetch-Site).
"""

import hmac
from urllib.parse import urlsplit

from starlette.responses import Response

from app.model.editor import LONGEST, csrf_of, is_session_secret
from app.web.visit import Visit

SESSION = "ortoo-desk"
LOGIN = "ortoo-login"
"""Before anybody is signed in, the token of the form of signing in belongs to this one."""


def is_tls(visit: Visit) -> bool:
    """Whether the reader is connected by TLS, as far as we are told: the public address decides where one is set."""
    return visit.origin().startswith("https://")


def name_of(visit: Visit, cookie: str) -> str:
    """What a cookie is called here."""
    return f"__Host-{cookie}" if is_tls(visit) else cookie


def secret_in(visit: Visit, cookie: str) -> str | None:
    """The secret that the browser sent in a cookie, None for none, or what cannot be one."""
    given = visit.request.cookies.get(name_of(visit, cookie), "")
    return given if is_session_secret(given) else None


def give(response: Response, visit: Visit, cookie: str, secret: str) -> None:
    """Have the browser keep a secret until its session must have ended."""
    strict = cookie == LOGIN
    response.set_cookie(
        name_of(visit, cookie),
        secret,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=is_tls(visit),
        httponly=True,
        samesite="strict" if strict else "lax",
    )


def take_back(response: Response, visit: Visit, cookie: str) -> None:
    """Have the browser forget a secret."""
    response.delete_cookie(name_of(visit, cookie), path="/", secure=is_tls(visit), httponly=True, samesite="lax")


def is_own_form(secret: str, token: str) -> bool:
    """Whether a form carries the token of this secret; compared in constant time."""
    return hmac.compare_digest(csrf_of(secret).encode(), token.encode("utf-8", "replace"))


def is_own_page(visit: Visit) -> bool:
    """Whether the request comes from a page of ours, as far as the browser tells. One that tells nothing is left to
    the form's token."""
    headers = visit.request.headers
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    ours = {headers.get("host", ""), urlsplit(visit.origin()).netloc} - {""}
    return urlsplit(origin).netloc in ours
