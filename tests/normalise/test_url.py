"""Links: what may be shown, which addresses are one article, and which must never be taken for one."""

import base64

import pytest

from app.normalise.url import LONGEST, LinkFault, canonical, fault, link

BASE = "https://ikon.mn/rss/all"

# (as found, the link to show, why)
LINKS = [
    ("https://ikon.mn/n/3nm4", "https://ikon.mn/n/3nm4", "a plain link stays"),
    (
        "http://WWW.Ikon.mn:80/n/3nm4/?utm_source=rss#top",
        "http://WWW.Ikon.mn:80/n/3nm4/?utm_source=rss#top",
        "as given",
    ),
    (" \n https://ikon.mn/n/\n3nm4 ", "https://ikon.mn/n/3nm4", "broken over lines (URL standard)"),
    ("/n/3nm4", "https://ikon.mn/n/3nm4", "from the root"),
    ("../n/3nm4", "https://ikon.mn/n/3nm4", "from the page"),
    ("?id=4", "https://ikon.mn/rss/all?id=4", "a query alone"),
    ("//gogo.mn/r/1", "https://gogo.mn/r/1", "the page's scheme"),
    ("HTTPS://ikon.mn/n/1", "HTTPS://ikon.mn/n/1", "a scheme has no case"),
    ("https://ikon.mn/мэдээ/шинэ мэдээ", "https://ikon.mn/мэдээ/шинэ%20мэдээ", "a blank would end a link"),
    ("https:\\\\ikon.mn\\n\\1?q=a\\b", "https://ikon.mn/n/1?q=a\\b", "browsers read \\ as /, but not in a query"),
    ("https://өртөө.мон/а", "https://өртөө.мон/а", "letters stay"),
    ("http://192.0.2.7:8080/x", "http://192.0.2.7:8080/x", "an address and a port"),
    ("http://[2001:db8::7]/x", "http://[2001:db8::7]/x", "an IPv6 address"),
    ("https://my_blog.example.com/a", "https://my_blog.example.com/a", "underscores are in use"),
]

# (as found, base, the fault, why)
FAULTS = [
    (None, BASE, LinkFault.EMPTY, "nothing"),
    ("", BASE, LinkFault.EMPTY, "nothing"),
    (" \t\n", BASE, LinkFault.EMPTY, "blanks"),
    ("javascript:alert(1)", BASE, LinkFault.SCHEME, "a script"),
    (" JaVaScRiPt:alert(1)", BASE, LinkFault.SCHEME, "a script in disguise"),
    ("java\nscript:alert(1)", BASE, LinkFault.SCHEME, "browsers take the line break out, too"),
    ("data:text/html,x", BASE, LinkFault.SCHEME, "a page in a link"),
    ("mailto:a@ikon.mn", BASE, LinkFault.SCHEME, "a mail"),
    ("feed://ikon.mn/rss", BASE, LinkFault.SCHEME, "not http"),
    ("ikon.mn:8080/x", BASE, LinkFault.SCHEME, "reads as a scheme"),
    ("tag:ikon.mn,2026:1", BASE, LinkFault.SCHEME, "an identifier"),
    ("/n/1", None, LinkFault.RELATIVE, "relative to nothing"),
    ("/n/1", "ikon.mn", LinkFault.RELATIVE, "relative to something relative"),
    ("1234", None, LinkFault.RELATIVE, "an identifier"),
    ("https://ikon.mn/\x00", BASE, LinkFault.CONTROL, "NUL"),
    ("https://ikon.mn/\x7f", BASE, LinkFault.CONTROL, "DEL"),
    ("https://ikon.mn/\u202egpj.exe", BASE, LinkFault.CONTROL, "turns the reading direction"),
    ("https://ikon.mn/\ud800", BASE, LinkFault.CONTROL, "half a character"),
    ("https://ikon.mn@evil.example/", BASE, LinkFault.CREDENTIALS, "pretends to be ikon.mn"),
    ("https://a:b@ikon.mn/", BASE, LinkFault.CREDENTIALS, "a password"),
    ("https://ikon.mn:0/", BASE, LinkFault.PORT, "no port"),
    ("https://ikon.mn:99999/", BASE, LinkFault.PORT, "no port"),
    ("https://ikon.mn:x/", BASE, LinkFault.PORT, "no port"),
    ("https://", BASE, LinkFault.HOST, "no host"),
    ("https:///n/1", BASE, LinkFault.HOST, "no host"),
    ("https://ik%6Fn.mn/", BASE, LinkFault.HOST, "an encoded host"),
    ("https://ikon..mn/", BASE, LinkFault.HOST, "an empty label"),
    ("https://өртөө..мон/", BASE, LinkFault.HOST, "an empty label"),
    ("https://-ikon.mn/", BASE, LinkFault.HOST, "a hyphen first"),
    ("https://ikon mn/", BASE, LinkFault.HOST, "a blank in the host"),
    ("https://[ikon.mn/", BASE, LinkFault.HOST, "half a bracket"),
    ("https://[::zz]/", BASE, LinkFault.HOST, "no IPv6 address"),
    ("https://" + "a" * 64 + ".mn/", BASE, LinkFault.HOST, "a label of 64"),
    ("https://ikon.mn/" + "a" * LONGEST, BASE, LinkFault.TOO_LONG, "longer than any browser takes"),
]

