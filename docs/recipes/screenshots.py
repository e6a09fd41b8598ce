"""Make docs/screenshots anew, from a running server with the sample digest.

    .venv/bin/ortoo serve --sample --port 8000 &
    .venv/bin/python docs/recipes/screenshots.py http://127.0.0.1:8000 docs/screenshots

Needs Playwright (a development dependency) and the system's Chromium.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SLUG = "yongusil-100-mongolia-and-the-korean-security-crisis"
PICTURES = (
    ("timeline", "/", "en", 1440, "light"),
    ("timeline", "/", "en", 390, "dark"),
    ("timeline", "/", "mn", 820, "light"),
    ("day", "/2026-01-15", "en", 1440, "light"),
    ("day", "/2026-01-15", "mn", 1440, "dark"),
    ("day", "/2026-01-15", "mn", 390, "light"),
    ("month", "/archive/2026-01", "mn", 390, "light"),
    ("archive", "/archive/2026", "en", 1440, "light"),
    ("outlet", "/outlets/montsame.mn", "mn", 1440, "light"),
    ("article", f"/analysis/{SLUG}", "en", 1440, "light"),
    ("search", "/search?q=visa", "en", 1440, "dark"),
    ("story", "/stories/1", "en", 1440, "light"),
    ("story", "/stories/1", "mn", 390, "dark"),
    ("headline", "/headlines/1", "mn", 1440, "light"),
)
"""Name, address, edition, width in CSS pixels, theme."""


def main(site: str, folder: Path) -> None:
    """Every picture, 900 CSS pixels high."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, address, ui, width, theme in PICTURES:
            size = {"width": width, "height": 900}
            page = browser.new_page(viewport=size, color_scheme=theme)  # type: ignore[arg-type]
            page.goto(f"{site}/{ui}{address}", wait_until="networkidle")
            page.screenshot(path=folder / f"{name}-{ui}-{width}-{theme}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
