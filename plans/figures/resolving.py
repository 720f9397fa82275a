"""A live figure worked out: its words, its value, and what is wrong when it has none. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.rules.equity_limits import equity_limits
from budgets.sheet import KIND_NAMES, Line, PrintedTotal, add
from plans.figures.token import Token, TokenError, parse
from plans.figures.wording import amount_in_words, count_in_words, share_in_words
from plans.picture import PlanPicture

MISSING = "[belopp saknas]"

NAMES_OF_TOTALS = {
    "income": "summa intäkter",
    "costs": "summa kostnader",
    "contributions": "medlemsbidragen",
    "result": "resultatet",
    "deficit": "underskottet",
    "opening": "ingående eget kapital",
    "closing": "utgående eget kapital",
    "funds": "tillgängliga medel",
    "administration": "styrelse, administration och revision",
    "highest": "högsta nivån för eget kapital",
    "lowest": "lägsta nivån för eget kapital",
}
NAMES_OF_VALUES = {
    "state": "statens bidrag",
    "region": "regionernas bidrag",
    "municipality": "kommunernas bidrag",
    "region_municipality": "bidraget från kommunen utanför region",
    "region_and_municipalities": "regionernas och kommunernas bidrag",
    "all": "bidragen från alla medlemmar",
    "contribution": "medlemsbidragen",
    "esf": "ESF-medlen",
    "other": "övriga intäkter",
    "board": "kostnaderna för styrelsen",
    "administration": "kostnaderna för administration",
    "audit": "kostnaderna för revision",
    "insats": "kostnaderna för insatser",
}
KINDS_PLANNED = ("revised", "budget", "plan", "forecast", "outcome")
KINDS_PAST = ("outcome", "forecast", "revised", "budget", "plan")
"""Which column a year's figure is read in, where the year stands in several and none is named."""


@dataclass(frozen=True)
class LiveFigure:
    """`text` is what the document says, `source` names the figure in words; `fault` is a Swedish sentence,
    empty when all is well."""

    text: str
    source: str = ""
    value: Decimal | None = None
    fault: str = ""


class _GoneError(Exception):
    """The figure has no value; the message says why."""


def resolve(text: str, plan: PlanPicture) -> LiveFigure:
    """The live figure of a token, from the sheet of the plan. Never raises: a fault is told."""
    try:
        return _Resolving(parse(text), plan).figure()
    except TokenError as error:
        return LiveFigure(MISSING, fault=f"Ett levande belopp kan inte läsas: {error}.")
    except _GoneError as error:
        sentence = str(error)
        return LiveFigure(MISSING, fault=sentence[:1].upper() + sentence[1:])


