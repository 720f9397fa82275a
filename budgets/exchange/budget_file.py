"""The budget file: a budget as JSON, read into a sheet and written from one (docs/budget-file.md).

Pure: knows the sheet, no Django and no database. Amounts in the file are in its `unit`; in the sheet
they are SEK. A line that is part of another names it by its place in the file.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgets.exchange.budget_file_writing import default_targets, write
from budgets.sheet import (
    COST_CLASSES,
    INCOME_CLASSES,
    KINDS,
    PAYERS,
    SECTIONS,
    Amounts,
    BudgetSheet,
    Column,
    Line,
    PrintedTotal,
    StatedLimits,
    Status,
)
from finsam.json_input import Fields, UnreadableError, parse, shown, text
from finsam.partial_date import PartialDate
from finsam.swedish import NO_BREAK_SPACE, UNIT_SIZE, Unit, money, unit_named
from finsam.typed_amount import NotAnAmount, typed_amount

__all__ = ["read", "write"]

FIRST_YEAR, LAST_YEAR = 2004, 2100  # the law (2003:1210) is in force from 2004
LONGEST_NAME, LONGEST_NOTE, LONGEST_PRINTED, LONGEST_LABEL, LONGEST_FORMULA = 200, 500, 100, 60, 220
LARGEST = 11
"""An amount is below 10 to the power of 12 SEK: its first digit stands for at most 10 to this power."""
WITHOUT_PARTS = ("opening_equity", "balancing")
STATUSES = ("applied", "preliminary", "granted", "declined")
STATED_UNIT: Unit = "SEK"
"""The equity limits of a document are always given in kronor, whatever the unit of the file."""


def read(content: bytes) -> BudgetSheet:
    """The sheet in the bytes of a budget file. Keys that the form does not have are passed over and
    named in `unknown_keys`. Raises UnreadableError."""
    return _Reader().sheet(parse(content))


class _Reader:
    """Reads one file; holds what every part needs: the unit, the number of columns, unknown keys."""

    def __init__(self) -> None:
        self.unit: Unit = "SEK"
        self.columns: tuple[Column, ...] = ()
        self.unknown: list[str] = []

    def sheet(self, value: Any) -> BudgetSheet:
        fields = Fields(value, "", self.unknown)
        fields.ignore("discrepancies")
        self.unit = unit_named(fields.choice("unit", ("SEK", "kSEK"), required=True))
        plan_year = fields.whole("plan_year", FIRST_YEAR, LAST_YEAR)
        self.columns = self._columns(fields)
        items = fields.items("lines", required=True)
        lines = tuple(
            self._line(item, f"lines[{index}]", index, len(items)) for index, item in enumerate(items)
        )
        for line in lines:
            _check_part(line, lines)
        sheet = BudgetSheet(
            columns=self.columns,
            lines=lines,
            totals=fields.each("totals", lambda item, where: self._total(item, where, lines)),
            federation=fields.text("federation", longest=LONGEST_NAME),
            organisation_number=fields.text("org_number", longest=20),
            plan_year=plan_year,
            unit=self.unit,
            source=fields.text("source", longest=LONGEST_NAME),
            stated_limits=self._limits(fields.take("equity_limits")),
        )
        fields.name_unknown()
        if plan_year is None:
            sheet = replace(sheet, plan_year=sheet.first_planned_year())
        return replace(sheet, unknown_keys=tuple(self.unknown))

    # -- columns ---------------------------------------------------------------------------------

    def _columns(self, fields: Fields) -> tuple[Column, ...]:
        if not fields.items("years", required=True):
            raise fields.fail("years", "Minst en kolumn behövs.")
        columns = fields.each("years", self._column)
        seen: dict[tuple[int, str, str], int] = {}
        for index, column in enumerate(columns):
            identity = (column.year, column.kind, column.label)
            if identity in seen:
                raise fields.fail(
                    f"years[{index}]",
                    f"Kolumnen har samma år, slag och beteckning som years[{seen[identity]}].",
                )
            seen[identity] = index
        return columns

    def _column(self, value: Any, where: str) -> Column:
        fields = Fields(value, where, self.unknown)
        year = fields.whole("year", FIRST_YEAR, LAST_YEAR, required=True)
        assert year is not None
        column = Column(
            year=year,
            kind=fields.choice("kind", KINDS, required=True),
            label=fields.text("label", longest=LONGEST_LABEL),
            starts=fields.day("from"),
            ends=fields.day("to"),
        )
        if (column.starts is None) != (column.ends is None):
            raise UnreadableError(where, "En del av ett år behöver både from och to.")
        if column.starts and column.ends:
            if {column.starts.year, column.ends.year} != {year}:
                raise UnreadableError(where, f"from och to ska ligga i {year}.")
            if column.ends < column.starts:
                raise UnreadableError(where, "to är före from.")
        fields.name_unknown()
        return column

    # -- amounts ---------------------------------------------------------------------------------

    def _per_column(self, fields: Fields, key: str, *, required: bool = False) -> list[Any]:
        values = fields.items(key, required=required)
        if (values or required) and len(values) != len(self.columns):
            raise fields.fail(
                key, f"{len(values)} värden för {len(self.columns)} kolumner; skriv null för tomt."
            )
        return values

    def _amounts(self, fields: Fields, key: str, *, required: bool = False) -> Amounts:
        return tuple(
            None if value is None else _amount(value, f"{fields.path(key)}[{index}]", self.unit)
            for index, value in enumerate(self._per_column(fields, key, required=required))
        )

    def _texts(self, fields: Fields, key: str, longest: int) -> tuple[str, ...]:
        texts = tuple(
            "" if value is None else text(value, f"{fields.path(key)}[{index}]", longest=longest)
            for index, value in enumerate(self._per_column(fields, key))
        )
        return texts if any(texts) else ()

    # -- lines -----------------------------------------------------------------------------------

    def _formulas(self, fields: Fields, amounts: Amounts) -> tuple[str, ...]:
        texts = self._texts(fields, "formulas", LONGEST_FORMULA)
        return tuple(
            typed and _formula(typed, amounts[column], f"{fields.path('formulas')}[{column}]", self.unit)
            for column, typed in enumerate(texts)
        )

    def _line(self, value: Any, where: str, key: int, lines: int) -> Line:
        """The line at place `key` of so many."""
        fields = Fields(value, where, self.unknown)
        section = fields.choice("section", SECTIONS, required=True)
        name = fields.text("name", longest=LONGEST_NAME, required=True)
        fields.where = f"{where} (\u201d{name}\u201d)"  # from here on a message names the line too
        member_kind = fields.choice("member_kind", PAYERS)
        if member_kind and section != "income":
            raise fields.fail("member_kind", "Bara en intäkt har en betalare.")
        amounts = self._amounts(fields, "amounts", required=True)
        targets = self._amounts(fields, "targets")
        if targets and section != "balancing":
            raise fields.fail("targets", "Bara en post i balancing har mål.")
        if section == "balancing" and "targets" not in fields.value:
            targets = default_targets(amounts)
        line = Line(
            key=key,
            section=section,
            name=name,
            amounts=amounts,
            line_class=_line_class(fields, section, member_kind),
            group=fields.text("group", longest=LONGEST_NAME),
            subgroup=fields.text("subgroup", longest=LONGEST_NAME),
            member_kind=member_kind,
            member=fields.text("member", longest=LONGEST_NAME),
            project=fields.text("project", longest=LONGEST_NAME),
            note=fields.text("note", longest=LONGEST_NOTE),
            targets=targets,
            printed_texts=self._texts(fields, "printed", LONGEST_PRINTED),
            cell_notes=self._texts(fields, "notes", LONGEST_NOTE),
            statuses=self._statuses(fields),
            part_of=fields.whole("part_of", 0, lines - 1),
            formulas=self._formulas(fields, amounts),
        )
        if line.subgroup and not line.group:
            raise fields.fail("subgroup", "En undergrupp behöver en grupp.")
        if line.member and not member_kind:
            raise fields.fail("member", "Bara ett medlemsbidrag hör till en medlem.")
        if line.project and section not in ("income", "cost"):
            raise fields.fail("project", "Bara en kostnad eller intäkt hör till en insats.")
        if line.statuses and not member_kind:
            raise fields.fail("statuses", "Bara ett medlemsbidrag har ett läge.")
        fields.name_unknown()
        return line

    def _statuses(self, fields: Fields) -> tuple[tuple[Status, ...], ...]:
        result = []
        for column, cell in enumerate(self._per_column(fields, "statuses")):
            where = f"{fields.path('statuses')}[{column}]"
            if cell is not None and not isinstance(cell, list):
                raise UnreadableError(where, f"Här ska en lista stå, inte {shown(cell)}.")
            result.append(tuple(self._status(item, f"{where}[{i}]") for i, item in enumerate(cell or [])))
        return tuple(result) if any(result) else ()

    def _status(self, value: Any, where: str) -> Status:
        fields = Fields(value, where, self.unknown)
        status = Status(
            status=fields.choice("status", STATUSES, required=True),
            amount=_amount(fields.take("amount"), fields.path("amount"), self.unit),
            date=fields.text("date", longest=10),
            note=fields.text("note", longest=300),
        )
        if status.amount < 0:
            raise fields.fail("amount", "Ett bidrag är noll eller mer.")
        if status.date:
            try:
                PartialDate(status.date)
            except ValueError as error:
                raise fields.fail("date", str(error)) from None
        fields.name_unknown()
        return status

    # -- totals and limits -----------------------------------------------------------------------

    def _total(self, value: Any, where: str, lines: tuple[Line, ...]) -> PrintedTotal:
        fields = Fields(value, where, self.unknown)
        fields.ignore("computed")
        name = fields.text("name", longest=LONGEST_NAME, required=True)
        fields.where = f"{where} (\u201d{name}\u201d)"

        def words(key: str, known: set[str], what: str) -> tuple[str, ...]:
            found = fields.each(key, lambda v, w: text(v, w, longest=LONGEST_NAME, required=True))
            for index, word in enumerate(found):
                if word not in known:
                    raise fields.fail(f"{key}[{index}]", f"Det finns {what} {shown(word)}.")
            return tuple(dict.fromkeys(found))

        names = words("names", {line.name for line in lines}, "ingen rad med namnet")
        groups = words("groups", {line.group for line in lines}, "ingen rad i gruppen")
        sections = words("sections", set(SECTIONS), "ingen avdelning")
        total = PrintedTotal(
            name=name,
            printed=self._amounts(fields, "printed", required=True),
            names=names,
            groups=() if names else groups,
            sections=() if names or groups else sections,
            minus=words("minus", set(SECTIONS), "ingen avdelning"),
        )
        fields.name_unknown()
        return total

    def _limits(self, value: Any) -> StatedLimits | None:
        if value is None:
            return None
        fields = Fields(value, "equity_limits", self.unknown)
        fields.ignore("brackets")
        base, highest, lowest = (
            _amount(fields.take(key), fields.path(key), STATED_UNIT) for key in ("base", "highest", "lowest")
        )
        stated_by = fields.text("stated_by", longest=LONGEST_NAME)
        fields.name_unknown()
        return StatedLimits(base, highest, lowest, stated_by)


def _amount(value: Any, where: str, unit: Unit) -> Decimal:
    """An amount of the file in SEK, exact to the öre."""
    if isinstance(value, str):
        raise UnreadableError(
            where, f"{shown(value)} är text. Skriv ett tal utan citattecken, med decimalpunkt."
        )
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnreadableError(where, f"Här ska ett tal stå, inte {shown(value)}.")
    number = Decimal(value)
    if not number:
        return Decimal(0)
    shift = UNIT_SIZE[unit].adjusted()  # a kSEK amount has three digits more in kronor
    if number.adjusted() + shift > LARGEST:
        raise UnreadableError(where, "Beloppet är större än tusen miljarder kronor.")
    if _decimals(number) - shift > 2:
        raise UnreadableError(where, f"{shown(value)} har mer än två decimaler i kronor.")
    return number * UNIT_SIZE[unit]


def _decimals(number: Decimal) -> int:
    """How many decimals a number other than zero has, without trailing zeros; exact for any size."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    trailing = next(i for i, digit in enumerate(reversed(digits)) if digit)
    return -(exponent + trailing)


