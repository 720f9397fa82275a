"""Who pays: the state half, regions a quarter, kommuner a quarter (FinsamL 5, 5 a §§)."""

from collections.abc import Iterator
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


def _wrong(paid: dict[str, Decimal], total: Decimal, year: int, tolerance: Decimal) -> Iterator[Figure]:
    """The payers that do not pay their share: payer, amount, share of the total, legal amount."""
    law = share_values(year)
    local = sum((paid.get(payer, Decimal(0)) for payer in LOCAL_PAYERS), Decimal(0))
    exact: list[tuple[str, Decimal, Decimal]] = [("state", paid.get("state", Decimal(0)), law.state)]
    at_most: list[tuple[str, Decimal, Decimal]] = []
    quarters = [
        ("region", paid.get("region", Decimal(0)), law.region),
        ("municipality", paid.get("municipality", Decimal(0)), law.municipality),
    ]
    if "region_and_municipalities" in paid:
        exact.append(("region_and_municipalities", local, law.region + law.municipality))
    elif "region_municipality" not in paid:
        exact += quarters
    elif "region" not in paid:
        payer = "municipality" if "municipality" in paid else "region_municipality"
        exact.append((payer, local, law.region + law.municipality))
    else:  # such a kommun then shares in both quarters (5 a § second paragraph)
        at_most += quarters
        exact.append(("region_and_municipalities", local, law.region + law.municipality))
    for payer, amount, percent in exact:
        legal = total * percent / 100
        if abs(amount - legal) > tolerance:
            yield (payer, amount, rounded_share(amount, total), legal)
    for payer, amount, percent in at_most:
        legal = total * percent / 100
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
