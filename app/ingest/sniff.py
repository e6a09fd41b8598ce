"""Which format a payload is in."""

from collections.abc import Sequence

from app.errors import UnknownFormat
from app.ingest.format import Format
from app.ingest.formats import FORMATS
from app.ingest.payload import Payload
from app.ingest.reading import head_of, refuse_binary
from app.model.headline import Reason


def format_named(name: str, formats: Sequence[Format] = FORMATS) -> Format:
    """The format of that name. UnknownFormat, with the names there are."""
    for row in formats:
        if row.name == name:
            return row
    raise UnknownFormat(f"There is no format {name!r}. Known are: {_names(formats)}.", reason=Reason.UNKNOWN_FORMAT)


def identify(payload: Payload, formats: Sequence[Format] = FORMATS) -> Format:
    """The format that recognises the payload; among several the one sent with its media type, else the first.
    UnknownFormat, with the names there are, when none does; MalformedPayload for an empty or binary payload."""
    head = head_of(payload)
    claims = [row for row in formats if row.sniff(head)]
    if not claims:
        refuse_binary(payload, head)
        raise UnknownFormat(
            f"{payload.name} is in no known format ({_names(formats)}). If it is one of these, name it: --format.",
            reason=Reason.UNKNOWN_FORMAT,
        )
    media_type = (payload.media_type or "").split(";", 1)[0].strip().lower()
    return next((row for row in claims if media_type in row.media_types), claims[0])


def _names(formats: Sequence[Format]) -> str:
    return ", ".join(row.name for row in formats)
