"""Pages as HTML: whole, or only what a request of htmx is going to put into a page that is already there."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from jinja2 import Environment

from app.model.timeline import Document
from app.render.environment import environment
from app.render.metadata import describe
from app.render.pages import Frame, Page

MEDIA_TYPE = "text/html; charset=utf-8"

WHOLE, PART = "layouts/full.html", "layouts/bare.html"


@dataclass(frozen=True, slots=True)
class HtmlRenderer:
    """Renders pages with the templates of one folder. Safe to share between threads."""

    env: Environment

    @classmethod
    def open(cls, templates: Path) -> Self:
        """A renderer for the templates in a folder."""
        return cls(environment(templates))

    def render(self, page: Page, frame: Frame, revision: int, *, part: bool = False) -> Document:
        """`page` in its frame; with `part`, its `<main>` and what changes around it. Both come from one template."""
        names = {field.name: getattr(page, field.name) for field in fields(page)}
        around = {field.name: getattr(frame, field.name) for field in fields(frame)}
        template = self.env.get_template(page.template)
        told = None if part else describe(page, frame)
        about = {"layout": PART if part else WHOLE, "section": page.section, "listed": page.listed, "told": told}
        text = template.render(names, **around, **about)
        return Document(text.encode("utf-8"), MEDIA_TYPE, revision)
