"""Parameters of the query: what there are, and how they are read. Nothing is guessed: what is unknown, doubled or out
of bounds is refused with its name and what it takes."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from app.errors import BadFilter
from app.model.day import FIRST_DAY, LAST_DAY, parse_day
from app.model.filters import COVERAGE as COVERED
from app.model.filters import MAX_LANGUAGES, MAX_OUTLETS, MAX_QUERY_CHARS, MAX_TEXT_CHARS, TimelineFilter
from app.web.api.operations import Parameter
from app.web.problems import visible

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
MAX_FIELDS = 200
"""Values in one query; a browser's form has no more."""

_DAY = {"type": "string", "format": "date", "minLength": 10, "maxLength": 10}

LANG = Parameter(
    "lang",
    {"type": "string", "pattern": "^[a-z]{2,3}$"},
    "Only headlines in this language (ISO 639). May be repeated: any of them. Without it the two columns of the paper, "
    f"`en` and `mn`, are meant; other languages are there only when they are named. At most {MAX_LANGUAGES}.",
    "mn",
    repeated=True,
)
OUTLET = Parameter(
    "outlet",
    {"type": "string", "maxLength": 253},
    f"Only headlines of this outlet, by its domain. May be repeated: any of them. At most {MAX_OUTLETS}.",
    "montsame.mn",
    repeated=True,
)
Q = Parameter(
    "q",
    {"type": "string"},
    "Only headlines whose titles have all these words, in whatever form; an unfinished word is a beginning. `OR` "
    "between words, a phrase in quotes, `-word`, `outlet:`, `lang:`, `on:`, `after:` and `before:` as on the search "
    f"page. Any text is a question; what is longer than {MAX_TEXT_CHARS} characters is cut there.",
    "visa",
)
COVERAGE = Parameter(
    "coverage",
    {"type": "string", "enum": list(COVERED)},
    "Only headlines whose event is told in both languages (`both`), only in Mongolian (`mn`) or only in "
    "English (`en`).",
    "both",
)
FROM = Parameter("from", _DAY, "Only days from this one on (Asia/Ulaanbaatar).", "2026-01-01")
TO = Parameter("to", _DAY, "Only days up to this one.", "2026-01-31")
DAY = Parameter("day", _DAY, "Only this day: the same as `from` and `to` with one value.", "2026-01-15")
LIMIT = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    "How many items at most.",
    50,
)
CURSOR = Parameter(
    "cursor",
    {"type": "string", "maxLength": 600},
    "Where to go on: `next` of an earlier answer, as it came.",
)

FILTERS = (LANG, OUTLET, Q, COVERAGE)
PAGING = (LIMIT, CURSOR)

Asked = Mapping[str, Sequence[str]]
"""The values of each parameter that was given, in their order; never empty ones."""


def asked(query: str, known: Sequence[Parameter]) -> Asked:
    """A query string, read by the parameters that an operation knows. A parameter without a value counts as absent.
    BadFilter."""
    try:
        pairs = parse_qsl(query, encoding="utf-8", errors="strict", max_num_fields=MAX_FIELDS, keep_blank_values=True)
    except ValueError as error:
        raise BadFilter(
            f"The query cannot be read: at most {MAX_QUERY_CHARS:,} characters of UTF-8 and {MAX_FIELDS} values.",
            name="query",
            value=visible(query[:80]),
            expected="UTF-8",
        ) from error
    of_name = {one.name: one for one in known if one.place == "query"}
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in of_name:
            raise _refused(name, value, "there is no such parameter here", f"one of {_names(of_name)}")
        if value.strip():
            found.setdefault(name, []).append(value.strip())
    for name, values in found.items():
        if len(values) > 1 and not of_name[name].repeated:
            raise _refused(name, ", ".join(values), f"it is there {len(values)} times", "one value")
    return found


def filter_of(given: Asked) -> TimelineFilter:
    """The filter of the pages; `day` is both its ends. BadFilter."""
    pairs = [
        (name, value) for name in ("lang", "outlet", "q", "coverage", "from", "to") for value in given.get(name, ())
    ]
    if "day" in given:
        if "from" in given or "to" in given:
            raise _refused("day", given["day"][0], "from or to is there too", "either day, or from and to")
        day = day_of(given["day"][0])
        pairs += [("from", day), ("to", day)]
    return TimelineFilter.from_query(urlencode(pairs))


def day_of(text: str) -> str:
    """The value of `day`. BadFilter."""
    if parse_day(text) is None:
        raise _refused("day", text, "it is no day", f"a day such as 2026-01-15, from {FIRST_DAY} to {LAST_DAY}")
    return text


def limit_of(given: Asked) -> int:
    """How many items. BadFilter."""
    (text,) = given.get("limit", (str(DEFAULT_LIMIT),))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_LIMIT)) and 1 <= int(text) <= MAX_LIMIT):
        raise _refused("limit", text, "it cannot be a limit", f"a whole number from 1 to {MAX_LIMIT}")
    return int(text)


def fields_of(given: Asked, known: Sequence[str]) -> frozenset[str] | None:
    """The members of each item that are wanted, `id` always among them; None for all. BadFilter."""
    if "fields" not in given:
        return None
    wanted = frozenset(name.strip() for name in given["fields"][0].split(","))
    unknown = sorted(wanted - set(known))
    if unknown:
        raise _refused(
            "fields", unknown[0], "there is no such member", f"names separated by commas, of {', '.join(known)}"
        )
    return wanted | {"id"}


def fields_parameter(known: Sequence[str]) -> Parameter:
    """The parameter that `fields_of` reads."""
    names = ", ".join(f"`{name}`" for name in known)
    about = f"Only these members of each item, separated by commas; `id` is always there. Of {names}."
    return Parameter("fields", {"type": "string", "maxLength": 400}, about, "id,title,url")


def _names(known: Mapping[str, Parameter]) -> str:
    return ", ".join(known) or "none"


def _refused(name: str, value: str, why: str, expected: str) -> BadFilter:
    shown, bad = visible(name[:80]), visible(value[:80])
    return BadFilter(f"{shown}={bad}: {why}; expected {expected}.", name=shown, value=bad, expected=expected)
