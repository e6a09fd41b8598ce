"""The models of what is told of stories; see `app.web.api.schema`."""

from datetime import datetime

from pydantic import ConfigDict, Field

from app.model.story import Covered, DecidedBy, Level
from app.web.api.schema import Cursor, Headline, Id, Model, Number, OutletRef, Permalinks


class StoryTold(Model):
    """Headlines of the same event, from several outlets or in both languages."""

    model_config = ConfigDict(title="Story")

    id: Id
    headlines: Number = Field(description="How many headlines surely tell it")
    outlets: list[OutletRef] = Field(description="Who tells it, by domain")
    coverage: Covered = Field(description="In which languages: `both`, only `mn`, only `en`")
    first_at: datetime = Field(
        description="When its first headline appeared, in UTC; one without a time of day: when its day began"
    )
    last_at: datetime = Field(description="When its latest headline appeared")
    leads: list[Headline] = Field(description="Its first headline in each language, English first")
    permalinks: Permalinks


class StoryList(Model):
    """A part of a list of stories, the most told first."""

    items: list[StoryTold]
    next: Cursor


class EvidenceTold(Model):
    """What a headline has in common with the one of the story that is nearest to it."""

    model_config = ConfigDict(title="Evidence")

    other: Id = Field(description="The number of that other headline")
    similarity: float | None = Field(ge=-1, le=1, description="Cosine of their vectors; null where words alone decided")
    numbers: list[float] = Field(description="Numbers that both say")
    months: list[int] = Field(description="Months that both name, 1 to 12")
    names: list[tuple[str, str]] = Field(description="Names that both say, in the words of each")
    words: list[tuple[str, str]] = Field(description="Other words that both say, in the words of each")


class MemberTold(Model):
    """A headline of a story, and why it is one."""

    model_config = ConfigDict(title="Member")

    level: Level = Field(description="`same`: it surely tells the story; `possible`: it may, and counts for nothing")
    decided_by: DecidedBy
    linked_at: datetime
    score: float | None = Field(description="Log-odds over what a link takes; null for the headline it began with")
    evidence: EvidenceTold | None
    headline: Headline


class WholeStory(StoryTold):
    """A story with all its headlines, the possible ones too, oldest first."""

    model_config = ConfigDict(title="WholeStory")

    members: list[MemberTold]
