"""A command run before the tables are there says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", [["load_demo"], ["dump_federation", "lund", "--out", "ut"]])
def test_a_database_without_tables_is_named(tmp_path, command):
    environment = {
        "PATH": os.environ["PATH"],
        "ENVIRONMENT": "local",
        "SECRET_KEY": "x" * 40,
        "FINSAM_DATA_DIR": str(tmp_path),
    }
    (tmp_path / "static").mkdir()
    run = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "Kör först manage.py migrate" in run.stderr
    assert "Traceback" not in run.stderr
