"""What stands in paths. Routes are spelled with these parts, so that nothing odd ever reaches a page."""

import re

from starlette.convertors import StringConvertor, register_url_convertor

from app.model.language import UI_LANGUAGES
from app.render.formats import BY_SUFFIX
from app.render.formats.outlets import REGISTER_FORMATS


class EditionConvertor(StringConvertor):
    """The code of an interface language."""

    regex = "|".join(UI_LANGUAGES)


class DayishConvertor(StringConvertor):
    """Something that begins with a digit, as days, months and years do."""

    regex = "[0-9][^/]*"


class SuffixConvertor(StringConvertor):
    """The ending of a file, with its dot."""

    regex = "|".join(map(re.escape, BY_SUFFIX))


class RegisterConvertor(StringConvertor):
    """The ending of the list of outlets as a file."""

    regex = "|".join(re.escape(row.suffix) for row in REGISTER_FORMATS)


class CitedConvertor(StringConvertor):
    """The ending of a citation."""

    regex = r"\.bib|\.ris"


class DottedConvertor(StringConvertor):
    """A host: something with a dot inside, so that `/outlets/point.md` is an outlet and not a file."""

    regex = r"[^/]+\.[^/]+"


register_url_convertor("suffix", SuffixConvertor())
register_url_convertor("register", RegisterConvertor())
register_url_convertor("cited", CitedConvertor())
register_url_convertor("dotted", DottedConvertor())
register_url_convertor("ui", EditionConvertor())
register_url_convertor("dayish", DayishConvertor())

EDITION = "/{ui:ui}"
"""The first part of every page's path; the endpoint takes it as `ui`."""

DAYISH = "{key:dayish}"
"""A day, month or year, or a try at one; the endpoint takes it as `key`."""

SUFFIX = "{suffix:suffix}"
"""The ending that makes a file of a list; the endpoint takes it as `suffix`."""

REGISTER = "{suffix:register}"
"""The ending that makes a file of the list of outlets; the endpoint takes it as `suffix`."""

CITED = "{cited:cited}"
"""The ending of a citation; the endpoint takes it as `cited`."""

DOTTED = "{domain:dotted}"
"""An outlet's host; the endpoint takes it as `domain`."""
