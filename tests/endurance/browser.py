"""Somebody who is signed in, over HTTP and one connection that is kept open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings

SECONDS = 120
"""So long an answer may take."""
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
TEXT_AREA = re.compile(r'<textarea[^>]*?\sname="([^"]+)"')


class Lost(Exception):  # noqa: N818 - what happened, and no fault
    """No whole answer came: nobody knows whether what was sent was done."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        """Where it leads on; empty where it does not."""
        return self.headers.get("Location", "")

    def hidden_fields(self) -> dict[str, str]:
        """What the forms of the page send unseen."""
        return dict(HIDDEN.findall(self.text))

    def text_areas(self) -> list[str]:
        """The names of the fields for longer texts."""
        return list(TEXT_AREA.findall(self.text))


class Browser:
    """Asks as the user of a session. Not for several threads."""

    def __init__(self, port: int, session: str) -> None:
        self._http = HTTPConnection("localhost", port, timeout=SECONDS)
        self._cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: "t" * 32}

    def get(self, address: str) -> Answer:
        """Raises Lost."""
        return self._ask("GET", address, None, {})

    def post(self, address: str, fields: Mapping[str, object], **headers: str) -> Answer:
        """`headers` with _ for -. Raises Lost."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        token = {"X-CSRFToken": self._cookies[settings.CSRF_COOKIE_NAME]}
        return self._ask("POST", address, urlencode(fields), {**form, **token, **named})

    def _ask(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            self._http.request(method, address, body, {"Cookie": cookies, **headers})
            answer = self._http.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            self._http.close()  # the next question opens it anew
            raise Lost(str(error)) from error
        for header in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: each.value for name, each in SimpleCookie(header).items()}
        return Answer(answer.status, dict(answer.headers.items()), content)
