"""Six people around one plan, each in a browser of their own, and what each of them may see of it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.access import REASONS, Action
from members.models import Federation, Role, RoleKind
from tests.browser.conftest import new_page, sign_in
from tests.browser.visits import DESKTOP
from tests.members import people

FOLDER = Path(os.environ.get("FINSAM_SCREENSHOTS") or settings.BASE_DIR / "var" / "screenshots")
PLAN = "/gotland/plan/2021/"
WAY, MEETING, BOARD, BACK, REVISE = (
    PLAN + each for each in ("vagen/", "sammantrade/", "skicka/styrelsen/", "aterfor/", "revidera/")
)
COMMENTS, CONSULTATION, ADOPT = (PLAN + each for each in ("synpunkter/", "samrad/", "faststall/"))
WORKING_COPY = (PLAN, "/gotland/budget/2021/", PLAN + "skriv/", PLAN + "motiveringar/", BOARD, REVISE)
TABLET = {"width": 820, "height": 1180}
PEOPLE = {
    # who: what they may do, name, and whom they represent
    "director": (RoleKind.DIRECTOR, "Karin Ek", ""),
    "member": (RoleKind.MEMBER_REPRESENTATIVE, "Bo Rung", "Region Gotland"),
    "ledamot": (RoleKind.BOARD_MEMBER, "Cia Berg", ""),
    "chair": (RoleKind.CHAIR, "Anna Alm", ""),
    "auditor": (RoleKind.AUDITOR, "Rolf Lind", ""),
    "observer": (RoleKind.OBSERVER, "Ove Dahl", ""),
}
AGAIN = "Planen är återförd till utkast. Du läser den när den har skickats igen."
REFUSALS = (REASONS[Action.READ_CONSULTATION_VERSION], REASONS[Action.READ_BOARD_VERSION], AGAIN)


@dataclass
class Six:
    """The pages of the six, what went wrong in them, and the screenshots so far."""

    pages: dict[str, Page]
    errors: list[str]
    names: list[str] = field(default_factory=list)

    def __getitem__(self, who: str) -> Page:
        return self.pages[who]

    def keep(self, who: str, name: str) -> None:
        """A screenshot of the page as this person sees it now, numbered in order."""
        self.names.append(name)
        page = self[who]
        page.wait_for_load_state()
        page.evaluate("scrollTo(0, 0)")
        path = FOLDER / f"samrad-{len(self.names):02}-{who}-{name}.png"
        page.screenshot(path=path, full_page="oversikt" not in name)  # which is long, and tells it at the top

    def status(self, who: str, path: str) -> tuple[int, str]:
        """What the server answers this person, and in what words; the browser's page stays where it is."""
        answer = self[who].context.request.get(path)
        return answer.status, answer.text()

    def assert_reads(self, **versions: str) -> None:
        """Each reads the versions whose numbers stand in their string, and sees only those on the page of the
        plan's way; what they may not read is refused with the reason."""
        last = max(int(number) for numbers in versions.values() for number in numbers or "0")
        for who in PEOPLE:
            _, way = self.status(who, WAY)
            for number in map(str, range(1, last + 1)):
                status, said = self.status(who, f"{PLAN}version/{number}/")
                may = number in versions.get(who, "")
                assert status == (200 if may else 403), (who, number, status)
                assert may or any(reason in said for reason in REFUSALS), (who, number)
                assert (f'id="version-{number}"' in way) == may, (who, number)

    def assert_only_the_director_works(self) -> None:
        """Nobody else comes to the working copy, and each is told why."""
        for who in PEOPLE:
            for path in WORKING_COPY[:-1]:
                status, said = self.status(who, path)
                assert status == (200 if who == "director" else 403), (who, path, status)
                assert who == "director" or "Din behörighet ger inte" in said, (who, path)

    def assert_state(self, state: str) -> None:
        """All six are told where the plan is."""
        for who, page in self.pages.items():
            page.goto(WAY)
            expect(page.locator(".stages [aria-current]"), who).to_contain_text(state)


def six_people(browser: Browser, live_server: LiveServer, federation: Federation) -> Iterator[Six]:
    """The six, each signed in from the sign-in page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("samrad-*.png"):
        old.unlink()
    errors: list[str] = []
    with ExitStack() as stack:
        six = Six(
            {who: stack.enter_context(new_page(browser, live_server, errors)) for who in PEOPLE}, errors
        )
        for who, (kind, name, member) in PEOPLE.items():
            user = people.user(f"{who}@example.se", name=name)
            represented = federation.members.get(name=member) if member else None
            Role.objects.create(user=user, federation=federation, kind=kind, member=represented)
            six[who].set_viewport_size(TABLET if who == "ledamot" else DESKTOP)
            sign_in(six[who], user.email, people.PASSWORD)
        yield six
    assert not errors, "errors in the pages:\n" + "\n".join(errors)
