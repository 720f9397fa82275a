"""Several people in the same budget at the same moment, through the real pages, on a real database."""

import random
import re
from itertools import pairwise

import pytest
from django.http import HttpResponse
from django.test import Client

from budgets.editing.steps import Table
from budgets.models import Amount, Budget, BudgetLine, Change, ChangeStep
from members.models import RoleKind
from plans.models import Plan
from tests.at_once import together
from tests.budgets.editing.sittings import budget_of, line_named, names_in_order, state_of, years_of
from tests.budgets.editing.test_changes import JOBB, STATE, was
from tests.members.people import client_of, with_role

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/gotland/budget/2021/"
GRID = {"X-Requested-With": "grid"}


@pytest.fixture
def budget() -> Budget:
    return budget_of("gotland")


def clients(budget: Budget, number: int) -> list[Client]:
    return [client_of(with_role(budget.federation, RoleKind.DIRECTOR)) for _ in range(number)]


def numbers(budget: Budget) -> list[int]:
    return list(Change.objects.filter(budget=budget).order_by("number").values_list("number", flat=True))


def history_leads_to_now(budget: Budget) -> None:
    """Numbered without gaps, and every old value is what its predecessor left."""
    assert numbers(budget) == list(range(1, Budget.objects.get(pk=budget.pk).last_change + 1))
    last: dict[tuple[str, int, int | None, str], object] = {}
    for step in ChangeStep.objects.filter(change__budget=budget).order_by("change__number", "position"):
        for field, old in (step.before or {}).items():
            known = last.get((step.table, step.row, step.year, field), old)
            assert old == known, f"change {step.change.number}: {field} was {old}, not {known}"
        for field, new in (step.after or {}).items():
            last[step.table, step.row, step.year, field] = new


def test_of_two_hundred_edits_at_once_each_is_made_on_top_of_another_or_told_of_it(budget):
    """Eight people write in three cells, each what it last saw of them: acknowledged, or both values."""
    state = state_of(budget)
    places = [was(state, JOBB, 0), was(state, JOBB, 1), was(state, "Extra tilldelning", 0)]
    acknowledged: list[tuple[int, int, int]] = []
    conflicts: list[tuple[str, str, str]] = []

    def somebody(number: int, client: Client) -> HttpResponse:
        dice = random.Random(number)
        seen = {(line, year): str(now or "") for line, year, now in places}
        for turn in range(25):
            line, year = dice.choice(list(seen))
            mine = 1000 * (number + 1) + turn
            answer = client.post(
                f"{HERE}belopp/",
                {"line": line, "year": year, "was": seen[line, year], "text": mine, "seen": 0},
                headers=GRID,
            )
            if answer.status_code == 200:
                acknowledged.append((line, year, mine))
                assert f'data-stored="{mine}.00"' in answer.content.decode()
                seen[line, year] = f"{mine}.00"
            else:
                assert answer.status_code == 409, answer.content.decode()
                html = answer.content.decode().replace("\xa0", "")
                (stored,) = re.findall('data-stored="([^"]*)"', html)
                mine_shown = f'data-choose="mine">Skriv {mine}<' in html
                theirs_shown = f'data-choose="theirs">Behåll {stored.removesuffix(".00") or "tomt"}<' in html
                conflicts.append(
                    (stored, html if not (mine_shown and theirs_shown) else "", seen[line, year])
                )
                seen[line, year] = stored  # the user chooses to write over it next time
        return answer

    together([lambda n=n, c=c: somebody(n, c) for n, c in enumerate(clients(budget, 8))])

    assert len(acknowledged) + len(conflicts) == 200
    assert acknowledged and conflicts
    assert [html for _, html, _ in conflicts if html] == []
    assert all(stored != seen for stored, _, seen in conflicts)  # none is told of a conflict with itself
    assert len(numbers(budget)) == len(acknowledged)
    history_leads_to_now(budget)
    steps = ChangeStep.objects.filter(change__budget=budget).order_by("change__number")
    made = [(step.row, step.year, step.after["amount"]) for step in steps]
    assert sorted(made) == sorted((line, year, f"{mine}.00") for line, year, mine in acknowledged)
    for line, year, first in places:
        own = [step for step in steps if (step.row, step.year) == (line, year)]
        assert own[0].before["amount"] == first
        for earlier, later in pairwise(own):
            assert later.before["amount"] == earlier.after["amount"]
        stored = Amount.objects.get(line=line, year=year).amount.amount
        assert f"{stored:.2f}" == own[-1].after["amount"]


