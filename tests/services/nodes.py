"""Finsam as it runs on a server: gunicorn with the configuration and the settings of production, each node a
process of its own, on the database of the test.

As under systemd the address is held open outside of the node, which takes it over when it starts: whoever
asks meanwhile waits, and is answered.
"""

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

HOST = "finsam.example.se"
SECONDS_TO_STOP = 40
STATIC_NAMES = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
"""The names that production gives its files, without the time it takes to compress them."""
ENVIRONMENT = {
    "SECRET_KEY": "".join(map(chr, range(48, 100))),
    "ALLOWED_HOSTS": HOST,
    "BEHIND_PROXY": "1",
    "WEB_CONCURRENCY": "1",
}


def collect_static(folder: Path) -> None:
    """What `manage.py collectstatic` does, as far as a page needs it."""
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": STATIC_NAMES}}
    with override_settings(STORAGES=storages, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)


def database_url(database: dict[str, Any]) -> str:
    """The address of a database from Django's settings of it."""
    if "sqlite" in database["ENGINE"]:
        return f"sqlite:///{database['NAME']}"
    who, password, host = (quote(str(database[part]), safe="") for part in ("USER", "PASSWORD", "HOST"))
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{who}:{password}@{host}{port}/{database['NAME']}"


class Node:
    """One gunicorn, behind an address that stays when it is stopped and started again."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.environment = {**ENVIRONMENT, "FINSAM_DATA_DIR": str(data), **environment}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.log = data / f"node-{self.port}.log"
        self.start()

    def start(self) -> None:
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "docs/operation/gunicorn.conf.py"]
        take_over = f'exec 3<&{self.listener.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["bash", "-c", take_over, "bash", *gunicorn],
                cwd=settings.BASE_DIR,
                env={"PATH": os.environ["PATH"], **self.environment},
                pass_fds=[self.listener.fileno()],
                stdout=log,
                stderr=log,
            )

    def stop(self) -> int:
        """In peace, as when systemd stops it; its exit status."""
        self.process.terminate()
        return self.process.wait(SECONDS_TO_STOP)

    def close(self) -> None:
        """For good, whatever it was doing."""
        self.process.kill()
        self.process.wait()
        self.listener.close()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def logged(self) -> list[dict[str, Any]]:
        """Every line that the node has written."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    text: str


@dataclass
class Visitor:
    """A browser behind the proxy: has cookies, and asks whichever node it is sent to."""

    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def get(self, node: Node, address: str, **headers: str) -> Answer:
        return self._ask(node, "GET", address, None, headers)

    def post(self, node: Node, address: str, values: dict[str, str], **headers: str) -> Answer:
        """With the token of a form, which the visitor must have been shown."""
        token = self.cookies["__Host-csrftoken" if "__Host-csrftoken" in self.cookies else "csrftoken"].value
        body = urlencode({"csrfmiddlewaretoken": token, **values})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"https://{HOST}",
            **headers,
        }
        return self._ask(node, "POST", address, body, headers)

    def _ask(
        self, node: Node, method: str, address: str, body: str | None, headers: dict[str, str]
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", node.port, timeout=60)
        cookies = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookies}
        connection.request(method, address, body, sent | {k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode(errors="replace"))
        for each in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(each)
        connection.close()
        return answer
