"""Who sends headlines with idempotency keys, and who edits the day at the desk. Both keep a list of what was
acknowledged."""

import json
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from benchmarks.load.asking import Answer, Balancer
from benchmarks.load.feeds import WORDS
from benchmarks.speed.corpus import LAST

ADDRESS = "/api/v1/headlines"
OUTLET = "wire.example"
PASSWORD = "a quiet yurt in the wind"


@dataclass(slots=True)
class Acknowledged:
    """What was answered with success. `headlines` are addresses and the ids that they were given; `unlike` are answers
    to a repetition that were not the first answer."""

    headlines: dict[str, int] = field(default_factory=dict)
    bodies: int = 0
    repeated: int = 0
    unlike: list[str] = field(default_factory=list)
    deeds: int = 0
    uncertain: int = 0
    """Deeds at the desk without an answer: done or not."""


class Sender:
    """Sends bodies of a few headlines. What was not acknowledged is sent again, with its key, until it is; now and then
    something is sent again that was."""

    def __init__(self, secret: str, seed: int, acknowledged: Acknowledged) -> None:
        self._secret, self._chance, self._acknowledged = secret, Random(seed), acknowledged
        self._lock = threading.Lock()
        self._open: deque[tuple[str, bytes]] = deque()
        self._done: deque[tuple[str, bytes, bytes]] = deque(maxlen=50)
        self._made = 0

    def waiting(self) -> int:
        """How many bodies are not acknowledged."""
        return len(self._open)

    def send(self, balancer: Balancer, *, new: bool = True) -> Answer | None:
        """One request: an old body that is still open, one that was acknowledged, or (`new`) a new one."""
        with self._lock:
            before = b""
            if self._open and (not new or self._chance.random() < 0.7):
                key, body = self._open.popleft()
            elif not new:
                return None
            elif self._done and self._chance.random() < 0.1:
                key, body, before = self._chance.choice(self._done)
            else:
                key, body = self._fresh()
        headers = {
            "Authorization": f"Bearer {self._secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": f'"{key}"',
        }
        answer = balancer.send(ADDRESS, headers, body)
        with self._lock:
            self._noted(key, body, before, answer)
        return answer

    def _fresh(self) -> tuple[str, bytes]:
        self._made += 1
        items = [self._item(n) for n in range(self._chance.randint(1, 5))]
        return f"part-{self._made}", json.dumps(items, ensure_ascii=False).encode()

    def _item(self, n: int) -> dict[str, str]:
        subject, place, event, told = (self._chance.choice(words.split("|")) for words in WORDS)
        title = f"{subject} {place} {self._chance.randint(2, 999)} хувиар {event} {told}: {self._made}-{n}"
        return {"title": title, "url": f"https://{OUTLET}/{self._made}/{n}"}

    def _noted(self, key: str, body: bytes, before: bytes, answer: Answer) -> None:
        if answer.status != 200:
            if not before:
                self._open.append((key, body))
            return
        ids = [one["id"] for one in json.loads(answer.body)["items"]]
        urls = [one["url"] for one in json.loads(body)]
        if before:
            self._acknowledged.repeated += 1
            if answer.body != before:
                self._acknowledged.unlike.append(key)
        else:
            self._acknowledged.bodies += 1
            self._acknowledged.headlines.update(zip(urls, ids, strict=True))
            self._done.append((key, body, answer.body))


class Editor:
    """Takes headlines of a day into its digest and out, pins and moves them; signs in anew when a session has ended."""

    def __init__(self, name: str, seed: int, acknowledged: Acknowledged) -> None:
        self._name, self._chance, self._acknowledged = name, Random(seed), acknowledged
        self._cookies: dict[str, str] = {}
        self._page = f"/desk/mn/days/{LAST}"
        self.signed_in = 0

    def act(self, balancer: Balancer) -> Answer:
        """A look at the day and one deed. The last answer."""
        found = self._ask(balancer, self._page)
        if found.status == 303:
            if (entered := self._enter(balancer)).status != 303:
                return entered
            found = self._ask(balancer, self._page)
        if found.status != 200:
            return found
        form = self._form(found.body.decode())
        answer = self._ask(balancer, self._page, form)
        if answer.status == 303 and "said=saved" in answer.headers.get("location", ""):
            self._acknowledged.deeds += 1
        elif not answer.status or answer.status >= 500:
            self._acknowledged.uncertain += 1
        return answer

    def _enter(self, balancer: Balancer) -> Answer:
        page = self._ask(balancer, "/desk/mn/login")
        if page.status != 200:
            return page
        self.signed_in += 1
        form = {"csrf": _hidden(page.body.decode(), "csrf"), "name": self._name, "password": PASSWORD}
        return self._ask(balancer, "/desk/mn/login", form)

    def _form(self, page: str) -> dict[str, str]:
        """One of the buttons of the page."""
        forms = re.findall(r'<form method="post" action="[^"]*" class="one">(.*?)</form>', page, re.DOTALL)
        deeds = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]
        own = [deed for deed in deeds if deed.get("do") in ("in", "out", "up", "down", "first", "pin", "unpin")]
        full = sum(deed["do"] == "out" for deed in own)
        wanted = ("in",) if full < 10 else ("out", "up", "down", "first", "pin", "unpin")
        return self._chance.choice([deed for deed in own if deed["do"] in wanted] or own)

    def _ask(self, balancer: Balancer, path: str, form: dict[str, str] | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is None:
            answer = balancer.read(path, headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            answer = balancer.send(path, headers, urlencode(form).encode())
        for line in filter(None, answer.headers.get("set-cookie", "").split("\n")):
            name, _, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            self._cookies[name] = value
            if not value:
                del self._cookies[name]
        return answer


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    return found[1] if found else ""