class _Resolving:
    def __init__(self, token: Token, plan: PlanPicture) -> None:
        self.token, self.plan, self.sheet = token, plan, plan.sheet

    def figure(self) -> LiveFigure:
        token = self.token
        if token.what == "name":
            return LiveFigure(self._project_name(), "insatsens namn")
        year = self.plan.plan_year + token.year
        if token.what == "year":
            return LiveFigure(str(year), "året", Decimal(year))
        if token.what == "projects":
            count = self._number_of_projects(self._column(token.year))
            return LiveFigure(count_in_words(count, token.form), f"antal insatser {year}", Decimal(count))
        return self._amount()

    def _amount(self) -> LiveFigure:
        token = self.token
        source = f"{self._name()} {self.plan.plan_year + token.year}"
        value = self._value(token.year)
        if token.share_of:
            whole = self._total(token.share_of, token.year)
            if not whole:
                raise _GoneError(f"{source} är inte en andel av något: helheten saknas.")
            share = value / whole
            return LiveFigure(share_in_words(share), f"{source}, andel", share)
        if token.less is not None:
            before = self._value(token.less)
            if token.form == "percent":
                if before <= 0:
                    raise _GoneError(f"{source} kan inte jämföras i procent med noll eller mindre.")
                change = (value - before) / before
                return LiveFigure(share_in_words(change), f"{source}, ändring", change)
            value -= before
        return LiveFigure(amount_in_words(value, token.form, self.sheet.unit), source, value)

    def _column(self, years: int) -> int:
        """The column that a year's figure is read in."""
        year, wanted = self.plan.plan_year + years, self.token.kind
        kinds = (wanted,) if wanted else KINDS_PAST if years < 0 else KINDS_PLANNED
        for kind in kinds:
            for place, column in enumerate(self.sheet.columns):
                if column.year == year and column.kind == kind:
                    return place
        kind_name = f" ({KIND_NAMES[wanted]})" if wanted else ""
        raise _GoneError(f"Budgeten har ingen kolumn för {year}{kind_name}.")

    def _value(self, years: int) -> Decimal:
        """The amount, SEK, of what the token names in a year counted from the plan year."""
        amount = self._total(self.token.what, years) if self._is_total else self._of_row(self._column(years))
        if amount is None:
            raise _GoneError(f"{self._name()} har inget belopp {self.plan.plan_year + years}.")
        return amount

    @property
    def _is_total(self) -> bool:
        return self.token.what in NAMES_OF_TOTALS

    def _total(self, what: str, years: int) -> Decimal | None:
        column = self._column(years)
        figures = self.sheet.figures[column]
        match what:
            case "administration":
                return self.sheet.administration(column)
            case "deficit":
                return None if figures.result is None else -figures.result
            case "funds":
                return figures.funds_available
            case "highest" | "lowest":
                limits = equity_limits(self.sheet, self.plan.circumstances, column)
                limit = limits and (limits.highest if what == "highest" else limits.lowest)
                return limit.amount if limit else None
        amount: Decimal | None = getattr(figures, what)
        return amount

    def _of_row(self, column: int) -> Decimal | None:
        sheet, token = self.sheet, self.token
        match token.what:
            case "line":
                return sheet.amount(self._line(), column)
            case "group":
                group, subgroup = self._group()
                return sheet.group_total(group, column, subgroup=subgroup or None)
            case "project":
                return sheet.project_total(self._project_name(), column)
            case "member":
                name = self._member_name()
                return add(line.amounts[column] for line in sheet.counted if line.member == name)
            case "total":
                return sheet.printed_total(self._printed_total(), column)
            case "payer":
                return sheet.payers[column].get(token.of)
        return sheet.class_total(token.of, column)

    # -- rows and their names --------------------------------------------------------------------

    def _name(self) -> str:
        match self.token.what:
            case "line":
                return self._line().name
            case "group":
                return next(name for name in reversed(self._group()) if name)
            case "project":
                return self._project_name()
            case "member":
                return self._member_name()
            case "total":
                return self._printed_total().name
            case "payer" | "class":
                return NAMES_OF_VALUES[self.token.of]
        return NAMES_OF_TOTALS[self.token.what]

    def _line(self) -> Line:
        for line in self.sheet.lines:
            if line.key == self.token.key:
                return line
        raise _GoneError("En budgetpost som texten visar finns inte längre.")

    def _group(self) -> tuple[str, str]:
        found = self.plan.group_names.get(self.token.key or 0)
        if found is None:
            raise _GoneError("En grupp av budgetposter som texten visar finns inte längre.")
        return found

    def _printed_total(self) -> PrintedTotal:
        for total in self.sheet.totals:
            if total.name == self.token.of:
                return total
        raise _GoneError(f"Summan {self.token.of} som texten visar finns inte längre.")

    def _project_name(self) -> str:
        project = self.plan.project(self.token.key or 0)
        if project is None:
            raise _GoneError("En insats som texten visar finns inte längre.")
        return project.name

    def _member_name(self) -> str:
        for member in self.plan.members:
            if member.key == self.token.key:
                return member.name
        raise _GoneError("En medlem som texten visar finns inte längre.")

    def _number_of_projects(self, column: int) -> int:
        """How many insatser have money that year."""
        return sum(bool(self.sheet.project_total(project.name, column)) for project in self.plan.projects)
