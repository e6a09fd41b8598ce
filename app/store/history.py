"""One headline's past: its edits and its sightings."""

from sqlalchemy import Connection, select

from app.model.history import HeadlineHistory, Sighting, TitleEdit
from app.model.timeline import HeadlineRow
from app.store.desk_tables import headline_notes
from app.store.schema import headlines, origins, sightings, title_edits

MOST = 200
"""Edits and sightings that are told; a title that changes with every fetch has no more to say."""

_h, _t, _s, _g, _n = headlines.c, title_edits.c, sightings.c, origins.c, headline_notes.c


def history(connection: Connection, row: HeadlineRow) -> HeadlineHistory:
    """What is known of the headline that `row` shows."""
    known = select(_h.canonical_url, _h.title_given, _h.stated, _h.first_seen_at, _h.title_published, _n.note)
    known = known.outerjoin(headline_notes, _n.headline_id == _h.id).where(_h.id == row.id)
    canonical_url, title_given, stated, first_seen_at, title_published, note = connection.execute(known).one()
    edits = select(_t.at, _t.before, _t.after, _g.name).join(origins, _g.id == _t.origin_id)
    edits = edits.where(_t.headline_id == row.id).order_by(_t.id.desc()).limit(MOST)
    seen = select(_g.name, _g.format, _s.first_at, _s.last_at).join(origins, _g.id == _s.origin_id)
    seen = seen.where(_s.headline_id == row.id).order_by(_s.first_at, _g.name).limit(MOST)
    return HeadlineHistory(
        row,
        canonical_url,
        title_given,
        stated,
        first_seen_at,
        tuple(TitleEdit(*edit) for edit in connection.execute(edits)),
        tuple(Sighting(*sighting) for sighting in connection.execute(seen)),
        title_published,
        note or "",
    )
