"""The number of the request that is being answered, for whoever writes about it."""

from contextvars import ContextVar

REQUEST_ID: ContextVar[bytes] = ContextVar("request_id", default=b"")
"""ASCII; empty outside a request."""


def request_id() -> str:
    """The number as text; empty outside a request."""
    return REQUEST_ID.get().decode("ascii", "replace")
