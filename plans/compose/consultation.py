"""What the members have said of the plan: the summary of the samråd, for those who decide."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from finsam.partial_date import PartialDate
from plans.compose.writing import EMPTY, Writing, codes_explained, paragraph, text_cell
from plans.consultation.standing import takes_part
from plans.document import Block, Table, TableColumn, TableRow
from plans.picture import ConsultationAnswer, Member
from plans.render.pdf.printable import with_codes

SILENT = "Har inte svarat"
LONGEST = 280
"""Signs of an answer that the summary shows."""
HEAD = ("Medlem", "Datum", "Vem svarade", "Svar i korthet")
COLUMNS = (TableColumn(20), TableColumn(18), TableColumn(22), TableColumn(40))


def consultation(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """Each member's answer that counts, in the members' order; nothing when the plan has not been sent. What
    a member has written never stops the plan."""
    plan = writing.plan
    if not plan.consulted_on:
        return
    answers = {each.member: each for each in plan.consultation}
    asked = [each for each in plan.members if _is_asked(each, plan.consulted_on, plan.plan_year)]
    keys = {each.key for each in asked}
    others = [each for each in plan.consultation if each.member not in keys]
    rows = [(each.name, answers.get(each.key)) for each in asked]
    rows += [(each.member_name, each) for each in others]
    sent = PartialDate(plan.consulted_on)
    count = sum(answer is not None for _, answer in rows)
    yield paragraph(
        f"Planen skickades på samråd {sent} (FinsamL 23 §). {count} av {len(rows)} medlemmar har svarat."
    )
    if rows:
        written = [_cells(name, answer, plan.consulted_version) for name, answer in rows]
        shown = [tuple(map(with_codes, cells)) for cells in written]
        yield Table("Medlemmarnas svar i samrådet", COLUMNS, (_row(HEAD),), tuple(map(_row, shown)))
        if shown != written:
            yield codes_explained()


def _is_asked(member: Member, sent_on: str, plan_year: int) -> bool:
    last = date(plan_year, 12, 31)
    return takes_part(member.joined, member.left, min(date.fromisoformat(sent_on), last), last)


def _row(cells: tuple[str, ...]) -> TableRow:
    return TableRow(tuple(map(text_cell, cells)))


def _cells(name: str, answer: ConsultationAnswer | None, latest: int) -> tuple[str, ...]:
    if answer is None:
        return (name, EMPTY, EMPTY, SILENT)
    said = in_short(answer.text)
    if answer.file_name:
        said = f"{said} Svaret har bilagan {answer.file_name}.".lstrip()
    if answer.version < latest:
        said = f"Gäller version {answer.version}. {said}"
    return (name, str(PartialDate(answer.on)), answer.who, said)


def in_short(text: str) -> str:
    """The beginning of an answer in one paragraph, cut between words."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return f"{words[:LONGEST].rpartition(' ')[0] or words[:LONGEST]} …"
