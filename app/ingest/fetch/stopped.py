"""What ends a fetch early."""

from app.model.fetch import FetchState


class Stopped(Exception):
    """A fetch ends in this state, for the reason that the message gives to people. It never leaves this room."""

    def __init__(self, state: FetchState, message: str) -> None:
        super().__init__(message)
        self.state = state
        self.message = message


def refused(message: str) -> Stopped:
    """The address is one that is not followed."""
    return Stopped(FetchState.REFUSED, message)
