"""Which addresses may be fetched: spelled in every way, resolved to anything, listed by the operator."""

import ipaddress

import pytest

from app.clock import Clock
from app.errors import SettingsError
from app.ingest.fetch import Fetcher, FetchPolicy
from app.ingest.fetch.address import target_of
from app.ingest.fetch.networks import is_public
from app.ingest.fetch.policy import Allowed
from app.model.fetch import Fault, FetchState
from app.settings import Settings
from tests.ingest.reach import Reach

_REFUSED = """
http://127.0.0.1/ http://127.0.0.2:80/ https://127.0.0.1/ HTTP://127.0.0.1/ http://127.255.255.255/ http://0.0.0.0/
http://localhost/ http://LOCALHOST/ http://localhost./ http://foo.localhost/ http://localhost.localdomain/
http://127.1/ http://127.0.1/ http://0/ http://2130706433/ http://3232235777/ http://0x7f000001/ http://0xA9FEA9FE/
http://0x7f.0.0.1/ http://0x7f.1/ http://0177.0.0.1/ http://017700000001/ http://00000177.1/ http://127.0.0.01/
http://0251.0376.0251.0376/ http://127.0.0.1./ http://127.0.0.1.0x0/ http://256.256.256.256/ http://1.2.3.4.5/
http://10.0.0.1/ http://172.16.0.1/ http://172.31.255.255/ http://192.168.1.1/ http://169.254.169.254/latest/meta-data/
http://100.64.0.1/ http://100.127.255.254/ http://100.100.100.200/ http://192.0.0.1/ http://192.0.0.192/
http://192.0.2.1/ http://198.18.0.1/ http://198.19.255.255/ http://198.51.100.1/ http://203.0.113.1/ http://192.88.99.1/
http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/ http://168.63.129.16/
http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::1]:80/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/
http://[::ffff:a9fe:a9fe]/ http://[::ffff:8.8.8.8]/ http://[::127.0.0.1]/ http://[::ffff:0:127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b::10.0.0.1]/ http://[64:ff9b::8.8.8.8]/ http://[64:ff9b:1::1]/
http://[2002:7f00:1::]/ http://[2002:a00:1::1]/ http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/
http://[2001:470:1:1:0:5efe:7f00:1]/ http://[fc00::1]/ http://[fd00:ec2::254]/ http://[fe80::1]/ http://[fe80::1%25eth0]/
http://[fe80::1%eth0]/ http://[fec0::1]/ http://[ff02::1]/ http://[2001:db8::1]/ http://[3fff::1]/ http://[100::1]/
http://[2001:2::1]/ http://[5f00::1]/ http://[127.0.0.1]/ http://[::1/ http://::1/ http://[v1.fe80]/ http://[]/
http://user:pass@example.mn/ http://user@example.mn/ http://@example.mn/ http://:@example.mn/ http://example.mn@127.0.0.1/
http://127.0.0.1#@example.mn/ http://127.0.0.1%2f@example.mn/ http://example.mn\\@127.0.0.1/ http://exa\\mple.mn/
http://example.mn:22/ http://example.mn:25/ http://example.mn:8080/ http://example.mn:0/ http://example.mn:65536/
http://example.mn:99999999/ http://example.mn:-1/ http://example.mn:80a/ http://example.mn:８０/ http://example.mn:443:80/
ftp://example.mn/ file:///etc/passwd gopher://example.mn/ data:text/xml,x javascript:alert(1) dict://127.0.0.1:11211/
//example.mn/ example.mn/feed http:example.mn http:/example.mn/ http:///example.mn/ http:// feed://example.mn/
http://127。0。0。1/ http://127｡0｡0｡1/ http://１２７.０.０.１/ http://①②⑦.⓪.⓪.①/ http://ⓛocalhost/ http://٠.٠.٠.٠/
http://%31%32%37.0.0.1/ http://example.mn%00.evil.mn/ http://example.mn%2f/ http://example.mn./ http://example..mn/
http://.example.mn/ http://-a.mn/ http://a-.mn/ http://exam!ple.mn/ http://<example>.mn/ http://x.0x/
http://metadata.google.internal/ http://metadata/ http://printer.local/ http://router.lan/ http://x.home.arpa/
http://intranet/ http://wiki.corp/ http://x.onion/ http://1.1.1.1.in-addr.arpa/ http://x.test/ http://x.invalid/
"""
REFUSED = _REFUSED.split()
ODD = (
    "",
    " http://example.mn/",
    "http://example.mn/ ",
    "http://127.0.0.1 .example.mn/",
    "http://exa mple.mn/",
    "http://example.mn/\r\nHost: 127.0.0.1",
    "http://example.mn\t/",
    "http://\x7fexample.mn/",
    "http://example.mn/\x00",
    "http://example\u200b.mn/",
    "http://example.mn\u3000/",
    "http://example.mn/\u202e",
    "http://\ud800.mn/",
    "http://127.0.0.1\n/",
    f"http://{'a' * 64}.mn/",
    f"http://{'a.' * 127}mn/",
    f"http://example.mn/{'a' * 5_000}",
)


