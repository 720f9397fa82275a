"""Finsam as it is run, in several processes on a port of its own, for as long as nobody kills it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import create_connection, socket

from django.conf import settings

CONFIGURATION = "docs/operation/gunicorn.conf.py"
SECONDS_TO_START = 60
PAUSE = 0.02  # seconds between looking whether it is ready


class Server:
    """The server as docs/operation.md runs it. Its processes are a group, and can be killed as one."""

    def __init__(
        self,
        log: Path,
        *options: str,
        processes: int = 2,
        threads: int = 4,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """`options` are gunicorn's, beside its configuration; `environment` says which database."""
        self.log = log
        self._options = options
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._environment = {
            **environment,
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": str(processes),
            "WEB_THREADS": str(threads),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers. Raises RuntimeError when it does not."""
        command = [sys.executable, "-m", "gunicorn", "--config", CONFIGURATION, *self._options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a group of its own
            )
        give_up = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"Servern startade inte:\n{self.log.read_text(errors='replace')[-5000:]}")
            time.sleep(PAUSE)

    def kill(self) -> None:
        """All its processes at once, whatever they are doing (SIGKILL). Returns when the port is free."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        while self._listens():
            time.sleep(PAUSE)

    def workers(self) -> list[int]:
        """The processes that answer."""
        assert self._process is not None
        main = self._process.pid
        return [int(each) for each in Path(f"/proc/{main}/task/{main}/children").read_text().split()]

    def _answers(self) -> bool:
        http = HTTPConnection("localhost", self.port, timeout=SECONDS_TO_START)
        try:
            http.request("GET", "/logga-in/")
            return http.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            http.close()

    def _listens(self) -> bool:
        try:
            create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True