GOOGLE_NEWS_CODE = base64.urlsafe_b64encode(
    b"\x08\x13\x22\x26https://www.montsame.mn/en/read/398309\xd2\x01\x00"
).decode()

# (an address, another of the same article, why they are one)
SAME = [
    ("http://ikon.mn/n/3nm4", "https://ikon.mn/n/3nm4", "scheme"),
    ("HTTPS://IKON.MN/n/3nm4", "https://ikon.mn/n/3nm4", "scheme and host have no case"),
    ("https://www.montsame.mn/mn/read/1", "https://montsame.mn/mn/read/1", "www."),
    ("https://m.gogo.mn/r/1", "https://gogo.mn/r/1", "mobile host"),
    ("https://mobile.reuters.com/a/1", "https://www.reuters.com/a/1", "mobile host and www."),
    ("https://amp.cnn.com/a/1", "https://cnn.com/a/1", "AMP host"),
    ("https://www.m.gogo.mn/r/1", "https://gogo.mn/r/1", "two device labels"),
    ("https://ikon.mn:443/n/1", "https://ikon.mn/n/1", "default port"),
    ("http://ikon.mn:80/n/1", "https://ikon.mn/n/1", "default port of the other scheme"),
    ("https://ikon.mn./n/1", "https://ikon.mn/n/1", "the root's dot"),
    ("https://ikon.mn/n/1/", "https://ikon.mn/n/1", "trailing slash"),
    ("https://ikon.mn", "https://ikon.mn/", "no path is the root"),
    ("https://ikon.mn//n///1", "https://ikon.mn/n/1", "slashes doubled by a template"),
    ("https://ikon.mn/a/../n/./1", "https://ikon.mn/n/1", "dot segments"),
    ("https://ikon.mn/a/%2E%2e/n/1", "https://ikon.mn/n/1", "encoded dot segments"),
    ("https://ikon.mn/n/1#comments", "https://ikon.mn/n/1", "a place on the page"),
    ("https://ikon.mn/n/1#:~:text=Улаанбаатар", "https://ikon.mn/n/1", "a marked passage"),
    ("https://ikon.mn/n/1#", "https://ikon.mn/n/1", "empty fragment"),
    ("https://ikon.mn/n/1?", "https://ikon.mn/n/1", "empty query"),
    ("https://ikon.mn/n?&id=1&", "https://ikon.mn/n?id=1", "empty pairs"),
    ("https://ikon.mn/n/1?utm_source=rss&UTM_Medium=feed", "https://ikon.mn/n/1", "campaign, in any case"),
    ("https://ikon.mn/n/1?fbclid=IwAR0abc", "https://ikon.mn/n/1", "Facebook click"),
    ("https://ikon.mn/n?id=7&gclid=x&yclid=y", "https://ikon.mn/n?id=7", "Google and Yandex clicks, the id stays"),
    ("https://ikon.mn/n?id=7&mc_cid=1&mc_eid=2", "https://ikon.mn/n?id=7", "Mailchimp"),
    ("https://ikon.mn/n/1?ref=rss", "https://ikon.mn/n/1", "where the reader came from"),
    ("https://www.bbc.com/news/a-1?ocid=x&at_medium=RSS&at_campaign=KARANGA", "https://bbc.com/news/a-1", "BBC"),
    ("https://ikon.mn/n?b=2&a=1", "https://ikon.mn/n?a=1&b=2", "order of parameters"),
    ("https://ikon.mn/n?q=a+b", "https://ikon.mn/n?q=a%20b", "two ways to write a blank"),
    ("https://ikon.mn/n?p=a%2Fb%3A1", "https://ikon.mn/n?p=a/b:1", "a value encoded more than need be"),
    ("https://ikon.mn/мэдээ", "https://ikon.mn/%D0%BC%D1%8D%D0%B4%D1%8D%D1%8D", "Cyrillic bare and encoded"),
    ("https://ikon.mn/%d0%bc%d1%8d", "https://ikon.mn/%D0%BC%D1%8D", "case of the encoding"),
    ("https://ikon.mn/%D0%B8%CC%86", "https://ikon.mn/%D0%B9", "й in one character and in two"),
    ("https://ikon.mn/%6E/%7Ea", "https://ikon.mn/n/~a", "unreserved characters encoded"),
    ("https://ikon.mn/%ed%e0", "https://ikon.mn/%ED%E0", "letters of an old encoding"),
    ("https://өртөө.мон/а", "https://xn--p1ae31cca.xn--l1acc/%D0%B0", "an international name"),
    ("https://ikon.mn/a/1/amp", "https://ikon.mn/a/1", "AMP"),
    ("https://ikon.mn/a/1/amp/", "https://ikon.mn/a/1", "AMP with a slash"),
    ("https://ikon.mn/a/1.amp.html", "https://ikon.mn/a/1.html", "AMP"),
    ("https://ikon.mn/a/1?amp=1", "https://ikon.mn/a/1", "AMP"),
    ("https://ikon.mn/a/1?outputType=amp", "https://ikon.mn/a/1", "AMP"),
    ("https://ikon.mn/index.php?id=3", "https://ikon.mn/?id=3", "the page a server adds"),
    ("https://ikon.mn/a/index.html", "https://ikon.mn/a/", "the page a server adds"),
    ("https://ikon.mn/a;jsessionid=1F?id=3", "https://ikon.mn/a?id=3", "session"),
    ("https://ikon.mn/a?id=3&PHPSESSID=1f", "https://ikon.mn/a?id=3", "session"),
    ("https://www.google.com/url?q=https%3A%2F%2Fikon.mn%2Fn%3Fid%3D1%26p%3D2&sa=U", "https://ikon.mn/n?id=1&p=2",
     "Google search"),
    ("https://www.google.mn/url?sa=t&url=https://ikon.mn/n/1", "https://ikon.mn/n/1", "Google search in Mongolia"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fikon.mn%2Fn%2F1%3Ffbclid%3Dx&h=AT0", "https://ikon.mn/n/1", "FB"),
    ("https://www.google.com/amp/s/m.ikon.mn/n/1/amp/", "https://ikon.mn/n/1", "Google's AMP viewer"),
    ("https://ikon-mn.cdn.ampproject.org/c/s/ikon.mn/n/1?usqp=mq331", "https://ikon.mn/n/1", "Google's AMP store"),
    (f"https://news.google.com/rss/articles/{GOOGLE_NEWS_CODE}?oc=5", "https://montsame.mn/en/read/398309", "GNews"),
    ("https://news.google.com/rss/articles/AAAAAAAAAAAAAAAAAAAAAAAA?oc=5&hl=en",
     "https://news.google.com/rss/articles/AAAAAAAAAAAAAAAAAAAAAAAA", "the reader's edition of Google News"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fikon.mn%252Fn%252F1",
     "https://ikon.mn/n/1", "a wrapper in a wrapper"),
]  # fmt: skip

# (an address, one of another article, what would go wrong)
DIFFERENT = [
    ("https://ikon.mn/n?id=1", "https://ikon.mn/n?id=2", "the article is in the query"),
    ("https://ikon.mn/?p=1", "https://ikon.mn/", "a WordPress article is not the front page"),
    ("https://ikon.mn/index.php?id=1", "https://ikon.mn/index.php?id=2", "the index page alone says nothing"),
    ("https://ikon.mn/n?newsid=1&cat=2", "https://ikon.mn/n?newsid=2&cat=1", "values belong to their names"),
    ("https://ikon.mn/n?a=1&a=2", "https://ikon.mn/n?a=2&a=1", "order among equal names may matter"),
    ("https://ikon.mn/n?123", "https://ikon.mn/n?124", "a query without a name"),
    ("https://ikon.mn/n/1?page=2", "https://ikon.mn/n/1?page=3", "pages of a list"),
    ("https://ikon.mn/n?ref=4401", "https://ikon.mn/n?ref=4402", "ref may be the article's number"),
    ("https://ikon.mn/n?source=1", "https://ikon.mn/n?source=2", "source may be the article's number"),
    ("https://ikon.mn/n?amp=55", "https://ikon.mn/n?amp=56", "amp with a number is no AMP mark"),
    ("https://ikon.mn/n?ocid=1", "https://ikon.mn/n?ocid=2", "BBC's marks mean nothing elsewhere"),
    ("https://ikon.mn/n/AbC", "https://ikon.mn/n/abc", "paths have case: short codes differ by it"),
    ("https://ikon.mn/n?id=AbC", "https://ikon.mn/n?id=abc", "values have case"),
    ("https://ikon.mn/n/1", "https://ikon.mn/n/01", "numbers are names here"),
    ("https://mn.montsame.mn/read/1", "https://en.montsame.mn/read/1", "another language's site"),
    ("https://montsame.mn/mn/read/1", "https://montsame.mn/en/read/1", "another language's page"),
    ("https://ikon.mn/n/1?lang=mn", "https://ikon.mn/n/1?lang=en", "another language's page"),
    ("https://news.gogo.mn/r/1", "https://gogo.mn/r/1", "news. is another site"),
    ("https://ikon.mn/n/1", "https://ikon.com/n/1", "another domain"),
    ("https://ikon.mn:8080/n/1", "https://ikon.mn/n/1", "another server"),
    ("https://m.co.uk/1", "https://amp.co.uk/1", "m.co.uk is a registered name, not a mobile host"),
    ("https://ikon.mn/#!/n/1", "https://ikon.mn/#!/n/2", "the page routes by its fragment"),
    ("https://ikon.mn/#/n/1", "https://ikon.mn/#/n/2", "the page routes by its fragment"),
    ("https://ikon.mn/a%2Fb", "https://ikon.mn/a/b", "an encoded slash is a letter"),
    ("https://ikon.mn/a%3Fid=1", "https://ikon.mn/a?id=1", "an encoded question mark is a letter"),
    ("https://ikon.mn/n?q=a%26b=1", "https://ikon.mn/n?q=a&b=1", "an encoded & is a letter"),
    ("https://ikon.mn/n?q=a%2Bb", "https://ikon.mn/n?q=a+b", "an encoded plus is a plus, a bare one a blank"),
    ("https://ikon.mn/n?q=%2541", "https://ikon.mn/n?q=%41", "encoded twice"),
    ("https://ikon.mn/мэдээ", "https://ikon.mn/мэдэ", "Cyrillic letters count"),
    ("https://ikon.mn/хөх", "https://ikon.mn/хох", "Ө is not О"),
    ("https://ikon.mn/%ED%E0", "https://ikon.mn/%ED%E1", "letters of an old encoding count"),
    ("https://ikon.mn/amp", "https://ikon.mn/", "a page named amp"),
    ("https://ikon.mn/example", "https://ikon.mn/ex", "amp inside a word"),
    ("https://ikon.mn/camp", "https://ikon.mn/c", "amp at a word's end"),
    ("https://ikon.mn/a/1.html", "https://ikon.mn/a/1", "an ending may be part of the name"),
    ("https://ikon.mn/a/myindex.html", "https://ikon.mn/a/my", "index inside a word"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fikon.mn%2Fn%2F1", "https://l.facebook.com/l.php?u=https%3A%2F%2Fikon.mn%2Fn%2F2",
     "targets count"),
    ("https://news.google.com/articles/" + "A" * 21, "https://news.google.com/articles/" + "B" * 21, "no base64"),
    ("https://feedproxy.google.com/~r/ikon/~3/abc/", "https://feedproxy.google.com/~r/ikon/~3/abd/", "closed wrappers"),
    ("https://www.google.com/url?q=%ED%E0", "https://www.google.com/url?q=%ED%E1", "not a link inside"),
    ("https://www.google.com/url?q=https%3A%2F%2Fikon.mn%2F%ED", "https://www.google.com/url?q=https%3A%2F%2Fikon.mn%2F%EE",
     "letters that cannot be read are not guessed"),
    ("https://web.archive.org/web/2020/https://ikon.mn/n/1", "https://ikon.mn/n/1", "a copy is another page"),
]  # fmt: skip

# (an address, its identity form)
FORMS = [
    ("HTTP://WWW.Ikon.mn:80/n/../n/3nm4/?utm_source=rss#top", "https://ikon.mn/n/3nm4"),
    ("http://www.gov.mn/", "https://gov.mn/"),
    ("https://www.mn/a", "https://www.mn/a"),
    ("https://m.mn/a", "https://m.mn/a"),
    ("http://[2001:DB8::7]:8080/a b", "https://[2001:db8::7]:8080/a%20b"),
    ("https://ikon.mn/100%/a", "https://ikon.mn/100%25/a"),
    ("https://ikon.mn/a[1]?b[]=2", "https://ikon.mn/a%5B1%5D?b%5B%5D=2"),
    ("https://ikon.mn/a?x=1=2&y", "https://ikon.mn/a?x=1=2&y"),
    ("https://ikon.mn/#!/n/1?Id=%d0%bc", "https://ikon.mn/#!/n/1?Id=%D0%BC"),
    ("https://ikon.mn/..", "https://ikon.mn/"),
    ("https://ikon.mn/..amp", "https://ikon.mn/..amp"),
]


@pytest.mark.parametrize(("raw", "shown", "why"), LINKS, ids=[row[0] for row in LINKS])
def test_a_link_is_shown_as_given(raw: str, shown: str, why: str) -> None:
    assert link(raw, BASE) == shown, why
    assert fault(raw, BASE) is None


@pytest.mark.parametrize(("raw", "base", "expected", "why"), FAULTS, ids=[str(number) for number in range(len(FAULTS))])
def test_what_is_no_link_says_why(raw: str | None, base: str | None, expected: LinkFault, why: str) -> None:
    assert link(raw, base) is None, why
    assert fault(raw, base) is expected


def test_a_link_may_have_two_thousand_characters_and_no_more() -> None:
    longest = "https://ikon.mn/" + "a" * (LONGEST - 16)
    assert link(longest) == longest
    assert link(longest + "a") is None


@pytest.mark.parametrize(("one", "other", "why"), SAME, ids=[f"{row[2]}: {row[0]}"[:80] for row in SAME])
def test_the_same_article(one: str, other: str, why: str) -> None:
    assert canonical(one) is not None
    assert canonical(one) == canonical(other), why


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT, ids=[f"{row[2]}: {row[0]}"[:80] for row in DIFFERENT])
def test_different_articles(one: str, other: str, why: str) -> None:
    assert canonical(one) is not None
    assert canonical(other) is not None
    assert canonical(one) != canonical(other), why


@pytest.mark.parametrize(("url", "form"), FORMS, ids=[row[0] for row in FORMS])
def test_the_identity_form(url: str, form: str) -> None:
    assert canonical(url) == form


def test_what_is_no_link_has_no_identity_form() -> None:
    assert canonical("javascript:alert(1)") is None
    assert canonical("ikon.mn") is None
    assert canonical("") is None
