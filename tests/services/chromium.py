"""The Chromium that the browser tests drive.

`python -m tests.services.chromium` sees to it that there is one. Without it the browser tests fail;
they are never skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PATH_VARIABLE = "FINSAM_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Keeps it from looking for the network, and from what a machine without screen or GPU lacks.
LAUNCH_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


class ChromiumUnavailableError(Exception):
    """No Chromium, and none could be installed; the message says what to do."""


def works(path: Path) -> bool:
    """Whether it starts: Ubuntu's chromium-browser may be a stub that says to install a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> Path:
    """Where Playwright puts the Chromium that `playwright install chromium` fetches."""
    # In a process of its own, which leaves no event loop behind in this one.
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    command = [sys.executable, "-c", code]
    return Path(subprocess.check_output(command, text=True).strip())


def find() -> Path | None:
    if chosen := os.environ.get(PATH_VARIABLE):
        if not works(Path(chosen)):
            raise ChromiumUnavailableError(f"{PATH_VARIABLE}={chosen} går inte att starta.")
        return Path(chosen)
    for name in NAMES:
        if (found := shutil.which(name)) and works(Path(found)):
            return Path(found)
    own = playwrights_own()
    return own if works(own) else None


def install_with_apt() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installerar chromium, som webbläsartesterna behöver ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(
            ["apt-get", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        ).returncode
        == 0
        for arguments in (["update"], ["install", "--yes", "chromium"])
    )


def install_with_playwright() -> bool:
    print("Hämtar Chromium med Playwright ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode == 0


def find_or_install() -> Path:
    if found := find():
        return found
    for install in (install_with_apt, install_with_playwright):
        if install() and (found := find()):
            return found
    raise ChromiumUnavailableError(
        "Webbläsartesterna behöver Chromium, som inte finns här och inte gick att installera.\n"
        "På Debian: be den som sköter datorn köra  apt-get install chromium,\n"
        f"eller ange var den finns: {PATH_VARIABLE}=/sökväg/till/chromium"
    )


if __name__ == "__main__":
    try:
        find_or_install()
    except ChromiumUnavailableError as problem:
        sys.exit(str(problem))
