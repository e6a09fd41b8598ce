"""What two addresses of one article may differ in, as data; `app.normalise.url` applies it.

The rule of the rules: to merge two articles is worse than to miss that two addresses are one. So a parameter that is
not listed here stays (Mongolian sites carry the article in `?id=`), and a doubtful name is listed only with the values
that give it away. Parameter names are told in lower case; those of AdGuard's URL Tracking filter, of Mozilla's query
stripping list and of the vendors' own manuals are the sources.
"""

import re
from typing import NamedTuple

TWIN_HOSTS = ("www.", "m.", "mobile.", "amp.", "wap.")
"""First labels under which a site shows its same articles to other devices. `en.` and `news.` are other sites."""

DEFAULT_PORTS = frozenset({80, 443})

INDEX_PAGES = re.compile(r"/(?:index\.(?:html?|php|aspx?|jsp)|default\.(?:html?|aspx?))$", re.IGNORECASE)
"""What a server adds by itself to a path that ends in a slash."""

AMP_ENDINGS = ((re.compile(r"(?<=[^/])(?:/amp)+$"), ""), (re.compile(r"(?<=[^/.])\.amp(\.html)?$"), r"\1"))
"""`/news/1/amp`, `/news/1.amp`, `/news/1.amp.html`. `/amp` alone may be a page of that name."""

SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)

TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_", "itm_", "amp_js_", "at_custom", "__hs", "_hs")

_ADVERTISING = """
fbclid fb_action_ids fb_action_types fb_ref fb_source fb_comment_id action_object_map action_type_map action_ref_map
gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl yclid ysclid ymclid _openstat msclkid
twclid ttclid li_fat_id epik rdt_cid tblci s_kwcid ef_id igshid igsh __twitter_impression ref_src ref_url
"""  # Facebook, Google, Yandex, Microsoft, X, TikTok, LinkedIn, Pinterest, Reddit, Taboola, Adobe, Instagram

_LETTERS = """
mc_cid mc_eid mc_tc mkt_tok vero_id vero_conv oly_anon_id oly_enc_id rb_clickid _bhlid wickedid _branch_match_id
_branch_referrer hsctatracking
"""  # Mailchimp, Marketo, Vero, Omeda, Beehiiv, Wicked Reports, Branch, HubSpot

_STATISTICS = """
pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid piwik_campaign piwik_kwd matomo_campaign matomo_kwd
at_medium at_campaign at_link_id at_link_type at_link_origin at_format at_ptr_name at_bbc_team xtor cmpid
guccounter guce_referrer guce_referrer_sig soc_src soc_trk wt.mc_id wt_mc
"""  # Matomo, AT Internet, Yahoo, Webtrends

_VISIT = "phpsessid jsessionid usqp amp_gsa _amp __readwiselocation replytocom"  # the visit's state, not the article's

TRACKING = frozenset(f"{_ADVERTISING} {_LETTERS} {_STATISTICS} {_VISIT}".split())

_FROM = frozenset(
    ("rss", "feed", "atom", "rssfeed", "facebook", "fb", "twitter", "telegram", "whatsapp", "instagram", "newsletter",
     "googlenews")
)  # fmt: skip
_YES = frozenset(("", "1", "true", "on", "yes"))
TRACKING_VALUES = {
    "amp": _YES | {"amp"},
    "outputtype": frozenset(("amp",)),
    "output": frozenset(("amp",)),
    "ref": _FROM,
    "from": _FROM,
    "src": _FROM,
    "source": _FROM,
    "feature": frozenset(("youtu.be", "share")),
}
"""Names that carry the article on one site and the reader's way on another: dropped only with these values."""

TRACKING_AT = {
    "news.google.com": frozenset(("oc", "hl", "gl", "ceid")),  # the reader's edition
    "bbc.com": frozenset(("ocid",)),
    "bbc.co.uk": frozenset(("ocid",)),
    "nytimes.com": frozenset(("smid",)),
    "theguardian.com": frozenset(("cmp",)),
    "aljazeera.com": frozenset(("traffic_source",)),
    "bloomberg.com": frozenset(("srnd",)),
}
"""Names that mean nothing at one host and the hosts below it."""

ROUTE_FRAGMENTS = ("!", "/")
"""A fragment that begins so is the page's own routing (`#!/news/1`, `#/news/1`); any other is a place on the page."""


class Wrapper(NamedTuple):
    """A redirecting address that names its target: `host` and `path` match whole, `parameter` holds the target."""

    host: re.Pattern[str]
    path: re.Pattern[str]
    parameter: str


WRAPPERS = tuple(
    Wrapper(re.compile(host), re.compile(path), parameter)
    for host, path, parameter in (
        (r"google(?:\.[a-z]{2,3}){1,2}", r"/url", "q"),
        (r"google(?:\.[a-z]{2,3}){1,2}", r"/url", "url"),
        (r"news\.google\.com", r"/news/url", "url"),
        (r"lm?\.facebook\.com", r"/l\.php", "u"),
        (r"facebook\.com", r"/(?:l|flx/warn|sharer/sharer)(?:\.php)?", "u"),
        (r"l\.instagram\.com", r"/", "u"),
        (r"vk\.com", r"/away(?:\.php)?", "to"),
        (r"out\.reddit\.com", r"/.*", "url"),
        (r"bing\.com", r"/news/apiclick\.aspx", "url"),
        (r"duckduckgo\.com", r"/l", "uddg"),
        (r"t\.umblr\.com", r"/redirect", "z"),
        (r"youtube\.com", r"/redirect", "q"),
        (r"slack-redir\.net", r"/link", "url"),
        (r"getpocket\.com", r"/redirect", "url"),
        (r"[a-z0-9]+\.safelinks\.protection\.outlook\.com", r"/.*", "url"),
    )
)

PATH_WRAPPERS = (
    (re.compile(r"google(?:\.[a-z]{2,3}){1,2}"), re.compile(r"/amp/(?:s/)?([^/]+\..+)")),
    (re.compile(r"[a-z0-9-]+\.cdn\.ampproject\.org"), re.compile(r"/(?:[cvi]|wp)/(?:s/)?([^/]+\..+)")),
)
"""Google's copies of AMP pages: the rest of the path is the article's own address without its scheme."""

GOOGLE_NEWS = re.compile(r"/(?:rss/)?(?:__i/rss/rd/)?articles/([A-Za-z0-9_-]{20,})")
"""Google News hides the address in base64; since 2024 behind an identifier that only its servers resolve."""
