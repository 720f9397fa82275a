"""The server killed while it is used: what was answered as done is still there, and nothing is half.

A short form in every run; in `make soak` 1 000 edits and 100 adoptions. See killed.py.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.endurance.database import environment, own_database

pytestmark = pytest.mark.django_db  # on both databases, although it uses one of its own
SECONDS = 1_800


def killed(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "tests.endurance", *arguments]
    said = folder / "said"
    with own_database(folder) as address, said.open("wb") as output:
        own = environment(address, folder)
        with subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=own, stdout=output, stderr=output
        ) as process:
            try:
                status = process.wait(SECONDS)
            except BaseException:
                process.terminate()  # it takes its server with it
                raise
    print(said.read_text())
    assert status == 0, said.read_text()


def test_what_was_answered_is_there_after_the_kill(tmp_path):
    killed(tmp_path, "--edits", "60", "--adoptions", "4")


@pytest.mark.soak
def test_what_was_answered_is_there_after_many_kills(tmp_path):
    killed(tmp_path, "--edits", "1000", "--adoptions", "100")
