"""The one place where a finding becomes a Swedish sentence, from the figures it carries."""

from decimal import Decimal
from string import Formatter
from typing import Any

from budgets.rules.finding import Figure, Finding
from budgets.sheet import KIND_NAMES, BudgetSheet
from finsam.swedish import Unit, listed, money, number, percent

PAYER_NAMES = {
    "state": "Staten",
    "region": "Regionerna",
    "municipality": "Kommunerna",
    "region_municipality": "Kommunen utanför region",
    "region_and_municipalities": "Regioner och kommuner tillsammans",
}
SENTENCES: dict[str, str] = {
    "EQUITY_NEGATIVE": "Utgående eget kapital {year} är {closing:money}: ingående {opening:money} och "
    "resultat {result:money}. Ett förbund får inte sätta sig i skuld.",
    "BALANCING_NEGATIVE": "Det finns inget att fördela {year}: kostnaderna är {shortfall:money} för höga för "
    "att utgående eget kapital ska bli {target:money}. Utan den framräknade posten blir det "
    "{closing_without:money}.",
    "EQUITY_HIGH.recommended": "Utgående eget kapital {year} är {closing:money}, {difference:money} över "
    "högsta nivån {highest:money} ({steps:steps}).",
    "EQUITY_HIGH.own": "Utgående eget kapital {year} är {closing:money}, {difference:money} över förbundets "
    "egen högsta nivå {highest:money}.",
    "EQUITY_LOW.recommended": "Utgående eget kapital {year} är {closing:money}, {difference:money} under "
    "lägsta nivån {lowest:money} ({steps:steps}).",
    "EQUITY_LOW.own": "Utgående eget kapital {year} är {closing:money}, {difference:money} under förbundets "
    "egen lägsta nivå {lowest:money}.",
    "EQUITY_LIMIT_DOUBT": "Medlemsbidragen {year} är {base:money}, över 12 mkr, så gränserna för eget "
    "kapital är osäkra. {doubt}",
    "EQUITY_CHAIN": "Ingående eget kapital {year} är angivet till {opening:money}, men {previous_year} "
    "slutar med {carried:money}. Skillnaden är {difference:money}.",
    "BALANCE.deficit": "Underskott {year}: intäkterna {income:money} är {deficit:money} lägre än kostnaderna "
    "{costs:money}. Ingående eget kapital är ingen intäkt. Kräver motivering.",
    "BALANCE.zero": "Resultatet {year} är noll: intäkterna {income:money} är lika stora som kostnaderna "
    "{costs:money}, men ska överstiga dem.",
    "HORIZON": "Planen ska omfatta {first_year}\u2013{last_year}, men saknar {missing:list}.",
    "HORIZON.no_budget_year": "Planens första år {first_year} ska vara ett budgetår, men har ingen "
    "budgetkolumn.",
    "YEAR_INCOMPLETE.no_income": "{year} saknar angivna intäkter, så resultat, eget kapital och andelar kan "
    "inte räknas ut.",
    "YEAR_INCOMPLETE.no_costs": "{year} saknar angivna kostnader, så resultatet är bara intäkterna.",
    "YEAR_INCOMPLETE.no_figures": "{year} saknar angivna intäkter och kostnader, så resultat, eget kapital "
    "och andelar kan inte räknas ut.",
    "YEAR_INCOMPLETE.no_opening": "{year} saknar ingående eget kapital, så utgående eget kapital kan inte "
    "räknas ut.",
    "SHARES.wrong": "Andelarna {year} stämmer inte med {base:money} i medlemsbidrag: {payers:payers}.",
    "SHARES.wrong_joint": "Andelarna {year} stämmer inte med {base:money} i medlemsbidrag: {payers:payers}. "
    "Regioner och kommuner är en post, så deras fjärdedelar kan inte prövas var för sig.",
    "SHARES.joint": "Statens hälft {year} stämmer. Regioner och kommuner är en post, så deras fjärdedelar "
    "kan inte prövas var för sig.",
    "SHARES.one_figure": "Medlemsbidragen {year}, {base:money}, är en post för alla medlemmar, så andelarna "
    "kan inte prövas.",
    "SHARES.some_in_one_figure": "Medlemsbidragen {year}, {base:money}, har en post för alla medlemmar "
    "bredvid andra, så andelarna kan inte prövas.",
    "SHARES_AGREED": "{member} bidrar {year} med {amount:money}, {share:share} av sin kvart. "
    "Överenskommelsen är {agreed_share:share}, {expected:money}.",
    "PRINTED_TOTAL": "Tryckt summa \u201d{total}\u201d {year} är {printed:money}, men raderna ger "
    "{computed:money}. Skillnaden är {difference:money}.",
    "PRINTED_LIMIT.highest": "Högsta eget kapital anges av {stated_by} till {printed:money}; trappan ger "
    "{computed:money} på {base:money}.",
    "PRINTED_LIMIT.lowest": "Lägsta eget kapital anges av {stated_by} till {printed:money}; trappan ger "
    "{computed:money} på {base:money}.",
    "PROJECT_PERIOD": "{project} har {amount:money} {year}, men insatsens tid är {period}.",
    "PROJECT_PARTIES": "{project} berör enligt uppgifterna {parties:members}. En insats ska vara för dem som "
    "behöver flera parter.",
    "OUTSIDE_FUNDS": "Övriga intäkter {year} är {amount:money}. Bara en medlem får föra över medel för "
    "finansiell samordning till förbundet.",
    "ESF": "ESF-medel {year} är {amount:money}. Att förbundet självt söker medel ur ESF+ har bedömts inte "
    "gå ihop med finsamlagen.",
    "POLICY_ADMINISTRATION": "Styrelse, administration och revision {year} är {administration:money}, "
    "{share:share} av kostnaderna; förbundets gräns är {ceiling:share}.",
    "POLICY_EQUITY_GOAL": "Utgående eget kapital {year} är {closing:money}, {difference:money} över "
    "förbundets mål {goal:money}.",
    "POLICY_PROJECT_PERIOD": "{project} löper {months} månader; förbundets längsta tid är {longest:number} "
    "månader.",
    "POLICY_PROJECT_PERIOD.open_ended": "{project} löper tills vidare; förbundets längsta tid är "
    "{longest:number} månader.",
}


