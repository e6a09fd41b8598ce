"""The rule that says where the headlines stand in an HTML page: CSS selectors, for sources without a feed.

    item=.news-list li; title=h3; link=a@href; date=time@datetime

`item` finds each headline's element; the others look inside it. `@name` after a selector takes an attribute instead
of the text. Without `title` it is the link's text, without `link` the first `a` with an address, without `date` there
is no date.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cssselect import HTMLTranslator, SelectorError

MAX_RULE_CHARS = 1_000

_PARTS = ("item", "title", "link", "date")

_PART = re.compile(r"(?P<selector>.*?)(?:@(?P<attribute>[A-Za-z_][\w:.-]*))?", re.S)


@dataclass(frozen=True, slots=True)
class Pick:
    """One selector, as XPath, and the attribute to take; None: the text."""

    xpath: str
    attribute: str | None = None

    @classmethod
    def of(cls, text: str, attribute: str | None = None) -> Self:
        """`a.title@href`. ValueError for what is no CSS selector."""
        found = _PART.fullmatch(text.strip())
        assert found is not None
        selector = found["selector"].strip() or "*"
        try:
            xpath = HTMLTranslator().css_to_xpath(selector)
        except (SelectorError, RecursionError) as error:
            raise ValueError(f"{selector!r} is no CSS selector: {error}") from error
        return cls(xpath, found["attribute"] or attribute)


@dataclass(frozen=True, slots=True)
class Listing:
    """A source's rule. Compare the module's text for what is left out. `text` is the rule as it was written."""

    item: Pick
    title: Pick | None = None
    link: Pick | None = None
    date: Pick | None = None
    text: str = ""

    @classmethod
    def of(cls, rule: str) -> Self:
        """Read `item=…; title=…; link=…; date=…`, or the same as a JSON object. ValueError, with what is wrong, for
        anything else."""
        if len(rule) > MAX_RULE_CHARS:
            raise ValueError(f"a rule has at most {MAX_RULE_CHARS} characters")
        parts = _of_json(rule) if rule.lstrip().startswith("{") else _of_text(rule)
        if "item" not in parts:
            raise ValueError("a rule needs item= and the CSS selector of one headline's element")
        return cls(
            Pick.of(parts["item"]),
            Pick.of(parts["title"]) if "title" in parts else None,
            Pick.of(parts["link"], "href") if "link" in parts else None,
            Pick.of(parts["date"]) if "date" in parts else None,
            rule,
        )

    @classmethod
    def load(cls, given: str) -> Self:
        """A rule as it is written, or from a file with the members `item`, `title`, `link` and `date` (.json, .toml).
        ValueError, with what is wrong, for anything else and for a file that cannot be read."""
        if not given.lower().endswith((".json", ".toml")):
            return cls.of(given)
        try:
            text = Path(given).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{given} cannot be read: {error}") from error
        if given.lower().endswith(".json"):
            return cls.of(text)
        try:
            return cls.of(json.dumps(tomllib.loads(text), ensure_ascii=False, default=str))
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{given} is no TOML: {error}") from error


def _of_text(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in filter(str.strip, rule.split(";")):
        name, equals, selector = part.partition("=")
        _add(parts, name.strip(), selector if equals else "", part.strip())
    return parts


def _of_json(rule: str) -> dict[str, str]:
    try:
        value = json.loads(rule)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the rule is no JSON: {error}") from error
    parts: dict[str, str] = {}
    for name, selector in value.items():
        _add(parts, name, selector if isinstance(selector, str) else "", f"{name} = {selector!r}")
    return parts


def _add(parts: dict[str, str], name: str, selector: str, told: str) -> None:
    if name not in _PARTS or not selector.strip():
        raise ValueError(f"{told!r}: expected item=, title=, link= or date= and a CSS selector")
    if name in parts:
        raise ValueError(f"{name} is given twice")
    parts[name] = selector
