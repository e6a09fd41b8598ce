"""Templates and the classes of their contexts are one to one, and use each other's names only."""

from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from app.render.desk_more_pages import DESK_PAGES
from app.render.environment import environment
from app.render.pages import PAGES as READERS
from app.render.pages import Frame, Page
from app.settings import resource_dir

TEMPLATES = resource_dir("templates")
PAGES = READERS + DESK_PAGES
ENV = environment(TEMPLATES)
ADDED = {"layout", "section", "listed", "told"}
"""What the renderer adds to a page's own fields and its frame's."""

GUARDED = {"after", "leads", "words"}
"""What a part asks for only where a page has it (`|default`)."""


def tree(name: str) -> nodes.Template:
    return ENV.parse((TEMPLATES / name).read_text("utf-8"))


def reached(name: str) -> set[str]:
    """A template with everything that it extends, includes or imports."""
    found, waiting = {name}, [name]
    while waiting:
        for other in meta.find_referenced_templates(tree(waiting.pop())):
            if other is not None and other not in found:
                found.add(other)
                waiting.append(other)
    return found


def names_of(name: str) -> set[str]:
    """The names that a page's template takes from its context, parts and both layouts included."""
    everything = reached(name) | reached("layouts/full.html") | reached("layouts/bare.html")
    used: set[str] = set()
    made: set[str] = set()
    for part in everything:
        used |= meta.find_undeclared_variables(tree(part))
        made |= {node.name for node in tree(part).find_all(nodes.Name) if node.ctx == "store"}
        made |= {name for node in tree(part).find_all(nodes.FromImport) for name in node.names if isinstance(name, str)}
    return used - made - set(ENV.globals)


def test_every_page_has_one_class_and_every_class_one_page() -> None:
    templates = sorted(p.relative_to(TEMPLATES).as_posix() for p in (TEMPLATES / "pages").glob("*.html"))
    assert sorted(page.template for page in PAGES) == templates


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_takes_what_its_class_gives(page: type[Page]) -> None:
    own = {field.name for field in fields(page)}
    frame = {field.name for field in fields(Frame)}
    assert not own & (frame | ADDED), "a page's field hides one of its frame"
    used = names_of(page.template)
    assert own <= used, f"{page.template} never uses {sorted(own - used)}"
    unknown = used - own - frame - ADDED - GUARDED
    assert not unknown, f"{page.template} asks for {sorted(unknown)}"


def test_every_part_is_used() -> None:
    used: set[str] = {"layouts/full.html", "layouts/bare.html"}
    for page in PAGES:
        used |= reached(page.template)
    used |= reached("layouts/full.html") | reached("layouts/bare.html")
    there = {p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html")}
    assert there == used


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: p.name)
def test_templates_keep_to_the_content_policy(path: Path) -> None:
    text = path.read_text("utf-8")
    for forbidden in ("<style", " style=", " onclick=", " onload=", "hx-on", "javascript:", "<script>", "js:"):
        assert forbidden not in text, f"{path.name}: {forbidden}"
