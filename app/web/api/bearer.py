"""Who sends: `Authorization: Bearer …` (RFC 6750), before anything of a body is read.

A token is taken from the header only, never from an address, which is logged; no message and no log holds one.
"""

from datetime import datetime

from app.model.token import Scope, Token, is_secret
from app.web.api.quota import PerMinute, network_of, too_many
from app.web.refusal import Refusal
from app.web.visit import Visit

REALM = 'Bearer realm="ortoo"'
FAILURES = "failures"


def bearer(visit: Visit, scope: Scope, failures: PerMinute[str]) -> Token:
    """The live token of a request, which has the scope. `failures` counts wrong tokens by address; after so many in a
    minute (ORTOO_API_FAILURES) nothing from there is looked at.

    Refusal: 400 for two headers or no token in one, 401 without a live token, 403 without the scope, 429."""
    now, most = visit.site.clock(), visit.site.settings.api_failures
    client = visit.request.client
    address = network_of(client.host) if client else ""
    if failures.count(address, now) >= most:
        raise too_many(FAILURES, most, now, f"Over {most} wrong tokens a minute came from this address.")
    secret = _secret(visit)
    token = _token(visit, secret) if is_secret(secret) else None
    if token is None or not token.is_live(now):
        failures.add(address, now)
        raise dead(token, now)
    if scope not in token.scopes:
        message = f"This token may not do that: it has {', '.join(token.scopes)}, and {scope} is needed."
        raise Refusal(
            403,
            "insufficient-scope",
            "Not allowed",
            message,
            {"www-authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'},
            scope=scope.value,
        )
    return token


def dead(token: Token | None, now: datetime) -> Refusal:
    """401 for a token that is none, or none any more."""
    why = "revoked" if token and token.revoked_at else "expired" if token and not token.is_live(now) else "unknown"
    message = f"This token is {why}. An operator makes a new one: ortoo token add NAME --scope ingest."
    header = f'{REALM}, error="invalid_token", error_description="The token is {why}"'
    return Refusal(401, "invalid-token", "Not a valid token", message, {"www-authenticate": header})


def _secret(visit: Visit) -> str:
    given = visit.request.headers.getlist("authorization")
    if not given:
        raise _none()
    scheme, _, secret = given[0].strip().partition(" ")
    if len(given) > 1 or (scheme.lower() == "bearer" and not secret.strip()):
        message = "Send one Authorization header, with one token: Authorization: Bearer ortoo_…"
        header = f'{REALM}, error="invalid_request"'
        raise Refusal(400, "invalid-request", "Bad authorization", message, {"www-authenticate": header})
    if scheme.lower() != "bearer":
        raise _none()
    return secret.strip()


def _none() -> Refusal:
    message = "A token is needed: Authorization: Bearer ortoo_… (an operator makes one: ortoo token add NAME)."
    return Refusal(401, "no-token", "A token is needed", message, {"www-authenticate": REALM})


def _token(visit: Visit, secret: str) -> Token | None:
    with visit.site.store.reading() as reader:
        return reader.access.token(secret)
