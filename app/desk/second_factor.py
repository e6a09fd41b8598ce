"""One-time codes (TOTP, RFC 6238): six digits, 30 seconds, SHA-1, as every authenticator has them."""

import base64
from datetime import datetime

import pyotp

SECRET_BYTES = 20
"""160 bits, as RFC 4226 recommends."""

ISSUER = "Ortoo"
STEP_SECONDS = 30
DRIFT = 1
"""Steps that a clock may be fast or slow."""


def secret_of(random: bytes) -> str:
    """SECRET_BYTES random bytes as authenticators take them: base32. ValueError for fewer."""
    if len(random) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} random bytes")
    return base64.b32encode(random).decode("ascii")


def address(secret: str, name: str) -> str:
    """The `otpauth:` address by which an authenticator takes the secret over."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The 30-second step (since 1970) whose code this is, now or one step away; None for a wrong one."""
    digits = "".join(code.split())
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    steps = range(present - DRIFT, present + DRIFT + 1)
    matching = [step for step in steps if pyotp.utils.strings_equal(totp.at(step * STEP_SECONDS), digits)]
    return max(matching, default=None)
