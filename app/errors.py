"""The error tree. A bad *item* is a value (`app.model.Rejection`); a bad *world* is one of these.

OrtooError
├── SettingsError            a setting cannot be read: names the variable and what it accepts
├── MissingExtra             a package is needed that is not installed: names the extra that brings it
├── CatalogueError           an interface language's catalogue is missing or broken: refuse to start
├── EmbedderGone             titles cannot be turned into vectors here, or not any more: words alone link headlines
├── IngestError
│   ├── FetchFailed          an address could not be read
│   ├── UnknownFormat        nobody recognises these bytes
│   ├── SourceRefused        an address cannot become a source, or a source cannot be changed so: says why
│   └── MalformedPayload     recognised, but the whole is unreadable (or over a limit, which it names)
├── QueryError               the reader asked for something that cannot be
│   ├── BadFilter            -> 400
│   └── NotFound             -> 404
├── DeskError                somebody at the desk asked for something that is not done
│   ├── DeskRefused          it cannot be: says why
│   └── Conflict             somebody else was faster: nothing was changed
└── StoreError
    ├── Unavailable          -> 503
    ├── BackupFailed         a backup could not be made, read or restored: nothing was changed
    ├── BackupRefused        there is something already where a backup, or what it holds, is to go
    ├── LeaseLost            a source was taken over, or changed, while it was fetched: the fetch is thrown away
    └── SchemaOutOfDate      refuse to start; `ortoo migrate`

Messages are for people: what is wrong, with which thing, and what to do. `code` is for programs and never changes;
`facts` are the values that a translated message needs. The mapping to HTTP lives in `app.web.problems` alone.
"""

from typing import Any


class OrtooError(Exception):
    """Root of all errors that this program raises on purpose."""

    code = "error"

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class SettingsError(OrtooError):
    """A setting has a value that cannot be used. `facts`: name, value, expected."""

    code = "bad-setting"


class MissingExtra(OrtooError):
    """Something needs a package that is not installed. `facts`: extra."""

    code = "missing-extra"


class CatalogueError(OrtooError):
    """The words of an interface language cannot be read. `facts`: path."""

    code = "bad-catalogue"


class EmbedderGone(OrtooError):
    """The embedding model cannot be run. Says why."""

    code = "embedder-gone"


class IngestError(OrtooError):
    """Something that arrived cannot be taken in."""

    code = "ingest"


class FetchFailed(IngestError):
    """An address could not be read."""

    code = "fetch-failed"


class UnknownFormat(IngestError):
    """No ingest format recognises the bytes."""

    code = "unknown-format"


class SourceRefused(IngestError):
    """An address cannot become a source, or a source cannot be changed as asked. `facts`: reason (a code)."""

    code = "source-refused"


class MalformedPayload(IngestError):
    """The format is known but the whole payload cannot be read, or a limit is exceeded (`facts`: limit, value)."""

    code = "malformed-payload"


class QueryError(OrtooError):
    """A reader's question cannot be answered as asked."""

    code = "query"


class BadFilter(QueryError):
    """A filter value is not one. `facts`: name (of the parameter), value (cut to 80 characters), expected."""

    code = "bad-filter"


class NotFound(QueryError):
    """There is no such thing. `facts`: kind, key."""

    code = "not-found"


class DeskError(OrtooError):
    """What was asked at the desk was not done."""

    code = "desk"


class DeskRefused(DeskError):
    """It cannot be done as asked. `facts`: reason (a code that the desk has words for)."""

    code = "desk-refused"


class Conflict(DeskError):
    """What was to be changed has been changed by somebody else meanwhile. `facts`: version (the present one)."""

    code = "conflict"


class StoreError(OrtooError):
    """The database."""

    code = "store"


class Unavailable(StoreError):
    """The database cannot be reached, or is locked, full or read-only just now."""

    code = "store-unavailable"


class BackupFailed(StoreError):
    """A backup could not be made, read or restored. Says why."""

    code = "backup-failed"


class BackupRefused(StoreError):
    """Something is there already, and nobody has said that it may be replaced."""

    code = "backup-refused"


class LeaseLost(StoreError):
    """A source is no longer the worker's that fetched it. `facts`: source (its number)."""

    code = "lease-lost"


class SchemaOutOfDate(StoreError):
    """The database is at another schema revision than this program. `facts`: found, wanted."""

    code = "schema-out-of-date"
