"""All rules on a budget, in the order they are shown, and the one way to run them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from budgets.rules import balance, equity, income, policies, printed, projects, shares
from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Finding, Severity, worst_first
from budgets.rules.legal_values import Citation, citations
from budgets.sheet import BudgetSheet

Check = Callable[[BudgetSheet, Circumstances], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule. `severity` is the worst it gives. `source` says where it rests when no paragraph does."""

    code: str
    title: str
    severity: Severity
    check: Check
    source: str = ""

    @property
    def citations(self) -> list[Citation]:
        """The paragraphs it rests on, each with the first plan year it is cited for."""
        return citations(self.code)


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE
RECOMMENDATION = "Nationella rådet 2013-10-02, från planår 2014"
OWN_LIMIT = "förbundets egen gräns"
DOCUMENT = "källdokumentets egna rader"

RULES: tuple[Rule, ...] = (
    Rule("EQUITY_NEGATIVE", "Eget kapital får inte bli negativt", E, equity.equity_negative),
    Rule("HORIZON", "Planen omfattar tre år, budgetåret först", E, balance.horizon),
    Rule("BALANCE", "Intäkterna ska överstiga kostnaderna", W, balance.balance),
    Rule(
        "EQUITY_HIGH", "Eget kapital över högsta nivån", W, equity.equity_high, RECOMMENDATION
    ),
    Rule("EQUITY_CHAIN", "Ingående eget kapital följer av året före", W, equity.equity_chain),
    Rule("SHARES", "Medlemmarna bidrar med sina andelar", W, shares.shares),
    Rule(
        "SHARES_AGREED",
        "Fördelningen inom kvarten följer överenskommelsen",
        W,
        shares.agreed_shares,
        "FinsamL (2003:1210) 5 § andra och tredje styckena",
    ),
    Rule("PRINTED_TOTAL", "Tryckta summor stämmer", W, printed.printed_total, DOCUMENT),
    Rule(
        "PROJECT_PERIOD",
        "Insatsens pengar ligger inom dess tid",
        W,
        projects.project_period,
        "insatsens egen projekttid",
    ),
    Rule(
        "POLICY_ADMINISTRATION",
        "Administrationens andel inom förbundets gräns",
        W,
        policies.policy_administration,
        OWN_LIMIT,
    ),
    Rule(
        "POLICY_EQUITY_GOAL",
        "Eget kapital inom förbundets mål",
        W,
        policies.policy_equity_goal,
        OWN_LIMIT,
    ),
    Rule(
        "POLICY_PROJECT_PERIOD",
        "Insatser inom förbundets längsta tid",
        W,
        projects.policy_project_period,
        OWN_LIMIT,
    ),
    Rule("EQUITY_LOW", "Eget kapital under lägsta nivån", N, equity.equity_low, RECOMMENDATION),
    Rule(
        "EQUITY_LIMIT_DOUBT",
        "Trappans andra gräns är bekräftad",
        N,
        equity.equity_limit_doubt,
        RECOMMENDATION,
    ),
    Rule(
        "PRINTED_LIMIT",
        "Tryckta gränser för eget kapital stämmer",
        N,
        printed.printed_limits,
        RECOMMENDATION,
    ),
    Rule(
        "YEAR_INCOMPLETE",
        "Varje planerat år har intäkter, kostnader och ingående eget kapital",
        N,
        balance.year_incomplete,
        "utan dem kan året inte prövas",
    ),
    Rule("PROJECT_PARTIES", "En insats berör minst två parter", N, projects.project_parties),
    Rule("OUTSIDE_FUNDS", "Medlen kommer från medlemmarna", N, income.outside_funds),
    Rule("ESF", "ESF-medel", N, income.esf, "Regeringen 2025-03-14, från planår 2025"),
)


def check(sheet: BudgetSheet, circumstances: Circumstances | None = None) -> list[Finding]:
    """Every finding on a budget, worst first."""
    known = circumstances or Circumstances()
    return worst_first([finding for rule in RULES for finding in rule.check(sheet, known)])
