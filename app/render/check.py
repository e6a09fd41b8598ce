"""Whether every template can be compiled."""

from pathlib import Path

from jinja2 import TemplateError

from app.render.environment import environment


def broken_templates(folder: Path) -> list[str]:
    """`name: what is wrong` for every template of a folder that cannot be compiled; one line where there is none."""
    env = environment(folder)
    names = env.list_templates(extensions=["html"])
    found = [] if names else [f"{folder}: there are no templates"]
    for name in names:
        try:
            env.get_template(name)
        except (TemplateError, OSError, UnicodeDecodeError) as error:
            found.append(f"{name}: {error}")
    return found
