"""A budget in the hands of somebody who edits it through its pages, with or without script."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from budgets.editing.state import BudgetState
from budgets.models import Budget, Change
from members.models import RoleKind, User
from tests.budgets.editing.sittings import budget_of, line_named, state_of, years_of
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, shown

GRID = {"X-Requested-With": "grid"}


@dataclass
class Grid:
    """One person's work in a budget. `query` is what the address carries, such as `?enhet=tkr`."""

    budget: Budget
    client: Client
    who: User
    query: str = ""

    @property
    def base(self) -> str:
        return f"/{self.budget.federation.slug}/budget/{self.budget.plan_year}/"

    @property
    def state(self) -> BudgetState:
        return state_of(self.budget)

    @property
    def number(self) -> int:
        return self.state.number

    def another(self) -> "Grid":
        """Somebody else in the same budget."""
        return opened(self.budget)

    def cell(self, name: str, column: int) -> dict[str, Any]:
        """The keys of a cell, as the page sends them."""
        state = self.state
        return {"line": line_named(state, name), "year": years_of(state)[column]}

    def amount(self, name: str, column: int) -> object:
        return self.state.cell(*self.cell(name, column).values())["amount"]

    def formula(self, name: str, column: int) -> object:
        return self.state.cell(*self.cell(name, column).values())["formula"]

    def get(self, path: str = "", **kwargs: Any) -> HttpResponse:
        return self.client.get(self.base + path + (self.query if "?" not in path else ""), **kwargs)

    def page(self) -> Element:
        return shown(self.get())

    def post(self, path: str, fields: dict[str, Any] | None = None, *, script: bool = True) -> HttpResponse:
        headers = GRID if script else {}
        return self.client.post(self.base + path + self.query, fields or {}, headers=headers)

    def type(self, name: str, column: int, text: object, **fields: Any) -> HttpResponse:
        """A cell is written, from what stands in it unless `was` says otherwise."""
        was = self.amount(name, column) or ""
        sent = {**self.cell(name, column), "was": was, "text": text, "seen": self.number}
        return self.post("belopp/", {**sent, **fields})

    def changes(self) -> int:
        return Change.objects.filter(budget=self.budget).count()


def opened(budget: Budget, query: str = "", kind: RoleKind = RoleKind.DIRECTOR) -> Grid:
    who = with_role(budget.federation, kind)
    return Grid(budget, client_of(who), who, query)


def gotland(query: str = "") -> Grid:
    return opened(budget_of("gotland"), query)


def lund(query: str = "") -> Grid:
    """A federation that shows its amounts in tkr."""
    return opened(budget_of("lund"), query)
