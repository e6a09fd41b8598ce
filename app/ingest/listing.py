"""The rule that says where the headlines stand in an HTML page: CSS selectors, for sources without a feed.

    item=.news-list li; title=h3; link=a@href; date=time@datetime

`item` finds each headline's element; the others look inside it. `@name` after a selector takes an attribute instead
of the text. Without `title` it is the link's text, without `link` the first `a` with an address, without `date` there
is no date.
"""

import re
from dataclasses import dataclass
from typing import Self

from cssselect import HTMLTranslator, SelectorError

MAX_RULE_CHARS = 1_000

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
        """Read `item=…; title=…; link=…; date=…`. ValueError, with what is wrong, for anything else."""
        if len(rule) > MAX_RULE_CHARS:
            raise ValueError(f"a rule has at most {MAX_RULE_CHARS} characters")
        parts: dict[str, str] = {}
        for part in filter(str.strip, rule.split(";")):
            name, equals, selector = part.partition("=")
            if not equals or name.strip() not in ("item", "title", "link", "date") or not selector.strip():
                raise ValueError(f"{part.strip()!r}: expected item=, title=, link= or date= and a CSS selector")
            parts[name.strip()] = selector
        if "item" not in parts:
            raise ValueError("a rule needs item= and the CSS selector of one headline's element")
        return cls(
            Pick.of(parts["item"]),
            Pick.of(parts["title"]) if "title" in parts else None,
            Pick.of(parts["link"], "href") if "link" in parts else None,
            Pick.of(parts["date"]) if "date" in parts else None,
            rule,
        )
