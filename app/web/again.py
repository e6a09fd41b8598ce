"""A replica that fails while a page is made costs its reader nothing: the page is made once more, of the primary."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.store import ReplicaLost

AGAIN = "ortoo.again"
"""In the scope of a request that is answered for the second time."""


class AskedAgain:
    """ASGI middleware that lets a request for reading be answered a second time when a replica was lost over it. Once
    the answer's head has gone out nothing can be taken back, so streams do not read from replicas."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, if need be twice."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(dict(scope), receive, sending)
        except ReplicaLost:
            if begun:
                raise
            await self.app({**scope, AGAIN: True}, receive, send)
