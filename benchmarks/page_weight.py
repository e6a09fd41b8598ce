"""What a first visit costs: bytes over the wire by kind, layout shift, largest paint. In a real Chromium, empty cache.

    .venv/bin/python benchmarks/page_weight.py [--pages /en/,/mn/2026-01-15]

The paper is the sample digest. `fast`: the loopback as it is. `phone`: Lighthouse's mid-range phone, a processor four
times slower behind 1.6 Mbit/s with 150 ms to the server and back. Server and browser share this machine's processors: a
busy machine paints late. Exit code 1 when a budget is exceeded.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.cli.sample import load_sample
from app.clock import system_clock
from app.settings import Settings
from app.store import Store
from app.web.app import create_app

PAGES = "/en/,/mn/,/en/2026-01-15,/mn/2026-01-15"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
RUNS = 3

FIRST_VIEW_KB, HTML_KB, LCP_MS = 120, 30, 1000
"""The budgets: bytes over the wire of the first view and of its HTML, in kB of 1000, and the largest paint."""

WATCH = """
window.seen = { lcp: 0, cls: 0 };
new PerformanceObserver((l) => { for (const e of l.getEntries()) seen.lcp = e.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) seen.cls += e.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit: bytes over the wire by kind of resource, largest paint in ms, layout shift, number of requests."""

    sizes: dict[str, int]
    lcp: float
    cls: float
    fcp: float
    requests: int

    @property
    def total(self) -> int:
        return sum(self.sizes.values())


def served(store: Store) -> tuple[uvicorn.Server, str]:
    """A running server and its address."""
    config = uvicorn.Config(create_app(Settings(), store), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    (listener,) = server.servers[0].sockets
    return server, f"http://127.0.0.1:{listener.getsockname()[1]}"


def counted(session: CDPSession) -> tuple[dict[str, int], set[str]]:
    """Bytes over the wire by kind, headers included, filled in as answers end."""
    kinds: dict[str, str] = {}
    sizes: defaultdict[str, int] = defaultdict(int)

    def named(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def ended(event: dict[str, Any]) -> None:
        sizes[kinds.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    session.on("Network.responseReceived", named)
    session.on("Network.loadingFinished", ended)
    session.send("Network.enable")
    return sizes, kinds.keys()  # type: ignore[return-value]


def visit(browser: Browser, address: str, slow: bool) -> Seen:
    """One visit with an empty cache and without a service worker, which starts after the page is there."""
    context = browser.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page: Page = context.new_page()
    session = context.new_cdp_session(page)
    sizes, requests = counted(session)
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)  # what the page asks for afterwards, too
    told = page.evaluate("({...seen, fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0})")
    context.close()
    return Seen(dict(sizes), told["lcp"], told["cls"], told["fcp"], len(requests))


def report(name: str, profile: str, runs: list[Seen]) -> bool:
    """A line for a page in one profile; whether it keeps within the budgets."""
    median = sorted(runs, key=lambda seen: seen.lcp)[len(runs) // 2]
    cls = max(seen.cls for seen in runs)
    fcp = statistics.median(seen.fcp for seen in runs)
    kinds = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(median.sizes.items()))
    print(f"{name:16} {profile:5} {median.total / 1000:6.1f} kB in {median.requests} ({kinds})")
    print(f"{'':16} {'':5} first paint {fcp:5.0f} ms, largest {median.lcp:5.0f} ms, layout shift {cls:.4f}")
    within = median.total <= FIRST_VIEW_KB * 1000 and median.sizes["Document"] <= HTML_KB * 1000 and cls == 0
    return within and (profile == "fast" or median.lcp < LCP_MS)


def main() -> int:
    """Measure every page in both profiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default=PAGES)
    wanted = parser.parse_args().pages.split(",")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no Chromium here: nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Store.open(f"sqlite:///{folder}/page.db")
        store.migrate()
        load_sample(store, system_clock())
        server, site = served(store)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        visit(browser, site + wanted[0], slow=False)  # the first one warms the server up
        good = [
            report(name, profile, [visit(browser, site + name, profile == "phone") for _ in range(RUNS)])
            for name in wanted
            for profile in ("fast", "phone")
        ]
        browser.close()
        server.should_exit = True
        store.close()
    print("all within the budgets" if all(good) else "over a budget")
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
