"""Pages as HTML: whole, or only what a request of htmx is going to put into a page that is already there."""

from dataclasses import fields

from jinja2 import Environment

from app.model.timeline import Document
from app.render.pages import Frame, Page

MEDIA_TYPE = "text/html; charset=utf-8"

WHOLE, PART = "layouts/full.html", "layouts/bare.html"


def render(env: Environment, page: Page, frame: Frame, revision: int, *, part: bool = False) -> Document:
    """`page` in its frame; with `part`, its `<main>` and what changes around it. Both come from the same template."""
    names = {field.name: getattr(page, field.name) for field in fields(page)}
    around = {field.name: getattr(frame, field.name) for field in fields(frame)}
    template = env.get_template(page.template)
    text = template.render(names, **around, layout=PART if part else WHOLE, section=page.section)
    return Document(text.encode("utf-8"), MEDIA_TYPE, revision)
