"""The LibreOffice that recalculates our workbooks and reads our Word files in the tests, when there is one.

`python -m tests.services.libreoffice` installs it where apt and the right to are. Without it the tests
compute the formulas themselves (tests/budgets/exchange/evaluator.py), and say so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("soffice", "libreoffice", "localc")
PACKAGES = ("libreoffice-calc-nogui", "libreoffice-writer-nogui")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def find() -> Path | None:
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return None


def has_writer(program: Path) -> bool:
    """Whether it has its word processor: Debian ships that apart from the calculator."""
    return (program.resolve().parent / "libswlo.so").exists()


def recalculated(program: Path, workbook: bytes) -> bytes:
    """The workbook as LibreOffice saves it after computing every formula anew."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        profile = there / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
        (there / "in.xlsx").write_bytes(workbook)
        (there / "out").mkdir()
        command = [
            str(program),
            f"-env:UserInstallation=file://{there / 'profile'}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(there / "out"),
            str(there / "in.xlsx"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (there / "out" / "in.xlsx").read_bytes()


def main() -> None:
    program = find()
    if (program and has_writer(program)) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
        if subprocess.run(["apt-get", *command], env=environment, capture_output=True).returncode:
            print("LibreOffice gick inte att installera; testen räknar formlerna själva.", file=sys.stderr)
            return


if __name__ == "__main__":
    main()
