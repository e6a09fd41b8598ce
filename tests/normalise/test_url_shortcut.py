"""The short way through an address says what the general way says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.normalise import url

_HOST = st.sampled_from(
    (
        "ikon.mn", "www.ikon.mn", "m.ikon.mn", "www.m.ikon.mn", "amp.x.com", "news.google.com", "google.mn", "IKON.mn",
        "x.cdn.ampproject.org", "a-b.mn", "-a.mn", "a..mn", "ikon.mn.", "ikon", "1.2.3.4", "gov.mn", "www.com", "m.mn",
        "xn--d1acpjx3f.xn--l1acc", "wap.wap.mn", "a." * 60 + "mn", "x" * 64 + ".mn", "www.www.mn", "mobile.twin.co.uk",
    )
)  # fmt: skip
_PATH = st.lists(
    st.sampled_from(
        ("a", "read", "398309", "amp", "index.html", "x.amp", "", ".", "..", "мэдээ", "%D0%B0", "a_b-C", "n?id=3")
    ),
    max_size=4,
).map("/".join)


@given(
    st.sampled_from(("http://", "https://", "HTTP://", "//", "ftp://")),
    _HOST,
    st.sampled_from(("/", "", ":80/", "//")),
    _PATH,
    st.sampled_from(("", "/", "#a", "?utm_source=x", "\n")),
)
def test_the_short_way_says_what_the_general_way_says(scheme: str, host: str, slash: str, path: str, end: str) -> None:
    raw = f"{scheme}{host}{slash}{path}{end}"
    short = url._simple(raw)
    if short is not None:
        assert url._read(raw, None, url.LONGEST) == raw
        assert short == str(url._address(raw))
        assert url._unwrapped(url._address(raw)) is None
    shown = url.link(raw)
    assert url.link_and_identity(raw) == (shown, url.canonical(shown) if shown else None)


@pytest.mark.parametrize(
    "plain", ["https://ikon.mn/n/1abc", "http://www.montsame.mn/mn/read/398309/", "https://a.b.co.uk/x"]
)
def test_ordinary_addresses_take_the_short_way(plain: str) -> None:
    assert url._simple(plain) is not None


def test_nothing_is_no_link() -> None:
    assert url.link_and_identity(None) == url.link_and_identity("") == (None, None)


def test_endings_go_from_long_paths_as_from_short_ones() -> None:
    for ending in ("/amp", ".amp", ".amp.html", "/index.html", "/amp/amp", "/index.php/amp/", "/default.aspx"):
        short, long = (url.canonical(f"https://ikon.mn/{'n' * n}{ending}") for n in (1, 200))
        assert short is not None
        assert long == short.replace("/n", "/" + "n" * 200, 1), ending


def test_wrappers_inside_wrappers_are_opened_up_to_a_limit_and_the_form_stays_its_own() -> None:
    def wrapped(times: int) -> str:
        return "https://www.google.com/url?q=" * times + "https://ikon.mn/n/1"

    assert url.canonical(wrapped(2)) == "https://ikon.mn/n/1"
    deep = url.canonical(wrapped(url._MOST_WRAPPERS + 5))
    assert deep is not None
    assert deep.startswith("https://google.com/url?q=")
    assert url.canonical(deep) == deep
