"""The budget as a document of its own, and the bundle for the board."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from budgets.rules import Severity
from budgets.rules.finding import SEVERITY_NAMES
from budgets.table import Row
from finsam.swedish import listed, percent
from plans.blocks import BlockKind
from plans.compose.budget import budget_table, equity_bridge, members_and_shares
from plans.compose.charts import charts
from plans.compose.consultation import consultation
from plans.compose.decision import decision_sentences
from plans.compose.remarks import rule_report
from plans.compose.sections import sections
from plans.compose.writing import EMPTY, Writing, paragraph, text_cell
from plans.document import Block, BulletList, Heading, Item, Paragraph, Span, Table, TableColumn, TableRow

COUNTED = {
    Severity.ERROR: ("ett fel", "fel"),
    Severity.WARNING: ("en varning", "varningar"),
    Severity.NOTICE: ("en upplysning", "upplysningar"),
}


@dataclass(frozen=True)
class Part:
    """A live block under a heading of its own."""

    heading: str
    anchor: str
    kind: BlockKind
    write: Callable[[Writing, Mapping[str, Any], int], Iterable[Block]]


BUDGET_PARTS = (
    Part("Budget", "budget", BlockKind.BUDGET_TABLE, budget_table),
    Part("Eget kapital", "eget-kapital", BlockKind.EQUITY_BRIDGE, equity_bridge),
    Part("Medlemmarnas bidrag", "medlemmar", BlockKind.MEMBERS_AND_SHARES, members_and_shares),
    Part("Diagram", "diagram", BlockKind.CHARTS, charts),
    Part("Balans och gränser för eget kapital", "regler", BlockKind.RULE_REPORT, rule_report),
)


def budget_alone(writing: Writing) -> Iterator[Block]:
    """The budget with its equity, the members' shares, charts, and what the rules say of it."""
    yield from _parts(writing, BUDGET_PARTS)


def _parts(writing: Writing, parts: Iterable[Part]) -> Iterator[Block]:
    for part in parts:
        found = list(part.write(writing, {}, 1))
        if found:
            yield Heading(1, part.heading, writing.anchor(part.anchor))
            yield from found
            yield from writing.footnotes()


def _lacking(writing: Writing) -> Iterator[Block]:
    """What the plan's document lacks or refers to in vain: it stops adoption."""
    findings = writing.document_findings
    if findings:
        yield Heading(1, "Vad planen saknar", writing.anchor("vad-planen-saknar"))
        yield BulletList(
            tuple(
                Item(
                    (
                        Span(f"{SEVERITY_NAMES[each.severity].capitalize()}.", bold=True),
                        Span(f" {each.sentence}{_source(each.reference)}"),
                    )
                )
                for each in findings
            ),
            ordered=True,
        )


def board_bundle(writing: Writing) -> Iterator[Block]:
    """What the board needs to decide: the whole in brief, the sentences, the plan, the budget with what the
    rules say, what changes from the year before, and what the members have answered."""
    yield Heading(1, "I korthet", writing.anchor("i-korthet"))
    yield from _in_brief(writing)
    yield Heading(1, "Förslag till beslut", writing.anchor("forslag-till-beslut"))
    yield from decision_sentences(writing, {}, 1)
    if changes := list(_changes(writing)):
        yield Heading(1, "Ändringar mot året före", writing.anchor("andringar"))
        yield from changes
    if answers := list(consultation(writing, {}, 1)):
        yield Heading(1, "Samråd", writing.anchor("samrad"))
        yield from answers
    yield Heading(1, writing.plan.title, writing.anchor("verksamhetsplan"), new_page=True)
    for block in sections(writing):
        if isinstance(block, Heading):
            block = replace(block, level=min(block.level + 1, 6), new_page=False)
        yield block
    shown = {section.block for section in writing.plan.all_sections()}
    rest = [part for part in BUDGET_PARTS if part.kind not in shown or part.kind == BlockKind.RULE_REPORT]
    for place, block in enumerate(_parts(writing, rest)):
        yield replace(block, new_page=True) if not place and isinstance(block, Heading) else block
    yield from _lacking(writing)


