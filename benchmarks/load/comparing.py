"""What was acknowledged against what is in the store."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.model.audit import AuditFilter
from app.store import Store
from app.store.export import Wanted
from benchmarks.load.feeds import Feeds, address_of
from benchmarks.load.writing import OUTLET, Acknowledged

DEEDS = ("take-in", "take-out", "pin", "unpin", "order")


@dataclass(frozen=True, slots=True)
class Compared:
    """Headlines that were acknowledged and are not there, that are there twice, that nobody sent; feeds of which more
    was told than there is, and those that were never read to their end."""

    acknowledged: int
    fetched: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    strange: tuple[str, ...]
    told_too_much: tuple[int, ...]
    unread: tuple[int, ...]
    deeds_lost: int

    @property
    def faults(self) -> list[str]:
        """In words; nothing when all is as it has to be."""
        found = [f"lost: {url}" for url in self.lost] + [f"there twice: {url}" for url in self.twice]
        found += [f"nobody sent: {url}" for url in self.strange]
        found += [f"feed {n}: more told than there is" for n in self.told_too_much]
        found += [f"feed {n}: not read to its end" for n in self.unread]
        return found + ([f"{self.deeds_lost} deeds at the desk without their entry"] if self.deeds_lost else [])


def compare(store: Store, acknowledged: Acknowledged, feeds: Feeds, told: dict[int, int], settled: bool) -> Compared:
    """`told` are the new headlines that workers told of each feed. Feeds that never turned have to be in the store
    whole (`settled`: workers had the time for it)."""
    ids: dict[str, list[int]] = {}
    for url, number in _stored(store):
        ids.setdefault(url, []).append(number)
    sent = acknowledged.headlines
    by_host = Counter(urlsplit(url).hostname for url in ids)
    of_feed = {n: by_host[urlsplit(address_of(n, 0)).hostname] for n in range(feeds.count)}
    possible = {address_of(feed, n) for feed in of_feed for n in range(feeds.items())}
    return Compared(
        acknowledged=len(sent),
        fetched=sum(of_feed.values()),
        lost=tuple(url for url, number in sent.items() if number not in ids.get(url, ())),
        twice=tuple(url for url, numbers in ids.items() if len(numbers) > 1),
        strange=tuple(url for url in ids if _is_ours(url) and url not in possible),
        told_too_much=tuple(n for n, count in of_feed.items() if told.get(n, 0) > count),
        unread=tuple(n for n, count in of_feed.items() if settled and n not in feeds.turning and count < feeds.items()),
        deeds_lost=max(0, acknowledged.deeds - _audited(store)),
    )


def _is_ours(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host != OUTLET and (host.startswith(("feed", "flood")) or not host.endswith(".example"))


def _stored(store: Store) -> Iterable[tuple[str, int]]:
    for record in store.export(Wanted()):
        yield str(record.url), record.id


def _audited(store: Store) -> int:
    with store.reading() as reader:
        return sum(entry.action in DEEDS for entry in reader.audit.walk(AuditFilter()))


def told_of(logs: Iterable[Path], numbers: dict[int, int]) -> dict[int, int]:
    """Feed -> new headlines that workers have told, from what they wrote. `numbers`: source -> feed."""
    told: Counter[int] = Counter()
    for fetch in (fetch for log in logs for fetch in fetches_in(log)):
        told[numbers[fetch["source"]]] += 0 if fetch["lost"] else fetch["added"]
    return dict(told)


def fetches_in(log: Path) -> Iterator[dict[str, Any]]:
    """What a worker told of its fetches; a line that it was killed in the middle of tells nothing."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("{"):
            with suppress(ValueError):
                yield json.loads(line)


def is_settled(store: Store, feeds: Feeds) -> bool:
    """Whether every feed that never turned is in the store to its end."""
    steady = [n for n in range(feeds.count) if n not in feeds.turning]
    domains = tuple(str(urlsplit(address_of(n, 0)).hostname) for n in steady)
    stored = {record.url for record in store.export(Wanted(outlets=domains))}
    return all(address_of(n, feeds.items() - 1) in stored for n in steady)
