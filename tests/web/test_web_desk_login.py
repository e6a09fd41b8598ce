"""The only door: who comes in, who does not, and what nobody learns from it."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest

from app.desk import people
from app.desk.passwords import Passwords
from app.desk.signing_in import MOST_BY_ACCOUNT, MOST_BY_ADDRESS, WINDOW
from app.model.editor import IDLE, LONGEST, session_hash
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.builders import NOW, rows
from tests.web.asking import Client
from tests.web.seated import PASSWORD, QUICK, Browser, CountingPasswords, add_people, backstage, token_in
from tests.web.sending import Clock

DESK, LOGIN = "/desk/en", "/desk/en/login"
WRONG = "The name, the password or the code is not right."


@pytest.fixture
def watch() -> Clock:
    return Clock()


@pytest.fixture
def passwords() -> CountingPasswords:
    return CountingPasswords()


@pytest.fixture
def client(sqlite_store: Store, watch: Clock, passwords: CountingPasswords) -> Iterator[Client]:
    add_people(sqlite_store)
    with Client(create_app(Settings(), sqlite_store, watch, backstage(passwords))) as opened:
        yield opened


@pytest.fixture
def browser(client: Client) -> Browser:
    return Browser(client)


def is_in(browser: Browser) -> bool:
    return browser.get("/desk/en/account").status_code == 200


@pytest.mark.parametrize("ui", ["en", "mn"])
def test_whoever_signs_in_is_led_to_where_he_wanted_to_go(browser: Browser, ui: str) -> None:
    asked = browser.get(f"/desk/{ui}/account")
    assert (asked.status_code, asked.headers["location"]) == (303, f"/desk/{ui}/login?next=%2Fdesk%2F{ui}%2Faccount")
    answer = browser.sign_in("editor", ui=ui, next=f"/desk/{ui}/account")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/{ui}/account")
    assert is_in(browser)


def test_the_bare_desk_leads_to_the_readers_language(browser: Browser) -> None:
    assert browser.get("/desk", accept_language="mn").headers["location"] == "/desk/mn"
    assert browser.get("/desk/login", accept_language="en").headers["location"] == LOGIN


@pytest.mark.parametrize(
    "after", ["//evil.test", "https://evil.test", "/en/", "/desk//evil.test", "/desk\\evil", "javascript:1"]
)
def test_nobody_is_led_to_another_site(browser: Browser, after: str) -> None:
    assert browser.sign_in("editor", next=after).headers["location"] == DESK
    back = browser.submit("/desk/en/account", {"do": "nothing", "back": after})
    assert back.headers["location"] == "/desk/en?said=same"


def test_an_unknown_name_and_a_wrong_password_look_and_cost_the_same(
    browser: Browser, passwords: CountingPasswords
) -> None:
    told = []
    for name in ("editor", "nobody"):
        before = passwords.checked
        answer = browser.sign_in(name, "not the password at all")
        assert passwords.checked == before + 1, "Argon2 runs for unknown names too"
        told.append((answer.status_code, answer.text.replace(name, "NAME")))
    assert told[0] == told[1]
    assert WRONG in told[0][1]
    assert not is_in(browser)


def test_a_switched_off_account_is_like_none(
    browser: Browser, sqlite_store: Store, passwords: CountingPasswords
) -> None:
    people.switch(sqlite_store, "cli", "editor", NOW, on=False)
    before = passwords.checked
    assert WRONG in browser.sign_in("editor").text
    assert passwords.checked == before + 1


@pytest.mark.parametrize("name", ["editor", "nobody"])
def test_an_account_closes_after_some_failures_whether_it_exists_or_not(
    client: Client, watch: Clock, name: str
) -> None:
    for n in range(MOST_BY_ACCOUNT):
        assert Browser(client, address=f"192.0.2.{n}").sign_in(name, "wrong").status_code == 422
    fresh = Browser(client, address="192.0.2.200")
    assert fresh.sign_in(name).status_code == 429
    watch.now += WINDOW
    assert fresh.sign_in(name).status_code == (303 if name == "editor" else 422)


def test_an_address_closes_for_all_accounts(client: Client) -> None:
    for n in range(MOST_BY_ADDRESS):
        assert Browser(client).sign_in(f"name{n}", "wrong").status_code == 422
    assert Browser(client).sign_in("editor").status_code == 429
    assert Browser(client, address="2001:db8::1").sign_in("editor").status_code == 303


def test_neighbours_in_one_ipv6_network_are_one(client: Client) -> None:
    for n in range(MOST_BY_ADDRESS):
        Browser(client, address=f"2001:db8::{n + 1:x}").sign_in(f"name{n}", "wrong")
    assert Browser(client, address="2001:db8::ffff").sign_in("editor").status_code == 429
    assert Browser(client, address="2001:db8:0:1::1").sign_in("editor").status_code == 303


def test_a_session_gets_a_secret_that_nobody_could_have_planted(browser: Browser, sqlite_store: Store) -> None:
    planted = "A" * 43
    browser.cookies["ortoo-desk"] = planted
    browser.sign_in("editor")
    first = browser.cookies["ortoo-desk"]
    assert first != planted

    again = Browser(browser.client)
    again.cookies["ortoo-desk"] = first
    assert is_in(again)
    again.cookies = {}
    page = again.get(LOGIN)
    again.cookies["ortoo-desk"] = first
    fields = {"csrf": token_in(page), "name": "admin", "password": PASSWORD}
    again.post(LOGIN, fields)
    assert again.cookies["ortoo-desk"] != first
    assert not is_in(browser), "who signs in anew leaves the session that the browser had"
    kept = [row["hash"] for row in rows(sqlite_store, "editor_sessions")]
    assert session_hash(again.cookies["ortoo-desk"]) in kept
    assert all(again.cookies["ortoo-desk"].encode() not in value for value in kept)


def test_sessions_end_by_themselves(browser: Browser, watch: Clock) -> None:
    browser.sign_in("editor")
    watch.now += IDLE - timedelta(seconds=1)
    assert is_in(browser)
    watch.now += IDLE
    assert not is_in(browser)
    browser.sign_in("editor")
    for _ in range(int(LONGEST / timedelta(minutes=20))):
        watch.now += timedelta(minutes=20)
        lasting = is_in(browser)
    assert not lasting


def test_signing_out_ends_the_session_in_the_database(browser: Browser) -> None:
    browser.sign_in("editor")
    stolen = dict(browser.cookies)
    browser.submit("/desk/en/account", {}, "/desk/en/logout")
    assert "ortoo-desk" not in browser.cookies
    browser.cookies = stolen
    assert not is_in(browser)


def test_cookies_are_as_closed_as_they_can_be(client: Client) -> None:
    plain = Browser(client).get(LOGIN).cookies[0]
    assert plain.startswith("ortoo-login=")
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(plain.split("; "))
    browser = Browser(client, scheme="https")
    (cookie,) = (c for c in browser.sign_in("editor").cookies if c.startswith("__Host-ortoo-desk="))
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert is_in(browser)


def test_a_form_of_another_site_does_nothing(browser: Browser) -> None:
    browser.sign_in("editor")
    token = token_in(browser.get("/desk/en/account"))
    fields = {"csrf": token, "do": "totp-begin"}
    assert browser.post("/desk/en/account", fields).status_code == 200
    assert browser.post("/desk/en/account", fields | {"csrf": ""}).status_code == 403
    assert browser.post("/desk/en/account", fields | {"csrf": token[::-1]}).status_code == 403
    assert browser.post("/desk/en/account", fields, sec_fetch_site="cross-site").status_code == 403
    assert browser.post("/desk/en/account", fields, sec_fetch_site="same-site").status_code == 403
    assert browser.post("/desk/en/account", fields, origin="https://evil.test").status_code == 403
    assert browser.post("/desk/en/account", fields, origin="null").status_code == 403
    assert browser.post("/desk/en/account", fields, origin="http://ortoo.test").status_code == 200


def test_nobody_can_be_signed_in_by_another_site(browser: Browser) -> None:
    fields = {"name": "editor", "password": PASSWORD}
    assert browser.post(LOGIN, fields).status_code == 403
    token = token_in(browser.get(LOGIN))
    assert browser.post(LOGIN, fields | {"csrf": token}, sec_fetch_site="cross-site").status_code == 403
    browser.cookies = {}
    assert browser.post(LOGIN, fields | {"csrf": token}).status_code == 403


def test_a_second_factor_is_asked_for_and_no_code_is_taken_twice(browser: Browser, watch: Clock) -> None:
    browser.sign_in("editor")
    page = browser.submit("/desk/en/account", {"do": "totp-begin"})
    secret = page.text.split('name="secret" value="')[1][:32]
    code = pyotp.TOTP(secret).at(NOW)
    fields = {"do": "totp-on", "secret": secret, "code": code, "present": PASSWORD}
    assert "code-wrong" in browser.submit("/desk/en/account", fields | {"code": "000000"}).headers["location"]
    assert "password-wrong" in browser.submit("/desk/en/account", fields | {"present": "?"}).headers["location"]
    assert "saved" in browser.submit("/desk/en/account", fields).headers["location"]
    other = Browser(browser.client)
    assert WRONG in other.sign_in("editor").text
    assert WRONG in other.sign_in("editor", code=code).text, "this code was taken when it was set up"
    watch.now += timedelta(seconds=30)
    assert other.sign_in("editor", code=pyotp.TOTP(secret).at(watch.now)).status_code == 303


def test_a_password_that_changes_ends_the_other_sessions(browser: Browser) -> None:
    other = Browser(browser.client)
    for one in (browser, other):
        one.sign_in("editor")
    wanted = "seven horses on the ridge"
    short = browser.submit("/desk/en/account", {"do": "password", "present": PASSWORD, "wanted": "short"})
    assert "password-length" in short.headers["location"]
    browser.submit("/desk/en/account", {"do": "password", "present": PASSWORD, "wanted": wanted})
    assert is_in(browser)
    assert not is_in(other)
    assert WRONG in other.sign_in("editor").text
    assert other.sign_in("editor", wanted).status_code == 303


def test_a_hash_of_earlier_parameters_is_renewed(browser: Browser, sqlite_store: Store) -> None:
    from argon2 import PasswordHasher

    dated = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)).hash(PASSWORD)
    with sqlite_store.writing() as writer:
        writer.editors.rehash(writer.editors.get("editor").editor.id, dated)
    assert browser.sign_in("editor").status_code == 303
    with sqlite_store.reading() as reader:
        known = reader.editors.named("editor")
    assert known is not None
    assert not QUICK.check_needs_rehash(known.password_hash)


@pytest.mark.parametrize("address", [LOGIN, "/desk", "/desk/en", "/desk/en/nowhere", "/desk/xx", "/deskx"])
def test_nothing_of_the_desk_is_kept_or_found_by_others(browser: Browser, address: str) -> None:
    headers = browser.get(address).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(client: Client, sqlite_store: Store) -> None:
    assert "max-age=31536000" in Browser(client, scheme="https").get("/en/").headers["strict-transport-security"]
    settings = Settings(base_url="https://ortoo.test")
    with Client(create_app(settings, sqlite_store, lambda: NOW, backstage())) as behind:
        answer = Browser(behind).get(LOGIN)
    assert "strict-transport-security" in answer.headers
    assert answer.cookies[0].startswith("__Host-")
