"""Stories as plain values, ready for JSON; `app.web.api.schema_stories` describes them."""

from app.model.item import PlacedItem
from app.model.story import Evidence, Member
from app.timeline.story_items import StoryItem, WholeStory
from app.web.api.told import Told, headline, moment, outlet_name, pages


def story(item: StoryItem, origin: str) -> Told:
    """One story with its first headlines."""
    told = item.story
    return {
        "id": told.id,
        "headlines": len(told.sure),
        "outlets": [outlet_name(outlet) for outlet in told.outlets],
        "coverage": told.covered.value,
        "first_at": moment(told.first_at),
        "last_at": moment(told.last_at),
        "leads": [headline(lead, origin) for lead in item.leads],
        "permalinks": pages(origin, lambda links: links.story(told.id)),
    }


def whole_story(found: WholeStory, origin: str) -> Told:
    """One story with all its headlines, and why they belong to it."""
    return story(found.item, origin) | {"members": [_member(member, one, origin) for member, one in found.members]}


def _member(member: Member, placed: PlacedItem, origin: str) -> Told:
    return {
        "level": member.level.value,
        "decided_by": member.decided_by.value,
        "linked_at": moment(member.linked_at),
        "score": member.score,
        "evidence": _evidence(member.evidence) if member.evidence else None,
        "headline": headline(placed, origin),
    }


def _evidence(evidence: Evidence) -> Told:
    return {
        "other": evidence.other,
        "similarity": evidence.similarity,
        "numbers": list(evidence.numbers),
        "months": list(evidence.months),
        "names": [list(pair) for pair in evidence.names],
        "words": [list(pair) for pair in evidence.words],
    }
