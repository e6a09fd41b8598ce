"""Make static/icons and app/render/data/wordmark.png anew, from static/favicon.svg and the wordmark's outlines.

    .venv/bin/python docs/recipes/icons.py .

Needs Chromium (CHROMIUM, /usr/bin/chromium by default); the development environment has Playwright and Pillow.
"""

import io
import os
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

INK, PAPER = "#15171b", "#fcfcfa"
SAFE = 1.3
"""A maskable icon may be cut to a circle of 80 % of its size: the sign is drawn so much smaller."""

WORD_PX, SCRIPT_PX, GAP_PX = 84, 97, 18
"""Heights of the word and of the vertical script beside it on the share image, and the gap between them."""


def drawn(page: Page, svg: str, width: int, height: int) -> Image.Image:
    """An SVG document as a picture of this size."""
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(f"<body style='margin:0;background:#fff'>{svg}</body>")
    return Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})))


def icon(page: Page, svg: str, size: int, scale: float) -> Image.Image:
    """The sign on its ink square."""
    box = re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', svg)
    assert box
    x, y, w, h = map(float, box.groups())
    wide, high = w * scale, h * scale
    view = f"{x - (wide - w) / 2} {y - (high - h) / 2} {wide} {high}"
    sized = svg.replace(
        box[0], f'viewBox="{view}" width="{size}" height="{size}" style="display:block;background:{INK}"'
    )
    return drawn(page, sized, size, size).convert("L").quantize(32)


def wordmark(page: Page, script: str, word: str) -> Image.Image:
    """The word with the vertical script on its right, black on white, turned into a mask (white is ink)."""
    parts, x = [], 0.0
    for svg, height in ((word, WORD_PX), (script, SCRIPT_PX)):
        box = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
        assert box
        width = height * float(box[1]) / float(box[2])
        top = (SCRIPT_PX - height) / 2
        style = f"position:absolute;left:{x:.2f}px;top:{top:.2f}px;width:{width:.2f}px;height:{height}px;color:#000"
        parts.append(svg.replace("<svg", f'<svg style="{style}"', 1))
        x += width + GAP_PX
    mask = drawn(page, "".join(parts), round(x - GAP_PX) + 1, SCRIPT_PX).convert("L")
    return mask.point(lambda value: 255 - value)


def main(root: Path) -> None:
    """Write every picture, and say how large it became."""
    svg = (root / "static/favicon.svg").read_text("utf-8")
    script, word = ((root / f"static/wordmark-{name}.svg").read_text("utf-8") for name in ("script", "word"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        made = {
            "static/icons/icon-192.png": icon(page, svg, 192, 1),
            "static/icons/icon-512.png": icon(page, svg, 512, 1),
            "static/icons/maskable-512.png": icon(page, svg, 512, SAFE),
            "static/icons/apple-touch-icon.png": icon(page, svg, 180, 1.12),
            "app/render/data/wordmark.png": wordmark(page, script, word),
        }
        browser.close()
    for name, picture in made.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        picture.save(target, optimize=True)
        sys.stdout.write(f"{name:40} {picture.size} {target.stat().st_size:6}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
