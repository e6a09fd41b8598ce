"""What a transaction knows besides headlines: each its own reader and writer on the same connection."""

from collections.abc import Callable

from sqlalchemy import Connection

from app.model.quarantine import Quarantined
from app.store import quarantine
from app.store.access import AccessReader, AccessWriter
from app.store.analyses import AnalysisReader, AnalysisWriter
from app.store.audit import AuditReader, AuditWriter
from app.store.corrections import CorrectionWriter
from app.store.desk_digests import DeskDigestReader, DeskDigestWriter
from app.store.editors import EditorReader, EditorWriter
from app.store.outlet_write import OutletWriter
from app.store.source_write import SourceWriter
from app.store.sources import SourceReader
from app.store.title_check import IndexReader


class ReaderSides:
    """Base of `Reader`."""

    _connection: Connection

    @property
    def sources(self) -> SourceReader:
        """What is fetched, and how it is doing."""
        return SourceReader(self._connection)

    @property
    def access(self) -> AccessReader:
        """Who may send, and what was answered."""
        return AccessReader(self._connection)

    @property
    def index(self) -> IndexReader:
        """How the index of titles is doing."""
        return IndexReader(self._connection)

    @property
    def editors(self) -> EditorReader:
        """People of the desk."""
        return EditorReader(self._connection)

    @property
    def audit(self) -> AuditReader:
        """Who did what."""
        return AuditReader(self._connection)

    @property
    def desk_digests(self) -> DeskDigestReader:
        """Days as editors have them."""
        return DeskDigestReader(self._connection)

    def newest_rejections(self, before: int | None, limit: int) -> tuple[Quarantined, ...]:
        """The newest rejections, those with numbers below `before`."""
        return quarantine.newest(self._connection, before, limit)

    def rejection(self, number: int) -> Quarantined:
        """One rejection. NotFound."""
        return quarantine.one(self._connection, number)

    @property
    def analyses(self) -> AnalysisReader:
        """Long reads as they are written."""
        return AnalysisReader(self._connection)


class WriterSides:
    """Base of `Writer`."""

    _connection: Connection
    _show: Callable[[], None]

    @property
    def sources(self) -> SourceWriter:
        """What is fetched, and what became of a fetch."""
        return SourceWriter(self._connection, self._show)

    @property
    def access(self) -> AccessWriter:
        """Who may send, and what was answered."""
        return AccessWriter(self._connection)

    @property
    def editors(self) -> EditorWriter:
        """People of the desk."""
        return EditorWriter(self._connection)

    @property
    def audit(self) -> AuditWriter:
        """Who did what."""
        return AuditWriter(self._connection)

    @property
    def desk_digests(self) -> DeskDigestWriter:
        """Days in editors' hands."""
        return DeskDigestWriter(self._connection, self._show)

    @property
    def corrections(self) -> CorrectionWriter:
        """What editors change about headlines."""
        return CorrectionWriter(self._connection, self._show)

    @property
    def outlets(self) -> OutletWriter:
        """What editors say of outlets."""
        return OutletWriter(self._connection, self._show)

    @property
    def analyses(self) -> AnalysisWriter:
        """Long reads as they are written."""
        return AnalysisWriter(self._connection, self._show)
