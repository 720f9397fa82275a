"""A plan from nothing: the columns, and lines to start from. Pure: the federation's members and insatser
come in as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from budgets.sheet import BudgetSheet, Line
from finsam.swedish import Unit, listed
from plans.new_plan import EMPTY, OPENING, NewPlan, Origin, columns_from_nothing

ADMINISTRATION, INSATSER = "Administration", "Insatser"


@dataclass(frozen=True)
class Payer:
    """A member. `kind`: state, region, municipality or region_municipality."""

    name: str
    kind: str


def blank(
    plan_year: int,
    unit: Unit,
    *,
    payers: Iterable[Payer] = (),
    insatser: Iterable[str] = (),
    with_lines: bool = True,
) -> NewPlan:
    """A budget without figures: a column for the year before and three planned years; and, with lines, one
    contribution per payer, opening equity, board, administration, audit and each insats (by its name)."""
    columns = columns_from_nothing(plan_year)
    lines = _lines(list(payers), list(insatser), len(columns)) if with_lines else ()
    sheet = BudgetSheet(columns, lines, plan_year=plan_year, unit=unit)
    return NewPlan(
        sheet=sheet,
        origins=tuple(Origin(column, None, EMPTY) for column in columns),
        remarks=(_how_to_begin(columns[0].year, plan_year),),
    )


def _how_to_begin(first_year: int, plan_year: int) -> str:
    if first_year == plan_year:
        return f"Ange ingående eget kapital {plan_year}: alla år räknas från det."
    return (
        f"Börja med {first_year}: dess ingående eget kapital, intäkter och kostnader ger det som "
        f"{plan_year} öppnar med."
    )


def _lines(payers: list[Payer], insatser: list[str], width: int) -> tuple[Line, ...]:
    empty = (None,) * width

    def cost(name: str, line_class: str, group: str, project: str = "") -> Line:
        return Line(0, "cost", name, empty, line_class, group=group, project=project)

    lines = [
        *(
            Line(0, "income", name, empty, "contribution", member_kind=kind, member=member)
            for name, kind, member in _contributions(payers)
        ),
        Line(0, "opening_equity", OPENING, empty),
        cost("Styrelse", "board", ADMINISTRATION),
        cost("Kansli", "administration", ADMINISTRATION),
        cost("Revision", "audit", ADMINISTRATION),
        *(cost(name, "insats", INSATSER, project=name) for name in insatser),
    ]
    return tuple(replace(line, key=key) for key, line in enumerate(lines, start=1))


def _contributions(payers: list[Payer]) -> list[tuple[str, str, str]]:
    """Name, payer and member of each contribution. The state is one payer, though Försäkringskassan and
    Arbetsförmedlingen are two members: Försäkringskassan pays for both (FinsamL 5 §)."""
    state = [payer.name for payer in payers if payer.kind == "state"]
    others = [(payer.name, payer.kind, payer.name) for payer in payers if payer.kind != "state"]
    if not state:
        return others
    paying = next((name for name in state if "rsäkringskassan" in name), state[0])
    rest = [name for name in state if name != paying]
    name = f"{paying} (även för {listed(rest)})" if rest else paying
    return [(name[:200], "state", paying), *others]