@pytest.mark.parametrize("url", [*REFUSED, *ODD], ids=ascii)
def test_refused_without_a_look_up_or_a_connection(url: str, clock: Clock) -> None:
    reach = Reach({"*": ["93.184.216.34"]})
    with Fetcher(FetchPolicy(), clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
        got = fetcher.fetch(url)
    assert (got.state, got.state.fault, got.url, got.status) == (FetchState.REFUSED, Fault.OURS, url, None)
    assert got.error
    assert (reach.looked_up, reach.connected) == ([], [])


ODD_SPELLINGS_OF_LOOPBACK = (
    "127.1 2130706433 0x7f000001 0177.0.0.1 127.0.0.1. [::ffff:127.0.0.1] localhost １２７.０.０.１"
)


@pytest.mark.parametrize("host", ODD_SPELLINGS_OF_LOOPBACK.split())
def test_an_odd_spelling_stays_refused_where_the_address_is_allowed(host: str, clock: Clock) -> None:
    reach = Reach({"*": ["127.0.0.1"]})
    policy = FetchPolicy(allow=(Allowed.read("127.0.0.1/32"),))
    with Fetcher(policy, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
        assert fetcher.fetch(f"http://{host}/").state is FetchState.REFUSED
    assert reach.connected == []


SPELLED = {
    "http://example.mn": "http://example.mn/",
    "HTTPS://Example.MN:443/A?b=c#d": "https://example.mn/A?b=c",
    "http://example.mn:080/": "http://example.mn/",
    "http://example.mn?q": "http://example.mn/?q",
    "http://монгол.мон/мэдээ?х=ү": "http://xn--c1aqbeec.xn--l1acc/%D0%BC%D1%8D%D0%B4%D1%8D%D1%8D?%D1%85=%D2%AF",
    "http://МОНГОЛ.мон/%D2%AF/~x": "http://xn--c1aqbeec.xn--l1acc/%D2%AF/~x",
    "http://[2606:4700:0::1111]:80/": "http://[2606:4700::1111]/",
    "http://a_b.x-y.example.mn/?u[]=1&v={}|": "http://a_b.x-y.example.mn/?u[]=1&v={}|",
    "https://example.mn:8443/": "https://example.mn:8443/",
}


@pytest.mark.parametrize("url", SPELLED)
def test_how_an_address_is_sent(url: str) -> None:
    assert target_of(url).url == SPELLED[url]


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "100.63.255.255", "100.128.0.0", "172.32.0.1", "192.0.1.0", "223.255.255.255", "2606:4700::1111"],
)
def test_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


RESOLVED = {
    "to loopback": ["127.0.0.1"],
    "to the metadata of a cloud": ["169.254.169.254"],
    "to loopback of IPv6": ["::1"],
    "outside and inside": ["93.184.216.34", "10.0.0.1"],
    "inside and outside": ["10.0.0.1", "93.184.216.34"],
    "to a mapped address": ["::ffff:10.0.0.1"],
    "to a zone": ["fe80::1%1"],
    "to no address": ["example.mn"],
}


