"""Hosts and the outlets that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.language import is_language_code
from app.normalise.outlet import host_of, known_outlets, outlet_of, registrable


@pytest.mark.parametrize(
    ("text", "host", "domain"),
    [
        ("WWW.MONTSAME.MN", "montsame.mn", "montsame.mn"),
        ("montsame.mn", "montsame.mn", "montsame.mn"),
        ("WWW.MONTSAME.MN/", "montsame.mn", "montsame.mn"),
        ("http://www.montsame.mn/en/read/1?x=1#y", "montsame.mn", "montsame.mn"),
        ("HTTPS://EN.MONTSAME.MN:443", "en.montsame.mn", "montsame.mn"),
        ("montsame.mn.", "montsame.mn", "montsame.mn"),
        ("m.gogo.mn", "m.gogo.mn", "gogo.mn"),
        ("amp.gogo.mn", "amp.gogo.mn", "gogo.mn"),
        ("news.gogo.mn", "news.gogo.mn", "gogo.mn"),
        ("WWW.MN.USEMBASSY.GOV", "mn.usembassy.gov", "usembassy.gov"),
        ("WWW.CM.ASIAE.CO.KR", "cm.asiae.co.kr", "asiae.co.kr"),
        ("WWW.NEWS.EXAMPLE.COM.AU", "news.example.com.au", "example.com.au"),
        ("WWW.STEPPEFORUM.EXAMPLE", "steppeforum.example", "steppeforum.example"),
        ("WWW.GOV.MN", "gov.mn", "gov.mn"),
        ("mof.gov.mn", "mof.gov.mn", "mof.gov.mn"),
        ("nomad.blogspot.com", "nomad.blogspot.com", "nomad.blogspot.com"),
        ("WWW.ӨРТӨӨ.МОН", "xn--p1ae31cca.xn--l1acc", "xn--p1ae31cca.xn--l1acc"),
        # the same outlet under another domain
        ("THEUBPOSTS.COM", "theubposts.com", "ubpost.mn"),
        ("ubpost.mongolnews.mn", "ubpost.mongolnews.mn", "ubpost.mn"),
        ("english.news.cn", "english.news.cn", "xinhuanet.com"),
        ("www.bbc.co.uk", "bbc.co.uk", "bbc.com"),
        ("en.inform.kz", "en.inform.kz", "qazinform.com"),
    ],
)
def test_hosts(text: str, host: str, domain: str) -> None:
    assert host_of(text) == host
    assert outlet_of(host).domain == domain


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "www.", "montsame", "localhost", "10.0.0.1", "http://[::1]/", "[", "a..mn", ".mn", "-a.mn", "a-.mn",
        "a_b.mn", "a b.mn", "a,b", "<script>.mn", "a.mn\x00", "x" * 64 + ".mn", "a." * 127 + "mn", "http://", "user@",
        "a.123", "\ud800.mn", "ⓐ\u0338.mn:x",
    ],
)  # fmt: skip
def test_what_is_no_host(text: str) -> None:
    assert host_of(text) is None


@given(st.text())
def test_any_text_gives_a_host_or_none(text: str) -> None:
    host = host_of(text)
    assert host is None or (host == host_of(host) and registrable(host) and outlet_of(host).domain)


def test_montsame_has_its_names() -> None:
    outlet = outlet_of("montsame.mn")
    assert (outlet.name_en, outlet.name_mn, outlet.country) == ("Montsame", "МОНЦАМЭ", "MN")


def test_an_unknown_outlet_is_called_by_its_domain() -> None:
    outlet = outlet_of("news.nobody-knows.mn")
    assert (outlet.domain, outlet.name_en, outlet.name_mn) == ("nobody-knows.mn",) * 3


def test_the_registry_is_sound() -> None:
    outlets = known_outlets()
    assert len(outlets) > 80
    hosts = [host for outlet in outlets for host in (outlet.domain, *outlet.hosts)]
    assert len(hosts) == len(set(hosts))
    for outlet in outlets:
        assert registrable(outlet.domain) == outlet.domain
        assert all(host_of(host) == host for host in (outlet.domain, *outlet.hosts))
        assert outlet.name_en == outlet.name_en.strip() != ""
        assert outlet.name_mn == outlet.name_mn.strip() != ""
        assert outlet.kind
        assert outlet.languages
        assert all(map(is_language_code, outlet.languages))
        assert outlet.country == "" or (len(outlet.country) == 2 and outlet.country.isupper())
