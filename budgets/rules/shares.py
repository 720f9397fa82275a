"""Who pays: the state half, regions a quarter, kommuner a quarter (FinsamL 5, 5 a §§)."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Figure, Finding, Severity
from budgets.rules.legal_values import citation, law_year, share_values
from budgets.sheet import BudgetSheet, Line
from finsam.swedish import UNIT_SIZE

LOCAL_PAYERS = ("region", "municipality", "region_municipality", "region_and_municipalities")


def shares(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Contributions against the legal shares, to 1 kr (1 tkr in a kSEK document). A figure that covers
    several payers is judged as far as it goes, and the finding says how far that is."""
    for column in sheet.judged:
        total = sheet.figures[column].contributions
        if total is None or total <= 0:
            continue
        paid = sheet.payers[column]
        year = law_year(sheet, column)
        outside_region = "region_municipality" in paid
        reference = citation("SHARES_OUTSIDE_REGION" if outside_region else "SHARES", year)
        lines = tuple(line.key for line in sheet.counted if line.line_class == "contribution")
        if "all" in paid:
            variant = "one_figure" if len(paid) == 1 else "some_in_one_figure"
            yield Finding("SHARES", Severity.NOTICE, {"base": total}, reference, column, lines, variant)
            continue
        joint = "region_and_municipalities" in paid
        wrong = tuple(_wrong(paid, total, year, UNIT_SIZE[sheet.unit]))
        if wrong:
            variant = "wrong_joint" if joint else "wrong"
            yield Finding(
                "SHARES",
                Severity.WARNING,
                {"base": total, "payers": wrong},
                reference,
                column,
                lines,
                variant,
            )
        elif joint:
            yield Finding("SHARES", Severity.NOTICE, {"base": total}, reference, column, lines, "joint")


def legal_shares(payers: Collection[str], year: int) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What each payer is to pay, and what it may pay at most, in percent of all contributions; by who the
    payers of the year are. One beside the state is to pay it together with all other local payers."""
    law = share_values(year)
    local = law.region + law.municipality
    exact, at_most = {"state": law.state}, dict[str, Decimal]()
    quarters = {"region": law.region, "municipality": law.municipality}
    if "region_and_municipalities" in payers:
        exact["region_and_municipalities"] = local
    elif "region_municipality" not in payers:
        exact |= quarters
    elif "region" not in payers:
        exact["municipality" if "municipality" in payers else "region_municipality"] = local
    else:  # such a kommun then shares in both quarters (5 a § second paragraph)
        at_most |= quarters
        exact["region_and_municipalities"] = local
    return exact, at_most


def _wrong(paid: dict[str, Decimal], total: Decimal, year: int, tolerance: Decimal) -> Iterator[Figure]:
    """The payers that do not pay their share: payer, amount, share of the total, legal amount."""
    exact, at_most = legal_shares(paid, year)
    local = sum((paid.get(payer, Decimal(0)) for payer in LOCAL_PAYERS), Decimal(0))
    together = len(exact) == 2
    for payer, percent in exact.items():
        amount = local if together and payer != "state" else paid.get(payer, Decimal(0))
        legal = total * percent / 100
        if abs(amount - legal) > tolerance:
            yield (payer, amount, rounded_share(amount, total), legal)
    for payer, percent in at_most.items():
        amount, legal = paid.get(payer, Decimal(0)), total * percent / 100
        if amount - legal > tolerance:
            yield (payer, amount, rounded_share(amount, total), legal)


def rounded_share(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole, 0 to 1, to six decimals."""
    return (part / whole).quantize(Decimal("0.000001"))


def _is_contribution(sheet: BudgetSheet, line: Line) -> bool:
    """Whether a line is all that its member pays: a part is, of a line that several members share."""
    whole = sheet.whole(line)
    return whole is None or (not whole.member and whole.member_kind == line.member_kind)


def agreed_shares(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """What each kommun (or region) pays of its quarter, against what they have agreed (5 § 2–3 st.)."""
    agreed = [line for line in sheet.lines if line.agreed_share is not None and _is_contribution(sheet, line)]
    for column in sheet.judged:
        for line in agreed:
            amount, quarter = line.amounts[column], sheet.payers[column].get(line.member_kind)
            if amount is None or not quarter or line.agreed_share is None:
                continue
            expected = quarter * line.agreed_share / 100
            if abs(amount - expected) > UNIT_SIZE[sheet.unit]:
                yield Finding(
                    "SHARES_AGREED",
                    Severity.WARNING,
                    {
                        "member": line.member or line.name,
                        "amount": amount,
                        "share": rounded_share(amount, quarter),
                        "agreed_share": line.agreed_share / 100,
                        "expected": expected,
                    },
                    citation("SHARES", law_year(sheet, column)),
                    column,
                    (line.key,),
                )