def _source(reference: str) -> str:
    return f" {reference}." if reference else ""


def _in_brief(writing: Writing) -> Iterator[Block]:
    """The sums of the planned years, and how many findings there are."""
    sheet = writing.plan.sheet
    columns = sheet.judged
    figures = [sheet.figures[column] for column in columns]
    rows = (
        ("Intäkter", [each.income for each in figures]),
        ("Kostnader", [each.costs for each in figures]),
        ("Resultat", [each.result for each in figures]),
        ("Utgående eget kapital", [each.closing for each in figures]),
    )
    if columns:
        yield Table(
            caption="Budgeten i korthet",
            columns=(TableColumn(30), *[TableColumn(11.0, "figure")] * len(columns)),
            head=(TableRow((text_cell("Summa"), *(text_cell(writing.head(c)) for c in columns))),),
            rows=tuple(
                TableRow(
                    (text_cell(name), *(text_cell(writing.amount(amount)) for amount in amounts)),
                    "key" if name == "Resultat" else "total" if name.startswith("Utgående") else "line",
                )
                for name, amounts in rows
            ),
            unit=writing.unit_name,
        )
    findings = writing.findings
    counts = {severity: sum(each.severity is severity for each in findings) for severity in Severity}
    words = [_counted(severity, count) for severity, count in counts.items() if count]
    yield paragraph(
        f"Granskningen av budgeten gav {listed(words)}. Se ”Balans och gränser för eget kapital”."
        if words
        else "Granskningen av budgeten gav ingen anmärkning."
    )
    errors = [each for each in writing.document_findings if each.severity is Severity.ERROR]
    if errors:
        yield Paragraph(
            (
                Span(
                    f"Planen kan inte antas som den är: {_counted(Severity.ERROR, len(errors))} i dokumentet "
                    "står sist, under ”Vad planen saknar”."
                ),
            ),
            "warning",
        )


def _counted(severity: Severity, count: int) -> str:
    """En varning, 3 varningar."""
    one, several = COUNTED[severity]
    return one if count == 1 else f"{count} {several}"


def _changes(writing: Writing) -> Iterator[Block]:
    """How sums and groups of the budget year differ from the column before it."""
    sheet = writing.plan.sheet
    if not sheet.judged:
        return
    this = sheet.judged[0]
    earlier = [c for c in range(len(sheet.columns)) if sheet.columns[c].year == writing.plan.plan_year - 1]
    if not earlier:
        return
    before = earlier[-1]
    kinds = ("subtotal", "total", "key")
    rows = [row for row in writing.table.rows if row.kind in kinds and not row.depth]
    yield Table(
        caption=f"Från {writing.head(before)} till {writing.head(this)}",
        columns=(TableColumn(30), *[TableColumn(11.0, "figure")] * 4),
        head=(
            TableRow(
                tuple(
                    map(
                        text_cell,
                        ("Summa", writing.head(before), writing.head(this), "Ändring", "Ändring, %"),
                    )
                )
            ),
        ),
        rows=tuple(_change(writing, row, before, this) for row in rows),
        unit=writing.unit_name,
    )


def _change(writing: Writing, row: Row, before: int, this: int) -> TableRow:
    old, new = row.cells[before].amount, row.cells[this].amount
    change = None if old is None or new is None else new - old
    part = percent(change / old) if change is not None and old is not None and old > 0 else EMPTY
    shown = writing.amount(change)
    if change is not None and change > 0 and shown != "0":
        shown = f"+{shown}"
    cells = (row.label, writing.amount(old), writing.amount(new), shown, part)
    return TableRow(tuple(map(text_cell, cells)), "total" if row.kind == "total" else "line")
