"""The models of what is told of sources; see `app.web.api.schema`."""

from datetime import datetime

from pydantic import ConfigDict, Field

from app.render.health import Standing
from app.web.api.schema import Cursor, Day, Id, Model, Number, Permalinks


class DayAdded(Model):
    """How many new items came on a day."""

    day: Day
    added: Number


class LastFetch(Model):
    """The last fetch of a source."""

    at: datetime
    state: str = Field(description="How it ended", examples=["ok"])
    added: Number
    updated: Number
    duplicate: Number
    rejected: Number


class SourceTold(Model):
    """A source and how it is doing, against its own habit."""

    model_config = ConfigDict(title="Source")

    id: Id
    title: str | None
    address: str | None = Field(description="Host and path; null for hosts inside a network")
    category: str | None
    kind: str = Field(description="The format that is expected; `auto` for any", examples=["rss"])
    outlet: str | None = Field(description="The outlet of all its items; null for an aggregator")
    language: str | None
    status: Standing = Field(
        description="`broken`: the last fetches failed; `blocked`: the outlet refuses us; `held`: something waits for "
        "a person; `silent`: longer without news than is its habit; `overdue`: nobody came to fetch it; `new`: not "
        "fetched yet; `working`; `off`: switched off"
    )
    since: datetime | None = Field(description="Since when it is so, where it is not well")
    silent_days: int | None = Field(description="Whole days without a new item; null before the first")
    usual_days: float | None = Field(description="The longest silence that is its habit; null before it is known")
    per_day: float = Field(description="New items on a usual day")
    next_at: datetime | None = Field(description="The next try")
    good_at: datetime | None = Field(description="The last fetch that was answered as it should be")
    last: LastFetch | None
    days: list[DayAdded] = Field(description="The last thirty days, oldest first")
    permalinks: Permalinks


class SourceList(Model):
    """The sources, by number."""

    items: list[SourceTold]
    next: Cursor
