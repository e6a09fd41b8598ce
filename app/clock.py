"""The only place that asks what time it is. Everything else is handed a `Clock`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""A function that answers an aware UTC instant."""


def system_clock() -> datetime:
    """Now, aware, UTC."""
    return datetime.now(UTC)
