"""An authenticator app: what it shows for a secret (RFC 6238), written apart from what it is to test."""

import base64
import hmac
import struct
import time


def code(secret: str, periods_from_now: int = 0) -> str:
    counter = int(time.time()) // 30 + periods_from_now
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def wrong_code(secret: str) -> str:
    """Six digits that are not valid about now."""
    right = {code(secret, periods) for periods in range(-2, 3)}
    return next(
        each for each in ("000000", "111111", "222222", "333333", "444444", "555555") if each not in right
    )
