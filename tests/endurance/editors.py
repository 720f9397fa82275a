"""Editors: each writes in its own cells and sections of all plans, as fast as they are answered."""

import json
from collections.abc import Callable

from tests.endurance.at_work import Floor, Worker, WrongAnswerError, expect
from tests.endurance.browser import Answer, Lost
from tests.endurance.ledger import AmountWritten, Deed, TextWritten
from tests.endurance.world import MOST_WRITTEN, OF_EDITOR, Cell, Draft

THINKS = 0.1  # seconds
CLOSED = "är stängd"


class Editor(Worker):
    """The editor with this number. When no answer comes it either asks for the same again, or never writes
    there again, so that nothing hides what became of it."""

    def __init__(self, floor: Floor, seed: str, number: int, session: str, drafts: list[Draft]) -> None:
        super().__init__(floor, f"{seed}-editor-{number}")
        self.number = number
        self.asking = self.browser(session)
        self.drafts = list(drafts)
        self._amounts: dict[tuple[Draft, Cell], int] = {}
        self._revisions: dict[tuple[Draft, str], int] = {}
        self._left: set[object] = set()
        self._turn = 0

    def turn(self) -> bool:
        self.think(THINKS)
        self._turn += 1
        draft = self.random.choice(self.drafts)
        if self.random.random() < 0.7:
            self._write_amount(draft, self.random.choice(draft.cells[self.number]))
        else:
            self._write_text(draft, draft.sections[self.number])
        return True

    def _write_amount(self, draft: Draft, cell: Cell) -> None:
        was = self._amounts.get((draft, cell), OF_EDITOR)
        if (draft, cell) in self._left or was >= OF_EDITOR + MOST_WRITTEN:
            return
        deed = AmountWritten(draft.budget, cell.line, cell.year, was + 1)
        fields = {"line": cell.line, "year": cell.year, "was": f"{was}.00", "text": was + 1, "seen": 0}

        def ask() -> Answer:
            return self.asking.post(f"{draft.budget_address}/belopp/", fields, X_Requested_With="grid")

        answer, was_lost = self._asked(ask, (draft, cell))
        if answer is None:
            return
        if expect(answer, 200, 409).status == 409:
            self._closed(answer.text, draft, deed, was_lost=was_lost)
            return
        self.ledger.note_seen(draft.plan, budget=int(answer.headers["X-Budget-Change"]))
        self.ledger.note_done(deed)
        self._amounts[draft, cell] = was + 1

    def _write_text(self, draft: Draft, key: str) -> None:
        if (draft, key) in self._left:
            return
        text = f"<p>{key} skrev detta som sitt {self._turn}:e.</p>"
        deed = TextWritten(draft.plan, key, text)
        fields = {"text": text, "revision": self._revisions.get((draft, key), 0)}

        def ask() -> Answer:
            address = f"{draft.address}/skriv/{key}/spara/"
            return self.asking.post(address, fields, Accept="application/json")

        answer, was_lost = self._asked(ask, (draft, key))
        if answer is None:
            return
        told = json.loads(expect(answer, 200, 409).text)
        stored = told if answer.status == 200 else told.get("theirs", {})
        if answer.status == 409 and not (was_lost and stored.get("text") == text):
            self._closed(told["said"], draft, deed, was_lost=was_lost)
            return
        self.ledger.note_seen(draft.plan, sections=stored["revision"])
        self.ledger.note_done(deed)
        self._revisions[draft, key] = stored["revision"]

    def _asked(self, ask: Callable[[], Answer], place: object) -> tuple[Answer | None, bool]:
        """The answer, None when there is to be none; and whether it was asked for without one."""
        try:
            return ask(), False
        except Lost:
            self.ledger.note_lost()
        if self.random.random() < 0.5:
            self._left.add(place)
            return None, True
        self.wait_for_server()
        return self.until_answered(ask), True

    def _closed(self, said: str, draft: Draft, deed: Deed, *, was_lost: bool) -> None:
        """The plan has been adopted, and nobody writes in it any more. Raises WrongAnswerError."""
        if CLOSED not in said:
            raise WrongAnswerError(f"{deed}: {said[:2000]}")
        self.drafts.remove(draft)
        if not was_lost:
            self.ledger.note_refused(deed)
