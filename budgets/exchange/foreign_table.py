"""Any budget table, with what its parts mean, as a proposal. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgets.exchange import words
from budgets.exchange.figures import Figure, NoFigureError, figure
from budgets.exchange.mapping import HEADINGS, LINES, PART, SECTION, SKIP, SUBGROUP, TOTAL, Mapping
from budgets.exchange.printed_check import PrintedRow, printed_checks
from budgets.exchange.proposal import Grade, Problem, Proposal, ProposedColumn, ProposedLine
from budgets.exchange.raw import RawFile, RawSheet, column_letters
from budgets.exchange.recognition import recognised
from budgets.exchange.row_guess import row_name
from budgets.exchange.words import KnownMember, member_of, plain_name
from budgets.sheet import BudgetSheet, Column, Line

OUR_OPENING = re.compile(r"Ingående eget kapital \((.+)\)")
"""How our own table calls the row of opening equity, after its line."""

MAX_NAME = 200
MAX_NOTE = 500


@dataclass
class _Reading:
    """What is gathered while the rows are read."""

    lines: list[ProposedLine] = field(default_factory=list)
    totals: list[PrintedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    group: str = ""
    subgroup: str = ""
    block: int = 0
    whole: int | None = None


def proposal(
    file: RawFile, mapping: Mapping, current: BudgetSheet, members: Sequence[KnownMember] = ()
) -> Proposal:
    """The lines of the table, those that the budget has already recognised by name."""
    sheet = file.sheet(mapping.sheet)
    assert sheet is not None
    return _Table(sheet, mapping, current, members).proposal(file)


class _Table:
    def __init__(
        self, sheet: RawSheet, mapping: Mapping, current: BudgetSheet, members: Sequence[KnownMember]
    ) -> None:
        self.sheet, self.mapping, self.current, self.members = sheet, mapping, current, members
        self.first_year = min((year.column for year in mapping.years), default=mapping.name_column + 1)
        self.reading = _Reading()

    def proposal(self, file: RawFile) -> Proposal:
        columns = self._columns()
        self._structure(file)
        for row in range(self.mapping.head_row + 1, len(self.sheet.rows)):
            self._row(row)
        lines = self._without_carried_equity(columns)
        self._duplicates(lines)
        own = _as_sheet(columns, lines, self.current.plan_year)
        lines, missing = recognised(lines, self.current)
        return Proposal(
            columns=columns,
            lines=tuple(lines),
            problems=tuple(self.reading.problems),
            printed=printed_checks(own, self.reading.totals),
            missing=missing,
            source=file.name,
        )

    # -- columns -----------------------------------------------------------------------------------

    def _columns(self) -> tuple[ProposedColumn, ...]:
        columns: list[ProposedColumn] = []
        taken: set[tuple[int, str, str]] = set()
        for each in self.mapping.years:
            place = (each.year, each.kind, each.label)
            if place in taken:
                head = column_letters(each.column)
                self._problem(
                    Grade.ERROR,
                    "",
                    f"Kolumn {head} är samma år och slag som en annan kolumn: {each.year}. Välj ett "
                    "annat slag.",
                )
            taken.add(place)
            same = [c for c in self.current.columns if (c.year, c.kind) == (each.year, each.kind)]
            there = next(
                (c for c in same if c.label == each.label),
                same[0] if len(same) == 1 and not each.label else None,
            )
            columns.append(
                ProposedColumn(
                    each.year, each.kind, there.label if there else each.label, there.key if there else None
                )
            )
        if not columns:
            self._problem(Grade.ERROR, "", "Ingen kolumn är pekad ut som ett år.")
        return tuple(columns)

    def _problem(self, grade: Grade, place: str, sentence: str) -> None:
        self.reading.problems.append(Problem(grade, place, sentence))

    # -- what the file hides -----------------------------------------------------------------------

    def _structure(self, file: RawFile) -> None:
        for remark in file.remarks:
            self._problem(Grade.REMARK, "", remark)
        if self.sheet.hidden:
            self._problem(Grade.REMARK, self.sheet.name, f"Bladet {self.sheet.name} är dolt i filen.")
        others = [
            sheet.name
            for sheet in file.sheets
            if sheet.hidden and sheet.rows and sheet.name != self.sheet.name
        ]
        if others:
            self._problem(Grade.REMARK, "", f"Dolda blad läses inte: {', '.join(others)}.")
        for row in sorted(self.sheet.hidden_rows):
            if (
                row > self.mapping.head_row
                and row < len(self.sheet.rows)
                and self._meaning(row) not in (SKIP,)
            ):
                self._problem(
                    Grade.REMARK,
                    self.sheet.place(row, self.mapping.name_column),
                    "Raden är dold i filen men läses.",
                )
        for year in self.mapping.years:
            if year.column in self.sheet.hidden_columns:
                letter = column_letters(year.column)
                self._problem(
                    Grade.REMARK,
                    f"{self.sheet.name}!{letter}",
                    f"Kolumn {letter} ({year.year}) är dold i filen men läses.",
                )

    def _meaning(self, row: int) -> str:
        return self.mapping.meanings[row] if row < len(self.mapping.meanings) else SKIP

    # -- rows --------------------------------------------------------------------------------------

    def _row(self, row: int) -> None:
        meaning, reading = self._meaning(row), self.reading
        name = row_name(self.sheet, row, self.mapping.name_column, self.first_year)
        if meaning in HEADINGS:
            self._heading(meaning, name)
        elif meaning == TOTAL:
            figures = self._figures(row, compared=True)
            amounts = {column: f.amount for column, f in figures.items() if f.amount is not None}
            reading.totals.append(
                PrintedRow(
                    self.sheet.place(row, self.mapping.name_column),
                    name,
                    amounts,
                    len(reading.lines),
                    reading.block,
                    reading.group,
                    reading.subgroup,
                )
            )
            self._close(name)
        elif meaning == PART or meaning in LINES:
            self._line(row, meaning, name)

    def _heading(self, meaning: str, name: str) -> None:
        reading = self.reading
        if meaning == SUBGROUP and reading.group:
            reading.subgroup = name[:MAX_NAME]
        else:
            reading.group = "" if meaning == SECTION else _group_name(name)
            reading.subgroup = ""
        reading.block = len(reading.lines)
        reading.whole = None

    def _close(self, name: str) -> None:
        reading = self.reading
        if reading.subgroup and plain_name(reading.subgroup) in plain_name(name):
            reading.subgroup = ""
        else:
            reading.group = reading.subgroup = ""
        reading.block = len(reading.lines)
        reading.whole = None

    def _line(self, row: int, meaning: str, name: str) -> None:
        reading, place = self.reading, self.sheet.place(row, self.mapping.name_column)
        figures = self._figures(row)
        if not name:
            self._problem(
                Grade.ERROR,
                place,
                "Raden har belopp men inget namn. Skriv ett namn i filen, eller låt raden inte läsas.",
            )
            return
        if len(name) > MAX_NAME:
            self._problem(Grade.REMARK, place, f"Namnet är längre än {MAX_NAME} tecken och kortas.")
            name = name[:MAX_NAME].rstrip()
        whole = reading.whole if meaning == PART else None
        if meaning == PART and whole is None:
            self._problem(
                Grade.ERROR,
                place,
                "Raden är del av posten ovanför, men ovanför finns ingen post. Välj vad raden är.",
            )
            return
        if meaning == "opening_equity" and (ours := OUR_OPENING.fullmatch(name)):
            name = ours[1]
        what = reading.lines[whole] if whole is not None else None
        said = LINES.get(meaning)
        section = what.section if what else said.section if said else ""
        line_class = what.line_class if what else said.line_class if said else ""
        payer = what.member_kind if what else said.member_kind if said else ""
        member = member_of(name, self.members) if line_class == "contribution" else None
        reading.lines.append(
            ProposedLine(
                place=place,
                name=words.PART.sub("", name).strip() or name if meaning == PART else name,
                cells={column: f.amount for column, f in figures.items()},
                section=section,
                line_class=line_class,
                member_kind=payer,
                member=member.key if member else None,
                group=reading.group,
                subgroup=reading.subgroup,
                part_of=whole,
                note=self._note(row),
                printed_texts={column: f.printed_text for column, f in figures.items() if f.printed_text},
            )
        )
        if meaning != PART:
            reading.whole = len(reading.lines) - 1 if section not in ("opening_equity", "balancing") else None

    def _note(self, row: int) -> str:
        if self.mapping.note_column is None:
            return ""
        cell = self.sheet.cell(row, self.mapping.note_column)
        text = words.same_place(cell.text) if cell is not None else ""
        if len(text) > MAX_NOTE:
            self._problem(
                Grade.REMARK,
                self.sheet.place(row, self.mapping.note_column),
                f"Anmärkningen är längre än {MAX_NOTE} tecken och kortas.",
            )
        return text[:MAX_NOTE].rstrip()

    def _figures(self, row: int, *, compared: bool = False) -> dict[int, Figure]:
        """The figures of a row by the place of their column; what cannot be read is a problem. A figure
        that is only compared stops nothing."""
        figures = {}
        for column, year in enumerate(self.mapping.years):
            place = self.sheet.place(row, year.column)
            merged = self._merged_over(row, year.column)
            if (row, year.column) in self.sheet.unsaved and self.sheet.cell(row, year.column) is None:
                self._problem(
                    Grade.REMARK if compared else Grade.ERROR,
                    place,
                    "Cellen har en formel utan sparat värde. Öppna filen i Excel, spara den och läs "
                    "in den igen.",
                )
                continue
            try:
                found = figure(
                    self.sheet.cell(row, year.column),
                    self.mapping.unit,
                    self.mapping.style,
                    year.part,
                    year.parts,
                )
            except NoFigureError as error:
                self._problem(Grade.REMARK if compared else Grade.ERROR, place, f"Cellen {error}.")
                continue
            if merged and not compared:
                self._problem(
                    Grade.ERROR,
                    place,
                    f"Cellen är sammanfogad med {merged}. Dela upp cellen i filen, så att varje år "
                    "har sitt belopp.",
                )
                continue
            if found.rounded and not compared:
                self._problem(Grade.REMARK, place, "Cellen har delar av ett öre och avrundas till hela ören.")
            figures[column] = found
        return figures

    def _merged_over(self, row: int, column: int) -> str:
        """The range that a cell is merged in, when that reaches over another year or row of figures."""
        for top, left, bottom, right in self.sheet.merged:
            if (
                top <= row <= bottom
                and left <= column <= right
                and (bottom > top or self._years_within(left, right) > 1)
            ):
                return f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        return ""

    def _years_within(self, left: int, right: int) -> int:
        return len({year.column for year in self.mapping.years if left <= year.column <= right})

    # -- the lines together ------------------------------------------------------------------------

    def _without_carried_equity(self, columns: tuple[ProposedColumn, ...]) -> list[ProposedLine]:
        """Opening equity that is what the year before leaves is no figure of its own: it follows."""
        lines = list(self.reading.lines)
        openings = [place for place, line in enumerate(lines) if line.section == "opening_equity"]
        if len(openings) != 1:
            return lines
        place = openings[0]
        for column in sorted(lines[place].cells, key=lambda each: columns[each].year):
            line, amount = lines[place], lines[place].cells[column]
            if amount is None:
                continue
            rest = {other: value for other, value in line.cells.items() if other != column}
            lines[place] = replace(line, cells={**rest, column: None})
            carried = _as_sheet(columns, lines, self.current.plan_year).figures[column].carried
            if carried != amount:
                lines[place] = line
            else:
                self._problem(
                    Grade.REMARK,
                    line.place,
                    f"Ingående eget kapital {columns[column].year} är vad året före lämnar, och "
                    "följer av det.",
                )
        return lines

    def _duplicates(self, lines: Sequence[ProposedLine]) -> None:
        seen: dict[tuple[str, ...], str] = {}
        for line in lines:
            who = (plain_name(line.name or ""), line.section, line.group, line.subgroup)
            if who in seen and line.part_of is None:
                self._problem(
                    Grade.REMARK,
                    line.place,
                    f"Det finns två poster som heter {line.name}: {seen[who]} och {line.place}.",
                )
            seen.setdefault(who, line.place)


def _group_name(name: str) -> str:
    """The group that a heading names: of KOSTNADER/projekt it is Projekt."""
    section, slash, group = name.partition("/")
    if slash and (words.COST_SECTION.search(section) or words.INCOME_SECTION.search(section)):
        name = group.strip()[:1].upper() + group.strip()[1:]
    return name[:MAX_NAME]


def _as_sheet(
    columns: Sequence[ProposedColumn], lines: Sequence[ProposedLine], plan_year: int | None
) -> BudgetSheet:
    """The proposed lines alone, with the sheet's arithmetic."""
    return BudgetSheet(
        columns=tuple(Column(each.year, each.kind, each.label) for each in columns),
        lines=tuple(
            Line(
                key=key,
                section=line.section,
                name=line.name or "",
                amounts=tuple(line.cells.get(column) for column in range(len(columns))),
                line_class=line.line_class,
                group=line.group,
                subgroup=line.subgroup,
                member_kind=line.member_kind,
                part_of=line.part_of,
            )
            for key, line in enumerate(lines)
        ),
        plan_year=plan_year,
    )