class _Sentence(Formatter):
    def __init__(self, unit: Unit, figures: dict[str, Figure]) -> None:
        self.unit = unit
        self.figures = figures

    def format_field(self, value: Any, format_spec: str) -> str:
        match format_spec:
            case "money":
                return money(value, self.unit)
            case "share":
                return percent(value)
            case "number":
                return number(value)
            case "list":
                return listed([str(item) for item in value])
            case "steps":
                return self._steps(value)
            case "members":
                return "bara en medlem" if value == 1 else "ingen medlem"
            case "payers":
                return "; ".join(self._payer(*payer) for payer in value)
        return str(value)

    def _steps(self, steps: tuple[tuple[Decimal, Decimal], ...]) -> str:
        """20 % av medlemsbidragen 7 000 tkr, or each step with its part of them."""
        base = self.figures["base"]
        assert isinstance(base, Decimal)
        of_all = f"medlemsbidragen {money(base, self.unit)}"
        if len(steps) == 1:
            return f"{percent(steps[0][1] / 100, 0)} av {of_all}"
        parts = [f"{percent(pct / 100, 0)} av {money(part, self.unit)}" for part, pct in steps]
        return f"{listed(parts)} av {of_all}"

    def _payer(self, payer: str, amount: Decimal, share: Decimal, legal: Decimal) -> str:
        return (
            f"{PAYER_NAMES[payer].lower()} {money(amount, self.unit)}, {percent(share)}, "
            f"ska vara {money(legal, self.unit)}"
        )


def column_name(sheet: BudgetSheet, column: int) -> str:
    """The year of a column, with its kind where the year stands in several: 2020 (prognos)."""
    this = sheet.columns[column]
    same_year = [other for other in sheet.columns if other.year == this.year]
    if len(same_year) == 1:
        return str(this.year)
    if this.label and sum(other.label == this.label for other in same_year) == 1:
        return f"{this.year} ({this.label})"
    return f"{this.year} ({', '.join(filter(None, (KIND_NAMES[this.kind], this.label)))})"


def sentence(finding: Finding, sheet: BudgetSheet, *, with_reference: bool = True) -> str:
    """The finding in words, its amounts in the unit of the sheet, exact; then where it rests."""
    figures: dict[str, Figure] = dict(finding.figures)
    if finding.column is not None:
        figures["year"] = column_name(sheet, finding.column)
    key = f"{finding.code}.{finding.variant}" if finding.variant else finding.code
    text = _Sentence(sheet.unit, figures).vformat(SENTENCES[key], (), figures)
    return f"{text} {finding.reference}." if finding.reference and with_reference else text