def test_the_same_edit_from_eight_at_once_is_made_once(budget):
    line, year, now = was(state_of(budget), JOBB, 0)
    answers = together(
        [
            lambda c=c, n=n: c.post(
                f"{HERE}belopp/", {"line": line, "year": year, "was": now, "text": 100 + n}, headers=GRID
            )
            for n, c in enumerate(clients(budget, 8))
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 7]
    assert numbers(budget) == [1]


@pytest.mark.parametrize("turn", range(3))
def test_a_line_removed_while_its_cell_is_written_is_gone_or_holds_the_figure(budget, turn):
    """Whoever comes second decides: the figure is removed with the line, or its writer is told."""
    line, year, now = was(state_of(budget), JOBB, 0)
    writer, remover = clients(budget, 2)
    written, removed = together(
        [
            lambda: writer.post(
                f"{HERE}belopp/", {"line": line, "year": year, "was": now, "text": "7"}, headers=GRID
            ),
            lambda: remover.post(f"{HERE}post/{line}/ta-bort/", headers=GRID),
        ]
    )
    assert removed.status_code == 200
    assert not BudgetLine.objects.filter(pk=line).exists()
    assert not Amount.objects.filter(line=line).exists()
    assert written.status_code in (200, 409)
    if written.status_code == 409:
        assert "har tagits bort av någon annan" in written.content.decode()
    history_leads_to_now(budget)
    remover.post(f"{HERE}angra/")
    assert state_of(budget).cell(line, year)["amount"] == ("7.00" if written.status_code == 200 else now)


def test_moves_at_once_are_made_one_after_the_other(budget):
    before = state_of(budget)
    lines = [line_named(before, name) for name in (JOBB, "Dialogmöten", "Frukostmöten", STATE)]
    people = clients(budget, 6)
    answers = together(
        [
            lambda c=c, n=n: c.post(
                f"{HERE}post/{lines[n % 4]}/flytta/{'upp' if n % 2 else 'ned'}/", headers=GRID
            )
            for n, c in enumerate(people)
        ]
    )
    assert {answer.status_code for answer in answers} == {200}
    after = state_of(budget)
    assert sorted(map(str, names_in_order(after))) == sorted(map(str, names_in_order(before)))
    positions = [row["position"] for row in after.rows[Table.LINE].values()]
    assert len(positions) == len(set(positions))
    history_leads_to_now(budget)


@pytest.mark.parametrize("turn", range(3))
def test_once_the_plan_is_closed_no_edit_is_acknowledged(budget, turn):
    plan = Plan.objects.get(budget=budget)
    line, year, now = was(state_of(budget), JOBB, 0)
    writers = clients(budget, 3)
    after_closing: list[int] = []

    def write(client: Client) -> HttpResponse:
        seen = str(now)
        for turn in range(8):
            closed = not Budget.objects.get(pk=budget.pk).is_open
            answer = client.post(
                f"{HERE}belopp/", {"line": line, "year": year, "was": seen, "text": turn}, headers=GRID
            )
            if closed:
                after_closing.append(answer.status_code)
            if answer.status_code == 200:
                seen = f"{turn}.00"
            elif stored := re.findall('data-stored="([^"]*)"', answer.content.decode()):
                seen = stored[0]
        return answer

    def close() -> HttpResponse:
        plan.set_open(False)
        return HttpResponse()

    answers = together([*[lambda c=c: write(c) for c in writers], close])
    assert [answer.status_code for answer in answers[:3]] == [409] * 3
    assert set(after_closing) <= {409}
    assert "stängd" in answers[0].content.decode()
    history_leads_to_now(budget)
    assert not Budget.objects.get(pk=budget.pk).is_open


def test_two_who_undo_in_the_same_sitting_at_once_undo_two_changes_or_one_is_told(budget):
    """Two windows of the same person: never the same change twice."""
    who = with_role(budget.federation, RoleKind.DIRECTOR)
    first = client_of(who)
    second = Client()
    second.cookies = first.cookies
    line, year, now = was(state_of(budget), JOBB, 0)
    seen = str(now)
    for text in ("1", "2", "3"):
        answer = first.post(
            f"{HERE}belopp/", {"line": line, "year": year, "was": seen, "text": text}, headers=GRID
        )
        assert answer.status_code == 200
        seen = f"{text}.00"
    answers = together([lambda c=c: c.post(f"{HERE}angra/", headers=GRID) for c in (first, second)])
    undone = Change.objects.filter(budget=budget, kind="undo")
    assert sorted({answer.status_code for answer in answers}) in ([200], [200, 409])
    assert undone.count() == sum(answer.status_code == 200 for answer in answers)
    assert len({change.undoes_id for change in undone}) == undone.count()
    history_leads_to_now(budget)
    left = {1: "2.00", 2: "1.00"}[undone.count()]
    assert state_of(budget).cell(line, year)["amount"] == left


def test_pastes_at_once_are_all_or_nothing(budget):
    """Each of four pastes the same figure in eight cells: one does, the others see what has happened."""
    state = state_of(budget)
    line, year = line_named(state, "Dialogmöten"), years_of(state)[0]
    people = clients(budget, 4)

    def paste(client: Client, number: int) -> HttpResponse:
        text = "\n".join(["\t".join([str(number)] * 4)] * 2)
        fields = {"line": line, "year": year, "text": text}
        return client.post(f"{HERE}klistra-in/", {**fields, "confirmed": 0}, headers=GRID)

    answers = together([lambda c=c, n=n: paste(c, n + 1) for n, c in enumerate(people)])
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert sum("X-Budget-Change" in answer.headers for answer in answers) == len(numbers(budget)) == 1
    after = state_of(budget)
    names = ("Dialogmöten", "Metodutbildningar")
    figures = {
        after.cell(line_named(after, name), year)["amount"] for name in names for year in years_of(after)
    }
    assert len(figures) == 1
    history_leads_to_now(budget)


def test_a_change_made_alone_among_many_budgets_waits_for_none_of_them(budget):
    """Each budget has its own lock and numbers."""
    lund = budget_of("lund")
    who = with_role(lund.federation, RoleKind.DIRECTOR)
    line, year = next(iter(state_of(lund).cells))
    one = client_of(who)
    (two,) = clients(budget, 1)
    mine = was(state_of(budget), JOBB, 0)
    answers = together(
        [
            lambda: one.post(
                "/lund/budget/2017/belopp/",
                {
                    "line": line,
                    "year": year,
                    "was": state_of(lund).cell(line, year)["amount"] or "",
                    "text": "8 tkr",
                },
                headers=GRID,
            ),
            lambda: two.post(
                f"{HERE}belopp/",
                {"line": mine[0], "year": mine[1], "was": mine[2], "text": "8"},
                headers=GRID,
            ),
        ]
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (numbers(budget), numbers(lund)) == ([1], [1])
