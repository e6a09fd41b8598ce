"""What holds for every address: it is a link or has a fault, and its identity form is one."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from app.normalise.url import LONGEST, canonical, fault, link

GOOGLE_NEWS_CODE = base64.urlsafe_b64encode(
    b"\x08\x13\x22\x26https://www.montsame.mn/en/read/398309\xd2\x01\x00"
).decode()

WORDS = st.sampled_from(
    ("http", "https", ":", "//", "/", "\\", "?", "#", "&", "=", "+", ";", "@", "%", "%2", "%2F", "%2e", "%41", "%D0%B9",
     "%D0%B8%CC%86", "\u0300", "\u0338", "%00", "%25", "%ED", ".", "..", "www.", "m.", "amp", ".amp", "amp.", "ikon.mn",
     "co.uk", "google.com", "/url", "q", "url", "id", "1", "utm_source", "index.php", "мэдээ", "Й", "<", "≠", "'", "[",
     "]", "!", " ", "\n", "\x00", "өртөө.мон", "l.facebook.com/l.php?u=", "www.google.com/url?q=https%3A%2F%2F",
     "/amp/s/", "news.google.com/rss/articles/", GOOGLE_NEWS_CODE, ":80", ":8080", ";jsessionid=1")
)  # fmt: skip
MIXED = st.lists(WORDS, max_size=14).map("".join)
ADDRESSES = st.builds("https://ikon.mn/{}".format, MIXED | st.text(max_size=40)) | st.builds("https://{}".format, MIXED)
TEXTS = ADDRESSES | MIXED | st.text(max_size=60)
SLUGS = st.text(st.sampled_from("abcABC019-_.~мөүйМӨҮЙ"), min_size=1, max_size=12).filter(
    lambda slug: slug.strip(".") == slug and "amp" not in slug.lower()
)


@given(TEXTS, st.none() | TEXTS)
def test_every_text_is_a_link_or_has_a_fault(text: str, base: str | None) -> None:
    shown = link(text, base)
    assert (shown is None) == (fault(text, base) is not None)
    if shown is not None:
        assert shown.lower().startswith(("https://", "http://"))
        assert len(shown) <= LONGEST
        assert link(shown) == shown
        assert canonical(shown) is not None


@given(TEXTS)
def test_the_identity_form_is_its_own(text: str) -> None:
    form = canonical(text)
    if form is not None:
        assert canonical(form) == form
        assert form.isascii()
        assert form.startswith("https://")


@given(
    st.lists(SLUGS, min_size=1, max_size=4), st.sampled_from(("ikon.mn", "en.montsame.mn", "m.gogo.mn", "www.gov.mn"))
)
def test_the_short_way_and_the_general_way_agree(slugs: list[str], host: str) -> None:
    url = f"http://{host}/{'/'.join(slugs)}"
    assert canonical(url) == canonical(f"{url}#top") == canonical(f"{url}/?utm_source=rss")


@given(SLUGS, SLUGS)
def test_different_slugs_are_different_articles(one: str, other: str) -> None:
    if one != other:
        assert canonical(f"https://ikon.mn/r/{one}") != canonical(f"https://ikon.mn/r/{other}")
        assert canonical(f"https://ikon.mn/r?id={one}") != canonical(f"https://ikon.mn/r?id={other}")


@given(st.dictionaries(SLUGS, SLUGS, max_size=4))
def test_parameters_survive_in_any_order(pairs: dict[str, str]) -> None:
    names = sorted(pairs)
    forward = "&".join(f"{name}={pairs[name]}" for name in names)
    backward = "&".join(f"{name}={pairs[name]}" for name in reversed(names))
    form = canonical(f"https://ikon.mn/n?{forward}")
    assert form == canonical(f"https://ikon.mn/n?{backward}")
    assert form is not None
    assert form.count("=") == len(names)
