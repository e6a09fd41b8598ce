"""What stands in paths. Routes are spelled with these parts, so that nothing odd ever reaches a page."""

from starlette.convertors import StringConvertor, register_url_convertor

from app.model.language import UI_LANGUAGES


class EditionConvertor(StringConvertor):
    """The code of an interface language."""

    regex = "|".join(UI_LANGUAGES)


class DayishConvertor(StringConvertor):
    """Something that begins with a digit, as days, months and years do."""

    regex = "[0-9][^/]*"


register_url_convertor("ui", EditionConvertor())
register_url_convertor("dayish", DayishConvertor())

EDITION = "/{ui:ui}"
"""The first part of every page's path; the endpoint takes it as `ui`."""

DAYISH = "{key:dayish}"
"""A day, month or year, or a try at one; the endpoint takes it as `key`."""
