"""Those who send plans to the board, take them back and adopt them; and those who read meanwhile."""

from collections.abc import Sequence

from tests.endurance.at_work import Floor, Worker, WrongAnswerError, expect
from tests.endurance.browser import Answer, Browser
from tests.endurance.ledger import Moved
from tests.endurance.world import CHAIR, DIRECTOR, Draft, World, address_of
from tests.members.people import PASSWORD

AGAIN, BACK = 0.3, 0.2
"""How often a plan before the board is sent once more, and how often the chair sends it back first."""
SHOW_WHO, SIGN_IN = "/konto/bekrafta/", "/logga-in/"
THINKS = 0.2  # seconds


class Mover(Worker):
    """Takes its plans to adoption, one after the other. What gets no answer is asked for again, as it was."""

    def __init__(self, floor: Floor, seed: str, number: int, world: World, drafts: Sequence[Draft]) -> None:
        super().__init__(floor, f"{seed}-mover-{number}")
        self.director, self.chair = map(self.browser, world.movers[number])
        self.drafts = list(drafts)

    def turn(self) -> bool:
        if not self.drafts:
            return False
        draft = self.drafts.pop(0)
        self._to_board(draft)
        if self.random.random() < BACK:
            self._move(self.chair, draft, "send_back", f"{draft.address}/aterfor/", comment="Se över målen.")
            self._to_board(draft)
        elif self.random.random() < AGAIN:
            self._to_board(draft)
        self._move(self.chair, draft, "adopt", f"{draft.address}/faststall/")
        return True

    def _to_board(self, draft: Draft) -> None:
        self._move(self.director, draft, "submit", f"{draft.address}/skicka/styrelsen/", note="Se bilagan.")

    def _move(self, browser: Browser, draft: Draft, action: str, address: str, **typed: str) -> None:
        """Read the form, fill it in and send it, until it is answered. Raises WrongAnswerError."""
        self.think(THINKS)
        page = self.until_answered(lambda: browser.get(address))
        if page is None:
            return
        fields = {
            **expect(page, 200).hidden_fields(),
            **dict.fromkeys((name for name in page.text_areas() if name not in typed), "Det blev så."),
            **typed,
        }
        move = Moved(draft.plan, action, int(fields["seen"]) + 1)
        self.ledger.note_asked(move)
        answer = self.until_answered(lambda: self._sent(browser, address, fields))
        if answer is None:
            return
        if expect(answer, 302).location.startswith((SHOW_WHO, SIGN_IN)):
            raise WrongAnswerError(f"{move}: {answer.location}")
        self.ledger.note_done(move)

    def _sent(self, browser: Browser, address: str, fields: dict[str, str]) -> Answer:
        """The answer, after showing who one is if that is asked for first. Who was to have a new session and
        got no answer signs in again."""
        answer = browser.post(address, fields)
        if answer.location.startswith(SHOW_WHO):
            expect(browser.post(answer.location, {"password": PASSWORD}), 302)
        elif answer.location.startswith(SIGN_IN):
            who = address_of(CHAIR if browser is self.chair else DIRECTOR)
            expect(browser.post(SIGN_IN, {"login": who, "password": PASSWORD}), 302)
        else:
            return answer
        return browser.post(address, fields)


class Reader(Worker):
    """Reads the plans that are to be adopted, as far as they have come: what they read is whole."""

    def __init__(self, floor: Floor, seed: str, number: int, world: World) -> None:
        super().__init__(floor, f"{seed}-reader-{number}")
        self.asking = self.browser(world.readers[number])
        self.drafts = world.to_adopt

    def turn(self) -> bool:
        self.think(THINKS)
        draft = self.random.choice(self.drafts)
        version = f"{draft.address}/version/1"
        page = expect(self.asking.get(f"{version}/"), 200, 404)
        if page.status == 200:
            kind = self.random.choice(("plan_pdf", "plan_docx", "budget_xlsx", "board_pdf"))
            expect(self.asking.get(f"{version}/{kind}/"), 200)
            expect(self.asking.get(f"{version}/budget/"), 200)
        return True
