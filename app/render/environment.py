"""The only home of Jinja: one environment, built once, safe to share between threads."""

import json
import re
from collections.abc import Callable, MutableMapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.i18n import Translator
from app.lexicon.reading import capitals_of
from app.model.day import ULAANBAATAR, day_of
from app.model.language import ENDONYMS, UI_LANGUAGES
from app.render import charts, desk_words, health, naming, typography
from app.render.citations import of_day, of_headline
from app.render.entries import COVERAGES
from app.render.formats import FORMATS
from app.render.formats.outlets import REGISTER_FORMATS
from app.render.fragments import Fragments
from app.render.markdown import markdown
from app.timeline.chips import Chip
from app.timeline.links import EVERYTHING, SHARE_TARGETS, in_format, permalink, share


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Jinja lays a dictionary of the template's own over ours, mostly an empty one, and looks through both in
        Python for every import and include, a tenth of a page."""
        return super().make_globals(d) if d else self.globals


def environment(folder: Path) -> Environment:
    """An environment for the templates in `folder`: everything escaped, an unknown name is an error."""
    env = _Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.filters.update(FILTERS)
    fragments = Fragments()
    env.globals.update(
        endonyms=ENDONYMS,
        ui_languages=UI_LANGUAGES,
        everything=EVERYTHING,
        output_formats=FORMATS,
        register_formats=REGISTER_FORMATS,
        in_format=in_format,
        kept=fragments.kept,
        lines=fragments.lines,
        permalink=permalink,
        share=share,
        share_targets=tuple(SHARE_TARGETS),
    )
    return env


def own_day(when: date | datetime) -> date:
    """The Ulaanbaatar day of an instant; a day is its own."""
    return day_of(when) if isinstance(when, datetime) else when


def iso_minute(instant: datetime) -> str:
    """An instant for a `datetime` attribute, in Ulaanbaatar time: 2026-01-14T17:45+08:00."""
    return instant.astimezone(ULAANBAATAR).isoformat(timespec="minutes")


def label(chip: Chip, t: Translator, endonym: bool = True) -> str:
    """What a chip says; a language by its own name (`endonym`), as its control has it, or by its name in `t`."""
    if chip.kind == "lang":
        return (endonym and ENDONYMS.get(chip.language)) or t.language_title(chip.language)
    if chip.outlet is not None:
        return chip.outlet.name(t.ui)
    if chip.day is not None:
        return t.text("filter.from" if chip.kind == "from" else "filter.to", day=t.dated(chip.day, "short-year"))
    if chip.kind == "coverage":
        return t.text(COVERAGES[chip.text])
    return f"“{chip.text}”"


_CODE = re.compile(r"`([^`]+)`")


def code(text: str) -> Markup:
    """A text whose `pieces between backticks` are code."""
    pieces = _CODE.split(text)  # every second one was between them
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else escape(p) for n, p in enumerate(pieces))


def filled(t: Translator, key: str, **values: object) -> Markup:
    """A message whose placeholders may hold markup; all else is escaped."""
    return escape(t.pattern(key)).format_map(values)


def plainly(number: float, t: Translator) -> str:
    """A number that two headlines share, as its language writes it: 31,000 or 2.5."""
    return t.exactly(number)


def monthly(month: int, t: Translator) -> str:
    """The name of a month from 1 to 12."""
    return t.dated(date(2000, month, 1), "month")


def raw_text(raw: bytes) -> str:
    """Bytes as far as they are text."""
    return raw.decode("utf-8", "replace")


def pretty(value: object) -> str:
    """A state of the audit, line by line."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


FILTERS: dict[str, Callable[..., object]] = {
    "caps": typography.caps_class,
    "titled": typography.titled,
    "found": typography.found,
    "notes": typography.with_notes,
    "note_markers": typography.note_markers,
    "excerpt": typography.excerpt,
    "minutes": typography.minutes,
    "words": typography.words,
    "is_old": typography.is_old,
    "kept": capitals_of,
    "lang": typography.lang_tag,
    "href": typography.href,
    "iso_minute": iso_minute,
    "day_of": own_day,
    "code": code,
    "filled": filled,
    "label": label,
    "cite_headline": of_headline,
    "cite_day": of_day,
    "ribbon": charts.ribbon,
    "bars": charts.bars,
    "daily": charts.daily,
    "standing": health.head,
    "summary": health.summary,
    "why": health.why,
    "silence": health.silence,
    "outcome": health.outcome,
    "doubt": health.doubt,
    "clock": health.clock,
    "markdown": markdown,
    "pretty": pretty,
    "raw_text": raw_text,
    "plainly": plainly,
    "monthly": monthly,
    "desk_role": desk_words.role,
    "desk_scope": desk_words.scope,
    "desk_action": desk_words.action,
    "desk_thing": desk_words.thing,
    "kind": naming.kind,
    "country": naming.country,
}
"""What templates may do to a value besides Jinja's own filters."""
