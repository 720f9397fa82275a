"""The guess of what a foreign table means: its head, and then its rows. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from budgets.exchange.head_guess import Head, guess_head, head_at
from budgets.exchange.mapping import LINES, Mapping
from budgets.exchange.raw import RawFile, RawSheet
from budgets.exchange.row_guess import guess_rows
from budgets.exchange.words import KnownMember
from budgets.sheet import Column


def guess(
    file: RawFile,
    plan_year: int | None,
    members: Sequence[KnownMember] = (),
    columns: tuple[Column, ...] = (),
    sheet_name: str = "",
) -> Mapping:
    """The best guess of what a file means; of its sheets the one with most lines."""
    if sheet_name:
        sheets = [sheet for sheet in file.sheets if sheet.name == sheet_name]
    else:
        sheets = [sheet for sheet in file.sheets if sheet.rows and not sheet.hidden] or [
            s for s in file.sheets if s.rows
        ]
    guesses = [_of_sheet(sheet, guess_head(sheet, plan_year, columns), members) for sheet in sheets]
    return max(
        guesses, key=lambda each: (len(each.years) > 0, sum(meaning in LINES for meaning in each.meanings))
    )


def guess_again(
    sheet: RawSheet,
    mapping: Mapping,
    plan_year: int | None,
    members: Sequence[KnownMember] = (),
    columns: tuple[Column, ...] = (),
) -> Mapping:
    """Years, unit and meanings anew for the head row and name column of the mapping."""
    if mapping.head_row < 0:
        head = replace(guess_head(sheet, plan_year, columns), first_row=-1, last_row=-1)
    else:
        head = head_at(sheet, mapping.head_row, plan_year, columns, name_column=mapping.name_column)
    return replace(_of_sheet(sheet, head, members), style=mapping.style)


def _of_sheet(sheet: RawSheet, head: Head, members: Sequence[KnownMember]) -> Mapping:
    return Mapping(
        sheet=sheet.name,
        head_row=head.last_row,
        name_column=head.name_column,
        unit=head.unit,
        years=head.years,
        meanings=guess_rows(sheet, head, members),
        note_column=head.note_column,
    )
