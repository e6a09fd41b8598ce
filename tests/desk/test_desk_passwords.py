"""Passwords and one-time codes."""

from datetime import timedelta

import pyotp
import pytest

from app.desk.passwords import Passwords, check_password
from app.desk.second_factor import secret_of, step_of
from app.errors import DeskRefused
from tests.builders import NOW
from tests.web.seated import QUICK


def test_the_real_hasher_is_argon2id_as_rfc_9106_recommends() -> None:
    kept = Passwords().hash("a quiet yurt in the wind")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_hash_is_of_one_password_and_of_nobody_none() -> None:
    passwords = Passwords(QUICK)
    kept = passwords.hash("a quiet yurt")
    assert passwords.verify(kept, "a quiet yurt")
    assert not passwords.verify(kept, "a quiet yur")
    assert not passwords.verify(None, "a quiet yurt")
    assert not passwords.verify(
        None, "a password that nobody has, so that somebody unknown takes as long as somebody known"
    )
    assert not passwords.verify("no hash at all", "a quiet yurt")
    assert passwords.hash("a quiet yurt") != kept


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "password-length"),
        ("x" * 129, "password-length"),
        ("aaaaaaaaaaaaaaaa", "password-weak"),
        ("annaannaanna", "password-weak"),
        ("ortooortooortoo", "password-weak"),
    ],
)
def test_what_is_no_password(password: str, reason: str) -> None:
    with pytest.raises(DeskRefused) as refused:
        check_password(password, "anna")
    assert refused.value.facts["reason"] == reason


def test_any_signs_make_a_password() -> None:
    check_password("морь унаж явна", "anna")
    check_password("correct horse battery staple", "anna")


def test_a_code_is_of_its_step_or_the_one_beside() -> None:
    secret = secret_of(bytes(range(20)))
    totp, step = pyotp.TOTP(secret), int(NOW.timestamp()) // 30
    assert step_of(secret, totp.at(NOW), NOW) == step
    assert step_of(secret, f" {totp.at(NOW)[:3]} {totp.at(NOW)[3:]}", NOW) == step
    assert step_of(secret, totp.at(NOW - timedelta(seconds=30)), NOW) == step - 1
    assert step_of(secret, totp.at(NOW - timedelta(seconds=90)), NOW) is None
    for wrong in ("", "12345", "1234567", "abcdef", "１２３４５６"):
        assert step_of(secret, wrong, NOW) is None


def test_a_secret_needs_all_its_random_bytes() -> None:
    with pytest.raises(ValueError, match="20 random bytes"):
        secret_of(b"few")
