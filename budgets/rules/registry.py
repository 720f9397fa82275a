"""All rules on a budget, in the order they are shown, and the one way to run them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from budgets.rules import balance, equity, income, policies, printed, projects, shares
from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Finding, Severity, worst_first
from budgets.rules.legal_values import Citation, citations
from budgets.sheet import BudgetSheet

Check = Callable[[BudgetSheet, Circumstances], Iterator[Finding]]
Judges = Callable[[BudgetSheet], bool]


def _never(sheet: BudgetSheet) -> bool:
    return False


def _planned(sheet: BudgetSheet) -> bool:
    return sheet.plan_year is not None


def _results(sheet: BudgetSheet) -> bool:
    return any(sheet.figures[column].result is not None for column in sheet.judged)


def _closings(sheet: BudgetSheet) -> bool:
    return any(sheet.figures[column].closing is not None for column in sheet.judged)


def _chains(sheet: BudgetSheet) -> bool:
    return any(y.opening_entered is not None and y.carried is not None for y in sheet.figures)


def _contributions(sheet: BudgetSheet) -> bool:
    return any(sheet.figures[column].contributions for column in sheet.judged)


def _printed(sheet: BudgetSheet) -> bool:
    return bool(sheet.totals)


@dataclass(frozen=True)
class Rule:
    """A rule. `severity` is the worst it gives, `explanation` what it looks at. `source` says where it
    rests when no paragraph does. `judges` tells whether a sheet has what the rule looks at, so
    that its silence means that all is well."""

    code: str
    title: str
    severity: Severity
    check: Check
    explanation: str
    source: str = ""
    judges: Judges = _never

    @property
    def citations(self) -> list[Citation]:
        """The paragraphs it rests on, each with the first plan year it is cited for."""
        return citations(self.code)


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE
RECOMMENDATION = "Nationella rådet 2013-10-02, från planår 2014"
OWN_LIMIT = "förbundets egen gräns"
DOCUMENT = "källdokumentets egna rader"

RULES: tuple[Rule, ...] = (
    Rule(
        "EQUITY_NEGATIVE",
        "Eget kapital får inte bli negativt",
        E,
        equity.equity_negative,
        "Ingående eget kapital plus årets resultat får inte bli mindre än noll något år.",
        judges=_closings,
    ),
    Rule(
        "BALANCING_NEGATIVE",
        "Medel att fördela räcker till",
        E,
        equity.balancing_negative,
        "En framräknad post under noll betyder att kostnaderna redan är för höga. Ett fel när eget "
        "kapital då blir negativt, annars en varning.",
        "FinsamL (2003:1210) 21 och 22 §§",
    ),
    Rule(
        "HORIZON",
        "Planen omfattar tre år, budgetåret först",
        E,
        balance.horizon,
        "Planåret ska vara en budget, och de två åren efter ska finnas med som plan.",
        judges=_planned,
    ),
    Rule(
        "BALANCE",
        "Intäkterna ska överstiga kostnaderna",
        W,
        balance.balance,
        "Årets resultat är intäkter minus kostnader. Ingående eget kapital räknas inte som intäkt.",
        judges=_results,
    ),
    Rule(
        "EQUITY_HIGH",
        "Eget kapital över högsta nivån",
        W,
        equity.equity_high,
        "20 % av årets medlemsbidrag upp till 7 mkr, 15 % av delen upp till 15 mkr, 10 % därutöver.",
        RECOMMENDATION,
    ),
    Rule(
        "EQUITY_CHAIN",
        "Ingående eget kapital följer av året före",
        W,
        equity.equity_chain,
        "Det ett år slutar med börjar nästa med. En annan angiven siffra pekas ut.",
        judges=_chains,
    ),
    Rule(
        "SHARES",
        "Medlemmarna bidrar med sina andelar",
        W,
        shares.shares,
        "Staten hälften, regioner en fjärdedel, kommuner en fjärdedel. Utan region bidrar en kommun "
        "utanför region med hälften (5 a §). Tål 1 kr, eller 1 tkr i en budget i tkr.",
        judges=_contributions,
    ),
    Rule(
        "SHARES_AGREED",
        "Fördelningen inom kvarten följer överenskommelsen",
        W,
        shares.agreed_shares,
        "Varje kommuns och regions del av sin fjärdedel jämförs med vad de kommit överens om.",
        "FinsamL (2003:1210) 5 § andra och tredje styckena",
    ),
    Rule(
        "PRINTED_TOTAL",
        "Tryckta summor stämmer",
        W,
        printed.printed_total,
        "Varje summa som källdokumentet trycker räknas om från sina rader.",
        DOCUMENT,
        _printed,
    ),
    Rule(
        "PROJECT_PERIOD",
        "Insatsens pengar ligger inom dess tid",
        W,
        projects.project_period,
        "En insats ska inte ha pengar ett år som den inte pågår.",
        "insatsens egen projekttid",
    ),
    Rule(
        "POLICY_ADMINISTRATION",
        "Administrationens andel inom förbundets gräns",
        W,
        policies.policy_administration,
        "Styrelse, administration och revision som andel av årets alla kostnader.",
        OWN_LIMIT,
    ),
    Rule(
        "POLICY_EQUITY_GOAL",
        "Eget kapital inom förbundets mål",
        W,
        policies.policy_equity_goal,
        "Utgående eget kapital jämförs med förbundets eget mål.",
        OWN_LIMIT,
    ),
    Rule(
        "POLICY_PROJECT_PERIOD",
        "Insatser inom förbundets längsta tid",
        W,
        projects.policy_project_period,
        "Insatsens tid i månader jämförs med förbundets egen gräns.",
        OWN_LIMIT,
    ),
    Rule(
        "EQUITY_LOW",
        "Eget kapital under lägsta nivån",
        N,
        equity.equity_low,
        "7 % av årets medlemsbidrag upp till 7 mkr, 5 % av delen upp till 15 mkr, 2 % därutöver.",
        RECOMMENDATION,
    ),
    Rule(
        "EQUITY_LIMIT_DOUBT",
        "Gränserna för eget kapital är säkra",
        N,
        equity.equity_limit_doubt,
        "Över 12 mkr i medlemsbidrag bygger gränserna på ett steg som ingen läsbar källa bekräftar.",
        RECOMMENDATION,
    ),
    Rule(
        "PRINTED_LIMIT",
        "Tryckta gränser för eget kapital stämmer",
        N,
        printed.printed_limits,
        "Gränser som dokumentet anger jämförs med rekommendationen på samma underlag.",
        RECOMMENDATION,
    ),
    Rule(
        "YEAR_INCOMPLETE",
        "Varje planerat år har intäkter, kostnader och ingående eget kapital",
        N,
        balance.year_incomplete,
        "Ett planerat år där något saknas kan inte prövas helt, och det sägs.",
        "utan dem kan året inte prövas",
    ),
    Rule(
        "PROJECT_PARTIES",
        "En insats berör minst två parter",
        N,
        projects.project_parties,
        "Ägare och medverkande medlemmar räknas, för insatser som får pengar och har någon part angiven.",
    ),
    Rule(
        "OUTSIDE_FUNDS",
        "Medlen kommer från medlemmarna",
        N,
        income.outside_funds,
        "Bara en medlem får föra över medel för finansiell samordning till förbundet.",
    ),
    Rule(
        "ESF",
        "ESF-medel",
        N,
        income.esf,
        "Att förbundet självt söker medel ur ESF+ har bedömts inte gå ihop med finsamlagen.",
        "Regeringen 2025-03-14, från planår 2025",
    ),
)


def check(sheet: BudgetSheet, circumstances: Circumstances | None = None) -> list[Finding]:
    """Every finding on a budget, worst first."""
    known = circumstances or Circumstances()
    return worst_first([finding for rule in RULES for finding in rule.check(sheet, known)])
