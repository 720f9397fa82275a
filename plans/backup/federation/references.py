"""The keys in a row: those of its foreign keys, and those that its texts, settings and histories speak
of. Pure.

A row is a dictionary of JSON's own types by field. What is frozen says what it said: its own words keep the
keys that they were written with.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from budgets.editing.steps import Table as StepTable
from budgets.reading import MODELS
from plans.backup.federation.tables import Table, target
from plans.editing.goals_rows import KINDS
from plans.editing.undoing import LINKS
from plans.exchange.names import SORT_OF, SORT_OF_SETTING
from plans.figures.token import TokenError, parse, with_tokens

Key = Callable[[str, int], Any]
"""The label of a model and a key of it: the key that takes its place."""
Row = dict[str, Any]

LABELS = {
    "line": "budgets.BudgetLine",
    "group": "budgets.BudgetGroup",
    "project": "projects.Project",
    "member": "members.Member",
}
"""What tokens and settings call the models."""
OF = re.compile(r"(^|&)of=\d+(?=&|$)")


def with_keys(table: Table, row: Row, refers: Key, mentions: Key) -> Row:
    """The row with other keys: `refers` gives those of foreign keys, `mentions` those of rows that may be
    gone. Raises ValueError for a history that cannot be understood."""
    changed = dict(row)
    for field in table.fields:
        value = row.get(field.name)
        if value is None:
            continue
        if label := target(field):
            changed[field.name] = refers(label, value)
        elif not table.is_frozen:
            changed[field.name] = _in_texts(value, mentions)
    special = SPECIAL.get(table.label)
    if special:
        try:
            changed |= special(changed, mentions)
        except (TypeError, KeyError, AttributeError, LookupError) as error:
            raise ValueError(f"{table.label} har en historik som inte kan läsas.") from error
    return changed


# -- texts ---------------------------------------------------------------------------------------


def _in_texts(value: Any, mentions: Key) -> Any:
    """A value with other keys in the tokens of its texts."""
    if isinstance(value, str):
        return with_tokens(value, lambda token: _token(token, mentions)) if "data-figure" in value else value
    if isinstance(value, list):
        return [_in_texts(each, mentions) for each in value]
    if isinstance(value, dict):
        return {name: _in_texts(each, mentions) for name, each in value.items()}
    return value


def _token(text: str, mentions: Key) -> str:
    try:
        token = parse(text)
    except TokenError:
        return text
    if token.key is None:
        return text
    key = mentions(LABELS[SORT_OF[token.what]], token.key)
    return OF.sub(lambda found: f"{found[1]}of={key}", text)


# -- settings and histories ----------------------------------------------------------------------


def _settings(settings: Mapping[str, Any], mentions: Key) -> Row:
    return {
        name: [mentions(LABELS[SORT_OF_SETTING[name]], each) for each in value]
        if name in SORT_OF_SETTING
        else value
        for name, value in settings.items()
    }


def _section(row: Row, mentions: Key) -> Row:
    return {"settings": _settings(row["settings"], mentions)}


def _section_change(row: Row, mentions: Key) -> Row:
    def changed(section: Mapping[str, Any]) -> Row:
        known = dict(section)
        if "settings" in known:
            known["settings"] = _settings(known["settings"], mentions)
        if LINKS in known:
            known[LINKS] = [mentions("plans.Activity", each) for each in known[LINKS]]
        return known

    return {
        side: {key: changed(section) for key, section in row[side].items()} for side in ("before", "after")
    }


def _goal_change(row: Row, mentions: Key) -> Row:
    def key(text: str) -> str:
        name, _, pk = text.rpartition("-")
        return f"{name}-{mentions(KINDS[name].model._meta.label, int(pk))}" if name in KINDS else text

    def changed(values: Mapping[str, Any]) -> Row:
        known = dict(values)
        for name, value in values.items():
            if value and name in KINDS:
                known[name] = key(value)
            elif name == "target_groups":
                known[name] = [key(each) for each in value]
            elif name == "projects":
                known[name] = [mentions("projects.Project", each) for each in value]
        return known

    sides = {
        side: {key(each): changed(values) for each, values in row[side].items()}
        for side in ("before", "after")
    }
    return {"row_key": key(row["row_key"]), **sides}


def _step(row: Row, mentions: Key) -> Row:
    table = StepTable(row["table"])
    model = MODELS[table][0]
    labels = {field.attname: label for field in model._meta.concrete_fields if (label := target(field))}

    def changed(values: Mapping[str, Any] | None) -> Row | None:
        if values is None:
            return None
        return {
            name: mentions(labels[name], value) if name in labels and value is not None else value
            for name, value in values.items()
        }

    of_row = LABELS["line"] if table == StepTable.CELL else model._meta.label
    return {
        "row": mentions(of_row, row["row"]),
        "year": row["year"] and mentions("budgets.BudgetYear", row["year"]),
        "before": changed(row["before"]),
        "after": changed(row["after"]),
    }


SPECIAL: Mapping[str, Callable[[Row, Key], Row]] = {
    "plans.Section": _section,
    "plans.SectionChange": _section_change,
    "plans.GoalChange": _goal_change,
    "budgets.ChangeStep": _step,
}
