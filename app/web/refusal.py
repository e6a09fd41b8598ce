"""A request that HTTP itself, or the API's own rules, do not let through."""

from collections.abc import Mapping
from typing import Any

from app.errors import OrtooError


class Refusal(OrtooError):
    """Raised by endpoints of the API for what only HTTP knows: 401, 403, 405, 406, 409, 413, 415, 422, 429. `code` is
    for programs and becomes the problem's type, `title` says the kind in a few words, `message` what is wrong with this
    request and what to do. `headers` go along; further `facts` become members of the problem document."""

    def __init__(
        self, status: int, code: str, title: str, message: str, headers: Mapping[str, str] | None = None, **facts: Any
    ) -> None:
        super().__init__(message, **facts)
        self.status = status
        self.code = code
        self.title = title
        self.headers = dict(headers or {})
