"""What a browser reports of a page."""

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, Request

Opened = Callable[..., Page]
"""Opens an address of the site; options are those of a browser context."""


WITHOUT_WORKER = "Service Worker registration blocked"
"""What a browser that keeps nothing says when a page offers to."""


class Watch:
    """What happened in a browser that should not have: errors on the console, requests to other hosts, breaches of the
    content policy. `expected` are pieces of messages that a test provokes on purpose."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.wrong: list[str] = []
        self.expected: list[str] = []

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "blob:", "about:")):
            self.wrong.append(f"another host: {request.url}")

    def follow(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("request", self.on_request)

    def unexpected(self) -> list[str]:
        return [w for w in self.wrong if not any(piece in w for piece in (*self.expected, WITHOUT_WORKER))]