def _formula(typed: str, amount: Decimal | None, where: str, unit: Unit) -> str:
    """A formula with its unit, so that it stays true in whatever unit it is shown."""
    if not typed.startswith("="):
        raise UnreadableError(where, f"{shown(typed)} är ingen formel. Börja med =, som =12*4500.")
    try:
        found = typed_amount(typed, unit)
    except NotAnAmount as error:
        raise UnreadableError(where, _plain(str(error))) from None
    if found.amount is None or found.amount != amount:
        gives, stands = (
            "tomt" if each is None else _plain(money(each, "SEK")) for each in (found.amount, amount)
        )
        raise UnreadableError(where, f"{shown(typed)} ger {gives}, men beloppet i amounts är {stands}.")
    return found.formula


def _plain(words: str) -> str:
    return words.replace(NO_BREAK_SPACE, " ")


def _check_part(part: Line, lines: tuple[Line, ...]) -> None:
    """Raises UnreadableError unless a line that is part of another ("varav") can be that."""
    if part.part_of is None:
        return
    whole = lines[part.part_of]
    if part.section in WITHOUT_PARTS:
        why = "Bara en intäkt eller kostnad kan vara del av en annan."
    elif whole is part:
        why = "En post kan inte vara del av sig själv."
    elif whole.section != part.section:
        why = f"En post är del av en post i samma avdelning, och lines[{part.part_of}] är {whole.section}."
    elif whole.part_of is not None:
        why = f"lines[{part.part_of}] är själv del av en annan post."
    else:
        return
    raise UnreadableError(f"lines[{part.key}] (\u201d{part.name}\u201d).part_of", why)


def _line_class(fields: Fields, section: str, member_kind: str) -> str:
    """The class as given, or what the section and payer imply."""
    allowed: tuple[str, ...]
    if section == "income":
        allowed, implied = INCOME_CLASSES, "contribution" if member_kind else "other"
    elif section == "cost":
        allowed, implied = COST_CLASSES, "insats"
    elif fields.take("class") is not None:
        raise fields.fail("class", "Bara intäkter och kostnader har ett slag.")
    else:
        return ""
    given = fields.choice("class", allowed) or implied
    if (given == "contribution") != bool(member_kind):
        raise fields.fail("class", "Ett medlemsbidrag, och bara det, har en betalare (member_kind).")
    return given
