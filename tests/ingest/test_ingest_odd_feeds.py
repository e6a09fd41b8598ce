"""Feeds that no specification describes and that come all the same: each small, each with its reason."""

import pytest

from app.ingest.format import Reading
from app.ingest.formats import rss
from app.ingest.payload import Payload
from app.ingest.repair import with_text_in_leaves
from app.ingest.sniff import identify
from app.model.headline import RawItem

_LINK = "<link>http://x.mn/1</link>"
_ONE = ("A", "http://x.mn/1", None)
_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'

# (why, document, (title, link, date) of each item)
FEEDS = [
    ("no channel", f"<rss><item><title>A</title>{_LINK}</item></rss>", [_ONE]),
    ("outside of the channel", f"<rss><channel/><item><title>A</title>{_LINK}</item></rss>", [_ONE]),
    (
        "two channels",
        f"<rss><channel><item><title>A</title>{_LINK}</item></channel><channel><item><title>B</title></item></channel></rss>",
        [_ONE, ("B", None, None)],
    ),
    ("capitals", "<RSS><CHANNEL><ITEM><TITLE>A</TITLE><LINK>http://x.mn/1</LINK></ITEM></CHANNEL></RSS>", [_ONE]),
    (
        "words before it",
        f"<b>Warning</b>: x\n<?xml version='1.0'?><rss><item><title>A</title>{_LINK}</item></rss>",
        [_ONE],
    ),
    (
        "RSS 0.90 by Netscape's other name",
        f'<rdf:RDF {_RDF} xmlns="http://channel.netscape.com/rdf/simple/0.9/"><item><title>A</title>{_LINK}</item></rdf:RDF>',
        [_ONE],
    ),
    (
        "RSS 1.0 without a link: an item is named after its address",
        f'<rdf:RDF {_RDF} xmlns="http://purl.org/rss/1.0/"><item rdf:about="http://x.mn/1"><title>A</title></item></rdf:RDF>',
        [_ONE],
    ),
    (
        "a prefix that nothing declares",
        f"<rss><item><title>A</title>{_LINK}<dc:date>2026</dc:date></item></rss>",
        [(*_ONE[:2], "2026")],
    ),
    (
        "a tag that is not closed in a title",
        f"<rss><item><title>A <b>B</title>{_LINK}</item></rss>",
        [("A B", _ONE[1], None)],
    ),
    (
        "a comparison in a title",
        f"<rss><item><title>5 < 6 > 2</title>{_LINK}</item></rss>",
        [("5 < 6 > 2", _ONE[1], None)],
    ),
    ("numbers of cp1252", f"<rss><item><title>A&#146;s &#133;</title>{_LINK}</item></rss>", [("A’s …", _ONE[1], None)]),
    ("cut off in a title", f"<rss><item><title>A</title>{_LINK}</item><item><title>Half a ti", [_ONE]),
    (
        "a comment with an item",
        f"<rss><!-- <item><title>No</title></item> --><item><title>A</title>{_LINK}</item></rss>",
        [_ONE],
    ),
    ("a link in a guid", "<rss><item><title>A</title><guid>http://x.mn/1</guid></item></rss>", [_ONE]),
    (
        "a guid that is none",
        '<rss><item><title>A</title><guid isPermaLink="false">http://x.mn/1</guid></item></rss>',
        [("A", None, None)],
    ),
]


def test_items_that_are_not_closed_keep_their_own_text() -> None:
    begun = [f"<item><title>{n}</title>{_LINK}" for n in range(40)]
    whole = f"<item><title>40</title>{_LINK}</item>"
    items = list(rss.read(["<rss><channel>", *begun, whole, "</channel></rss>"]))
    assert [(item.title, item.raw.decode()) for item in items if isinstance(item, RawItem)] == [
        (str(n), text) for n, text in enumerate((*begun, whole))
    ]


@pytest.mark.parametrize(("why", "document", "wanted"), FEEDS, ids=[row[0] for row in FEEDS])
def test_an_odd_feed(why: str, document: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    payload = Payload.of(document, url="https://feed.mn/rss")
    items = [item for item in identify(payload).parse(payload, Reading()) if isinstance(item, RawItem)]
    kept = [(item.title, item.link, item.published) for item in items if item.title]
    assert kept == wanted, why


@pytest.mark.parametrize(
    "text",
    [
        "<item><title><![CDATA[A <b>B</b>]]></title></item>",
        "<item><title>A</title><image><title>B</title></image></item>",
        "<item><title>A<link>x</link></item>",
        "<item><title/><link/></item>",
        "",
    ],
)
def test_elements_of_text_that_hold_text_stay_as_they_are(text: str) -> None:
    assert with_text_in_leaves(text) == text