@pytest.mark.parametrize("what", RESOLVED)
def test_every_address_of_a_name_has_to_be_public(what: str, clock: Clock) -> None:
    reach = Reach({"example.mn": RESOLVED[what]})
    with Fetcher(FetchPolicy(), clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
        got = fetcher.fetch("http://example.mn/feed")
    assert got.state is FetchState.REFUSED
    assert reach.connected == []


def test_a_name_without_an_address(clock: Clock) -> None:
    reach = Reach({})
    with Fetcher(FetchPolicy(), clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
        got = fetcher.fetch("http://example.mn/feed")
    assert (got.state, got.error) == (FetchState.UNREACHABLE, "There is no address for the name example.mn.")


ALLOWED = [
    ("10.0.0.0/8", "http://10.1.2.3/", True),
    ("10.0.0.0/8", "http://10.1.2.3:8080/", True),
    ("10.0.0.0/8", "http://11.1.2.3:8080/", False),
    ("10.0.0.5:8080", "http://10.0.0.5:8080/", True),
    ("10.0.0.5:8080", "http://10.0.0.5/", False),
    ("10.0.0.5/32:8080", "http://10.0.0.6:8080/", False),
    ("fd00::/8", "http://[fd00::5]/", True),
    ("[fd00::5]:8080", "http://[fd00::5]:8080/", True),
    ("[fd00::5]:8080", "http://[fd00::5]/", False),
    ("93.184.216.34:8080", "http://93.184.216.34:8080/", True),
    ("93.184.216.34:8080", "http://93.184.216.34:8081/", False),
    ("rsshub", "http://rsshub:1200/feed", True),
    ("rsshub:1200", "http://rsshub:1200/feed", True),
    ("rsshub:1200", "http://rsshub/feed", False),
    ("rsshub:1200", "http://other:1200/feed", False),
    ("feeds.internal", "http://feeds.internal/", True),
    ("10.0.0.0/8", "http://inner.mn/", True),
    ("192.168.0.0/16", "http://inner.mn/", False),
    ("64:ff9b::/96", "http://[64:ff9b::8.8.8.8]/", True),
    ("64:ff9b::/96", "http://[64:ff9b::10.0.0.1]/", False),
]


@pytest.mark.parametrize(("entry", "url", "allowed"), ALLOWED)
def test_the_operators_list(entry: str, url: str, allowed: bool, clock: Clock) -> None:
    reach = Reach(
        {"rsshub": ["172.18.0.2"], "other": ["172.18.0.3"], "feeds.internal": ["10.0.0.7"], "inner.mn": ["10.0.0.8"]}
    )
    policy = FetchPolicy.from_settings(Settings(fetch_allow=f" {entry} , 172.31.0.0/24", fetch_robots=False))
    with Fetcher(policy, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
        state = fetcher.fetch(url).state
    assert (state, bool(reach.connected)) == (
        (FetchState.UNREACHABLE, True) if allowed else (FetchState.REFUSED, False)
    )


def test_other_ports_of_public_hosts(clock: Clock) -> None:
    reach = Reach({"example.mn": ["93.184.216.34"]})
    policy = FetchPolicy.from_settings(Settings(fetch_ports="80, 8443", fetch_robots=False))
    with Fetcher(policy, clock=clock, resolver=reach.resolve, connect=reach.connect) as fetcher:
        assert fetcher.fetch("http://example.mn:8443/").state is FetchState.UNREACHABLE
        assert fetcher.fetch("https://example.mn/").state is FetchState.REFUSED


@pytest.mark.parametrize(
    "given",
    [
        {"fetch_allow": "10.0.0.0/33"},
        {"fetch_allow": "10.0.0.1:0"},
        {"fetch_allow": "10.0.0.1:65536"},
        {"fetch_allow": "http://10.0.0.1/"},
        {"fetch_allow": "[rsshub]:80"},
        {"fetch_allow": "127.1"},
        {"fetch_allow": "*"},
        {"fetch_ports": "http"},
        {"fetch_ports": "0"},
        {"fetch_ports": "80-90"},
        {"fetch_contact": "me\r\nX: y"},
        {"fetch_contact": "https://example.mn/(me)"},
        {"fetch_contact": "example.mn"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_read_is_named(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="ORTOO_FETCH_"):
        FetchPolicy.from_settings(Settings(**given))  # type: ignore[arg-type]


def test_who_we_say_we_are() -> None:
    assert FetchPolicy.from_settings(Settings()).user_agent.startswith("Ortoo/")
    named = FetchPolicy.from_settings(Settings(base_url="https://ortoo.mn", fetch_contact="mailto:desk@ortoo.mn"))
    assert named.user_agent.endswith(" (+mailto:desk@ortoo.mn)")
    assert FetchPolicy.from_settings(Settings(base_url="https://ortoo.mn")).user_agent.endswith("(+https://ortoo.mn)")
