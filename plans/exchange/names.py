"""Rows by name in a plan file, by key in the database: in the tokens of texts and the settings of blocks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from budgets.models import Budget, BudgetGroup, BudgetLine
from finsam.json_input import UnreadableError, shown
from members.models import Member
from plans.figures.token import KEYED, TokenError, of_another, parse, with_tokens
from projects.models import Project

SORT_OF = {"line": "line", "group": "group", "project": "project", "name": "project", "member": "member"}
SORT_OF_SETTING = {"groups": "group", "projects": "project"}
WORDS = {"line": "budgetpost", "group": "grupp", "project": "insats", "member": "medlem"}


GONE = "?"
"""The name, in a file, of a row that was gone when the file was written. Its key is no row's."""


@dataclass(frozen=True)
class Names:
    """The names of what texts and blocks of a plan refer to, by sort and key. `lenient` takes a name that is
    not there for one that is gone, as when a plan is made from another; the rules tell of it."""

    rows: Mapping[str, Mapping[int, str]]
    lenient: bool = False

    def key(self, sort: str, name: object, where: str) -> int:
        """The key of the only row with that name; 0 when it is gone. Raises UnreadableError."""
        found = [key for key, known in self.rows[sort].items() if known == name]
        if len(found) == 1:
            return found[0]
        if name == GONE or self.lenient:
            return 0
        many = "finns det flera av" if found else "finns inte"
        raise UnreadableError(where, f"{WORDS[sort].capitalize()} {shown(name)} {many}.")

    def text_in(self, text: str, where: str) -> str:
        """A text of a file as it is stored: names become keys. Raises UnreadableError."""
        return with_tokens(text, lambda token: self._token_in(token, where))

    def _token_in(self, text: str, where: str) -> str:
        try:
            token = parse(text)
        except TokenError as error:
            raise UnreadableError(where, f"Det levande beloppet {shown(text)}: {error}.") from None
        if token.what not in KEYED:
            return str(token)
        return str(of_another(token, str(self.key(SORT_OF[token.what], token.of, where))))

    def text_out(self, text: str) -> str:
        """A stored text as a file has it."""
        return with_tokens(text, self._token_out)

    def _token_out(self, text: str) -> str:
        try:
            token = parse(text)
        except TokenError:
            return text
        if token.what not in KEYED:
            return text
        return str(of_another(token, self.rows[SORT_OF[token.what]].get(token.key or 0, GONE)))

    def settings_in(self, settings: Mapping[str, Any], where: str) -> dict[str, Any]:
        """Settings of a block as they are stored."""
        return {
            name: [self.key(SORT_OF_SETTING[name], each, f"{where}.{name}") for each in value]
            if name in SORT_OF_SETTING and isinstance(value, list)
            else value
            for name, value in settings.items()
        }

    def settings_out(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Settings of a block as a file has them."""
        return {
            name: [self.rows[SORT_OF_SETTING[name]].get(each, GONE) for each in value]
            if name in SORT_OF_SETTING
            else value
            for name, value in settings.items()
        }


def names_of(budget: Budget, *, lenient: bool = False) -> Names:
    """The names of the budget's lines and groups and of its federation's insatser and members."""
    federation = budget.federation_id
    groups = BudgetGroup.objects.filter(budget=budget).select_related("parent")
    return Names(
        {
            "line": _apart(BudgetLine.objects.filter(budget=budget).values_list("pk", "name", "section")),
            "group": _apart((group.pk, group.name, _above(group)) for group in groups),
            "project": _pairs(Project.objects.filter(federation=federation).values_list("pk", "name")),
            "member": _pairs(Member.objects.filter(federation=federation).values_list("pk", "name")),
        },
        lenient,
    )


def _apart(rows: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Rows by name (key, name and where the row stands): of several with one name each is called by where it
    stands too, and by a number if that is the same."""
    rows = list(rows)
    times = Counter(name for _, name, _ in rows)
    names = {key: name if times[name] == 1 else f"{name} ({place})" for key, name, place in rows}
    times = Counter(names.values())
    numbers: Counter[str] = Counter()
    for key, name in names.items():
        if times[name] > 1:
            numbers[name] += 1
            names[key] = f"{name} {numbers[name]}"
    return names


def _above(group: BudgetGroup) -> str:
    return group.parent.name if group.parent else "grupp"


def _pairs(rows: Iterable[tuple[int, str]]) -> dict[int, str]:
    return dict(rows)
