"""The pictures of the guide: `python -m tests.services.guide_pictures` (`make guide-pictures`).

A server of its own with Gotland's plan, on days of 2020, is used as the guide says, each person in a browser
of their own; what the screen shows on the way is kept in docs/guide/pictures/. The steps: guide_story.py.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from unittest.mock import patch

import django
from playwright.sync_api import sync_playwright

from tests.services import chromium, environment


@contextmanager
def server() -> Iterator[str]:
    """Finsam on a free port of this computer; its address."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the pictures are what there is to see."""

    serving = ThreadedWSGIServer(("localhost", 0), Quiet)
    serving.set_app(get_wsgi_application())
    Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://localhost:{serving.server_port}"
    serving.shutdown()
    serving.server_close()


def make() -> str:
    """Makes all pictures anew; says what was made."""
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from tests.plans.adoption_world import Clock
    from tests.services.guide_camera import PICTURES, Camera
    from tests.services.guide_story import tell

    setup_test_environment(debug=False)  # mails are kept, not sent
    call_command("migrate", verbosity=0)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    clock = Clock()
    with patch("django.utils.timezone.now", clock), server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find_or_install(), args=chromium.LAUNCH_FLAGS, chromium_sandbox=False
        )
        tell(Camera(browser, address, clock))
        browser.close()
    made = list(PICTURES.glob("*.png"))
    return f"{PICTURES}: {len(made)} bilder, {sum(each.stat().st_size for each in made) / 1e6:.1f} MB"


def main() -> None:
    started = time.monotonic()
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")
    django.setup()
    try:
        made = make()
    finally:
        environment.data_dir.cleanup()
    print(f"{made} ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
