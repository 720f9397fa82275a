"""The list of live figures to put into a text. Amounts are added up by hand in made_plans.py."""

from decimal import Decimal

import pytest

from plans.figures.catalogue import MOST_FOUND, entries, search
from plans.figures.resolving import resolve
from plans.figures.token import parse
from tests.plans import made_plans as made

PLAN = made.plan_of()
ENTRIES = entries(PLAN)
BY_NAME = {entry.name: entry for entry in ENTRIES}
S = "\u00a0"


def found(query: str) -> list[str]:
    return [entry.name for entry in search(ENTRIES, query)]


@pytest.mark.parametrize(
    ("name", "shown", "value"),
    [
        ("Summa kostnader 2021", f"2{S}849{S}320{S}kr", "2849320"),
        ("JobbSam 3.0, budget 2021", f"2{S}203{S}500{S}kr", "2203500"),
        ("JobbSam 3.0, plan 2022", f"1{S}700{S}000{S}kr", "1700000"),
        ("Räntor, budget 2021", f"2{S}680{S}kr", "2680"),
        ("Eget kapital vid årets slut 2021", f"10{S}710{S}kr", "10710"),
        ("Summa kostnader 2020 (utfall)", f"1{S}843{S}900{S}kr", "1843900"),
        ("Summa kostnader 2020 (budget)", f"1{S}920{S}000{S}kr", "1920000"),
        ("Norrby kommuns bidrag 2021", f"275{S}000{S}kr", "275000"),
        ("Norrby kommuns bidrag, andel av medlemsbidragen 2021", f"12,5{S}%", "0.125"),
        ("Administration, hela gruppen 2021", f"630{S}320{S}kr", "630320"),
        ("Medlemsbidragen 2022, ändring från 2021", f"200{S}000{S}kr", "200000"),
        ("Högsta nivån för eget kapital 2021", f"440{S}000{S}kr", "440000"),
        ("Styrelse, administration och revision 2021", f"630{S}320{S}kr", "630320"),
        ("Antal insatser 2021", "två", "2"),
        ("Årtalet 2022", "2022", "2022"),
        ("Namnet på Förstudien", "Förstudien", None),
    ],
)
def test_what_can_be_put_in(name, shown, value):
    entry = BY_NAME[name]
    assert entry.shown == shown
    assert entry.value == (None if value is None else Decimal(value))


def test_every_entry_is_a_figure_that_can_be_read_and_stands_there_once():
    for entry in ENTRIES:
        assert resolve(entry.token, PLAN).text == entry.shown
        assert str(parse(entry.token)) == entry.token
    assert len(BY_NAME) == len(ENTRIES)
    assert len({entry.token for entry in ENTRIES}) == len(ENTRIES)


def test_the_common_of_the_plan_year_comes_first():
    names = [entry.name for entry in ENTRIES]
    assert names[:3] == ["Summa kostnader 2021", "Summa intäkter 2021", "Medlemsbidragen 2021"]
    order = [
        "JobbSam 3.0, budget 2021",
        "Räntor, budget 2021",
        "Summa kostnader 2022",
        "Summa kostnader 2020 (budget)",
    ]
    order += ["JobbSam 3.0, andel av kostnaderna 2021", "Namnet på JobbSam 3.0"]
    assert sorted(order, key=names.index) == order


def test_what_has_no_amount_is_not_there():
    assert "JobbSam 3.0, plan 2023" not in BY_NAME
    assert "Underskottet 2022" not in BY_NAME  # a surplus
    assert "Förstudien, budget 2021" not in BY_NAME
    assert entries(made.empty_plan()) == ()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("jobbsam 3.0 2021", "JobbSam 3.0, budget 2021"),
        ("jobbsam 2021", "JobbSam, budget 2021"),  # what is called just that
        ("intakter", "Summa intäkter 2021"),
        ("ÖVRIGA intäkter", "Övriga intäkter 2021"),
        ("eget kapital slut 2022", "Eget kapital vid årets slut 2022"),
        ("utgående", "Eget kapital vid årets slut 2021"),
        ("anslag", "Medlemsbidragen 2021"),
        ("2203500", "JobbSam 3.0, budget 2021"),
        ("2 203 500", "JobbSam 3.0, budget 2021"),
        ("söderby", "Söderby kommuns bidrag 2021"),
        ("kansli andel", "Kansli, hela gruppen, andel av kostnaderna 2021"),
        ("utfall 2020 kostnader", "Summa kostnader 2020 (utfall)"),
        ("ökning medlemsbidragen", "Medlemsbidragen 2021, ändring från 2020"),
        ("", "Summa kostnader 2021"),
    ],
)
def test_search_by_the_words_one_thinks_of(query, first):
    assert found(query)[0] == first


def test_search_gives_what_has_all_the_words_and_no_more_than_one_reads():
    assert all("Norrby" in name for name in found("norrby 2021"))
    assert found("norrby finns inte") == []
    assert len(found("20")) == MOST_FOUND == 30
