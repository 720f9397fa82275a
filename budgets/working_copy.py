"""The working copy of a budget as a request asks for it: who asks, which budget, in which unit, what is
compared, and since which change."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpRequest
from django.urls import reverse

from budgets.editing.change import Author
from budgets.editing.remembered import MOST
from budgets.editing.state import BudgetState
from budgets.models import Budget
from budgets.page import BudgetPage
from budgets.reading import Names, Surroundings, read_circumstances, read_surroundings, sheet_of
from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet
from finsam.latest import Latest
from finsam.swedish import UNIT_NAME, Unit, unit_named
from finsam.whole_numbers import whole_number
from members.access import Access, Action, access
from members.models import Federation, User

UNITS: dict[str, Unit] = {name: unit_named(unit) for unit, name in UNIT_NAME.items()}
SITTING = "sitting"
SURROUNDINGS: Latest[int, tuple[int, Surroundings]] = Latest(MOST)


def own_unit(federation: Federation) -> Unit:
    """The unit that a federation shows its amounts in."""
    return unit_named(federation.unit)


@dataclass(frozen=True)
class WorkingCopy:
    here: Access
    budget: Budget
    plan_years: list[int]
    """All that the federation has, the latest first."""
    unit: Unit
    comparison: str
    """The keys of two columns, `12-15`, or nothing."""

    @property
    def editable(self) -> bool:
        return self.budget.is_open and self.here.may(Action.EDIT_WORKING_COPY)

    @property
    def around(self) -> str:
        """The number of the members, limits and insatser that a page of this budget is made with."""
        return str(self.here.federation.surroundings)

    @property
    def shown_as(self) -> tuple[object, ...]:
        """All that a page of this budget depends on but its state and surroundings."""
        budget, federation = self.budget, self.here.federation
        limits = (budget.stated_base, budget.stated_highest, budget.stated_lowest, budget.stated_by)
        of_budget = (budget.pk, budget.plan_year, budget.unit, budget.source, *limits)
        of_federation = (federation.name, federation.organisation_number)
        return self.unit, self.comparison, self.editable, of_budget, of_federation

    @property
    def query(self) -> str:
        """What an address of this budget carries along: `?enhet=tkr&jamfor=1-2`.

        The unit always: were it left to the federation, what is typed in a page of kr would be taken for tkr
        once somebody has changed the federation's own unit.
        """
        parts = {"enhet": UNIT_NAME[self.unit]}
        if self.comparison:
            parts["jamfor"] = self.comparison
        return f"?{urlencode(parts)}"

    def address(self, name: str = "budget", **parts: object) -> str:
        kwargs = {"slug": self.here.federation.slug, "plan_year": self.budget.plan_year, **parts}
        return reverse(name, kwargs=kwargs) + self.query

    def circumstances(self) -> Circumstances:
        return read_circumstances(self.here.federation)

    def surroundings(self) -> Surroundings:
        """Members, limits and insatser; those already read while the federation's number says so."""
        federation = self.here.federation
        kept = SURROUNDINGS.get(federation.pk)
        if kept and kept[0] == federation.surroundings:
            return kept[1]
        around = read_surroundings(federation)
        SURROUNDINGS.keep(federation.pk, (federation.surroundings, around))
        return around

    def page(self, state: BudgetState, names: Names, circumstances: Circumstances) -> BudgetPage:
        """What the budget page shows of a state."""
        return self.page_of(sheet_of(state, self.budget, names), circumstances)

    def page_of(
        self, sheet: BudgetSheet, circumstances: Circumstances, like: BudgetPage | None = None
    ) -> BudgetPage:
        years = [column.key for column in sheet.columns]
        columns = [years.index(int(key)) for key in self.comparison.split("-") if key and int(key) in years]
        return BudgetPage(
            sheet,
            circumstances,
            self.unit,
            editable=self.editable,
            compared=(columns[0], columns[1]) if len(columns) == 2 else None,
            like=like,
        )


def working_copy(
    request: HttpRequest, slug: str, plan_year: int, action: Action = Action.READ_WORKING_COPY
) -> WorkingCopy:
    """The working copy of a plan year. Raises Http404 or PermissionDenied."""
    here = access(request, slug, action)
    budgets = {each.plan_year: each for each in Budget.objects.filter(federation=here.federation)}
    budget = budgets.get(plan_year)
    if budget is None:
        raise Http404
    budget.federation = here.federation
    unit = UNITS.get(request.GET.get("enhet", ""), own_unit(here.federation))
    return WorkingCopy(here, budget, [year for year in budgets if year], unit, _comparison(request))


def _comparison(request: HttpRequest) -> str:
    """The two columns to compare: `jamfor=12-15`, or as the form sends them."""
    of_form = [request.GET.get(name, "") for name in ("jamfor_fran", "jamfor_till")]
    keys = request.GET.get("jamfor", "").split("-") if not all(of_form) else of_form
    good = len(keys) == 2 and all(whole_number(key) is not None for key in keys)
    return "-".join(keys) if good and keys[0] != keys[1] else ""


def author(request: HttpRequest) -> Author:
    """Who is at work. The sitting lasts as long as the session: a reload does not end it."""
    assert isinstance(request.user, User)
    if SITTING not in request.session:
        request.session[SITTING] = uuid4().hex
    return Author(request.user, request.session[SITTING])
