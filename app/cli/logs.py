"""How lines are logged: for people, or as JSON, one object a line. No line carries a password or a token."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from app.model.request import request_id

_SECRETS = (
    (re.compile(r"(://[^\s:/@]*):[^\s/@]+@"), r"\1:***@"),  # an address with a password
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+"), r"\1 ***"),
    (re.compile(r"(?i)\b((?:[a-z_-]*token|password|secret|key)=)[^\s&\"']+"), r"\1***"),
)

FORMATS = ("human", "json")


def without_secrets(text: str) -> str:
    """The same without what only its owner may know."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class Human(logging.Formatter):
    """`2026-01-15T09:00:00Z WARNING app.worker.run [number] message`, a traceback below."""

    def format(self, record: logging.LogRecord) -> str:
        """A line, or several with a traceback."""
        number = request_id()
        where = f"{record.name} [{number}]" if number else record.name
        text = f"{_at(record)} {record.levelname} {where} {record.getMessage()}"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return without_secrets(text)


class Json(logging.Formatter):
    """An object with `at`, `level`, `logger`, `message`, and where there is one `request` and `error`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        facts: dict[str, Any] = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if number := request_id():
            facts["request"] = number
        if record.exc_info:
            facts["error"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(facts, ensure_ascii=False)


def _at(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S}.{int(record.msecs):03}Z"


def config(log_format: str, level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything to standard error in one form, at `level` and above."""
    form = Json if log_format == "json" else Human
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{form.__module__}.{form.__qualname__}"}},
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"level": level.upper(), "handlers": ["err"]},
        "loggers": {
            name: {"level": level.upper(), "handlers": [], "propagate": True}
            for name in ("uvicorn", "uvicorn.error", "uvicorn.access")
        },
    }
