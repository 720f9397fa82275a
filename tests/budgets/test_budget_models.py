"""What the tables of a budget refuse, whoever writes to them; and that money in them is exact."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from djmoney.money import Money

from budgets.models import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    Change,
    ChangeStep,
    ContributionStatus,
    PrintedTotal,
    PrintedTotalAmount,
    PrintedTotalPart,
)
from members.models import Federation, Member, User
from projects.models import Project
from tests.members import people
from tests.members.constraints import (
    Refusal,
    assert_database_refuses,
    assert_person_is_told,
    constraints_of,
    names,
    written_past_validation,
)

pytestmark = pytest.mark.django_db

WRONG_CLASS = "Slaget hör inte till avdelningen."
WRONG_PAYER = "Ett medlemsbidrag, och bara det, har en betalare."
WRONG_PART = "En del av ett år ligger inom året och har både början och slut."
ONE_THING = "Ange en post, en grupp eller en avdelning."


def existing_or_new(row: Any) -> Any:
    """The row that was made first of its kind in this test, else this one, written."""
    return type(row).objects.first() or saved(row)


def norrby() -> Federation:
    return Federation.objects.filter(slug="norrby").first() or people.federation()


def soderby() -> Federation:
    return Federation.objects.filter(slug="soderby").first() or people.federation("soderby")


def a_budget(**fields: Any) -> Budget:
    return Budget(**{"federation": norrby(), "plan_year": 2021, "unit": "SEK", **fields})


def budget() -> Budget:
    return Budget.objects.filter(federation=norrby()).first() or saved(a_budget())


def a_year(**fields: Any) -> BudgetYear:
    return BudgetYear(**{"budget": budget(), "year": 2021, "kind": "budget", "position": 0, **fields})


def a_group(**fields: Any) -> BudgetGroup:
    return BudgetGroup(**{"budget": budget(), "name": "Kansli", "position": 0, **fields})


def a_whole(section: str) -> BudgetLine:
    """A line for another to be part of."""
    return saved(a_line(section=section, line_class="", name="Helhet"))


def a_line(**fields: Any) -> BudgetLine:
    cost = {"section": "cost", "line_class": "audit", "name": "Revision", "position": 0}
    return BudgetLine(**{"budget": budget(), **cost, **fields})


def a_contribution(**fields: Any) -> BudgetLine:
    state = {"section": "income", "line_class": "contribution", "member_kind": "state", "name": "Staten"}
    return a_line(**{**state, **fields})


def an_amount(**fields: Any) -> Amount:
    where = {"line": existing_or_new(a_line()), "year": existing_or_new(a_year())}
    return Amount(**{**where, "amount": 100, **fields})


def a_status(**fields: Any) -> ContributionStatus:
    where = {"line": existing_or_new(a_contribution()), "year": existing_or_new(a_year())}
    return ContributionStatus(**{**where, "status": "granted", "amount": 100, "position": 0, **fields})


def a_total(**fields: Any) -> PrintedTotal:
    return PrintedTotal(**{"budget": budget(), "name": "Summa", "position": 0, **fields})


def a_part(**fields: Any) -> PrintedTotalPart:
    return PrintedTotalPart(**{"total": existing_or_new(a_total()), "position": 0, **fields})


def a_printed_amount(**fields: Any) -> PrintedTotalAmount:
    where = {"total": existing_or_new(a_total()), "year": existing_or_new(a_year())}
    return PrintedTotalAmount(**{**where, "amount": 100, **fields})


def a_change(**fields: Any) -> Change:
    details = {"made_by": a_person(), "made_by_name": "Karin Ek", "sitting": "1"}
    return Change(**{"budget": budget(), "number": 1, "action": "amount", **details, **fields})


def a_person() -> User:
    return User.objects.first() or people.user()


def a_step() -> ChangeStep:
    change = Change.objects.first() or saved(a_change())
    return ChangeStep(change=change, position=0, table="line", row=1, year=1, before={"a": 1}, after={"a": 2})


def saved(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row


def beside(other: models.Model, row: Callable[[], models.Model]) -> models.Model:
    """The row, when the other one is there already."""
    saved(other)
    return row()


def in_euro(row: Any, field: str) -> Any:
    setattr(row, field, Money(5, "EUR"))
    return row


def a_project(federation: Federation) -> Project:
    return Project.objects.create(federation=federation, name="Stegen", level="individual", status="running")


def a_member(federation: Federation) -> Member:
    return Member.objects.create(federation=federation, name="Kommunen", kind="municipality")


VALID = [
    a_budget,
    lambda: a_budget(plan_year=None),
    a_year,
    lambda: a_year(starts=date(2021, 1, 1), ends=date(2021, 12, 31)),
    a_group,
    a_line,
    a_contribution,
    lambda: a_contribution(member=a_member(norrby())),
    lambda: a_line(line_class="insats", project=a_project(norrby())),
    *(
        lambda section=section: a_line(section=section, line_class="")
        for section in ("opening_equity", "financial_income", "financial_cost", "balancing")
    ),
    an_amount,
    a_status,
    lambda: a_status(amount=0),
    lambda: a_part(line=saved(a_line())),
    lambda: a_part(group=saved(a_group())),
    lambda: a_part(section="cost", subtracted=True),
    a_printed_amount,
]

REFUSED = [
    Refusal("budget_unique", lambda: beside(a_budget(), a_budget)),
    Refusal(
        "budget_earlier_closed",
        lambda: a_budget(is_current=False, is_open=True),
        "Budgeten är ersatt av en reviderad och kan inte öppnas.",
    ),
    *(
        Refusal(
            "budget_plan_year",
            lambda year=year: a_budget(plan_year=year),
            "Planåret ska vara 2004 eller senare (lag 2003:1210).",
        )
        for year in (2003, 2101)
    ),
    Refusal("budget_unit", lambda: a_budget(unit="MSEK")),
    Refusal(
        "budget_year_unique",
        lambda: beside(a_year(), lambda: a_year(position=1)),
        "Det finns redan en kolumn med samma år, slag och beteckning.",
    ),
    Refusal("budget_year_year", lambda: a_year(year=2003)),
    Refusal("budget_year_year", lambda: a_year(year=2101)),
    Refusal("budget_year_kind", lambda: a_year(kind="dröm")),
    *(
        Refusal(
            "budget_year_part",
            lambda part=part: a_year(starts=part[0], ends=part[1]),
            WRONG_PART,
        )
        for part in (
            (date(2020, 12, 31), date(2021, 3, 1)),
            (date(2021, 9, 1), date(2022, 1, 1)),
            (date(2021, 9, 1), date(2021, 8, 31)),
            (date(2021, 9, 1), None),
            (None, date(2021, 9, 1)),
        )
    ),
    Refusal("budget_group_unique", lambda: beside(a_group(), a_group)),
    Refusal(
        "budget_subgroup_unique",
        lambda: beside(
            a_group(name="Lokal", parent=saved(a_group())),
            lambda: a_group(name="Lokal", parent=BudgetGroup.objects.get(name="Kansli")),
        ),
    ),
    *(
        Refusal(
            "budget_line_class",
            lambda pair=pair: a_line(section=pair[0], line_class=pair[1]),
            WRONG_CLASS,
        )
        for pair in (
            ("income", "administration"),
            ("income", ""),
            ("cost", "other"),
            ("cost", ""),
            ("opening_equity", "other"),
            ("balancing", "insats"),
        )
    ),
    Refusal("budget_line_class", lambda: a_line(section="dröm")),
    Refusal(
        "budget_stated_limits",
        lambda: a_budget(stated_base=Money(1, "SEK")),
        "Ange källans underlag, högsta och lägsta nivå, eller ingen av dem.",
    ),
    Refusal("budget_line_member_kind", lambda: a_contribution(member_kind="kyrkan")),
    Refusal("budget_line_payer", lambda: a_contribution(member_kind=""), WRONG_PAYER),
    Refusal("budget_line_payer", lambda: a_line(member_kind="state"), WRONG_PAYER),
    Refusal(
        "budget_line_member",
        lambda: a_line(member=a_member(norrby())),
        "Bara ett medlemsbidrag hör till en medlem.",
    ),
    Refusal(
        "budget_line_project",
        lambda: a_line(section="balancing", line_class="", project=a_project(norrby())),
        "Bara en kostnad eller intäkt hör till en insats.",
    ),
    *(
        Refusal("budget_line_part_of", row, "En varav-post är del av en annan intäkt eller kostnad.")
        for row in (
            lambda: a_line(section="balancing", line_class="", part_of=a_whole("balancing")),
            lambda: a_line(section="opening_equity", line_class="", part_of=a_whole("opening_equity")),
        )
    ),
    Refusal("amount_unique", lambda: beside(an_amount(), lambda: an_amount(amount=200))),
    Refusal("amount_in_kronor", lambda: in_euro(an_amount(), "amount")),
    Refusal("amount_target_in_kronor", lambda: in_euro(an_amount(), "target")),
    Refusal("contribution_status_unique", lambda: beside(a_status(), lambda: a_status(status="applied"))),
    Refusal("contribution_status_status", lambda: a_status(status="lovad")),
    Refusal(
        "contribution_status_amount",
        lambda: a_status(amount=Decimal("-0.01")),
        "Ett bidrag är noll eller mer.",
    ),
    Refusal("contribution_status_in_kronor", lambda: in_euro(a_status(), "amount")),
    Refusal("contribution_status_date", lambda: a_status(date="i höstas"), "är inget datum"),
    *(
        Refusal("printed_total_part_one_thing", row, ONE_THING)
        for row in (
            lambda: a_part(),
            lambda: a_part(line=saved(a_line()), section="cost"),
            lambda: a_part(line=saved(a_line()), group=saved(a_group())),
        )
    ),
    Refusal(
        "printed_total_part_subtracted",
        lambda: a_part(line=saved(a_line()), subtracted=True),
        "Bara en avdelning kan dras ifrån.",
    ),
    Refusal(
        "printed_total_amount_unique", lambda: beside(a_printed_amount(), lambda: a_printed_amount(amount=2))
    ),
    Refusal("printed_total_in_kronor", lambda: in_euro(a_printed_amount(), "amount")),
    Refusal("change_number_unique", lambda: beside(a_change(), a_change)),
    Refusal("change_number_from_one", lambda: a_change(number=0)),
    Refusal("change_kind", lambda: a_change(kind="dröm", undoes=saved(a_change(number=2)))),
    Refusal("change_undoes", lambda: a_change(kind="undo")),
    Refusal("change_step_position_unique", lambda: beside(a_step(), a_step)),
]


@pytest.mark.parametrize("make", VALID)
def test_a_row_that_keeps_to_the_rules_is_accepted(make):
    row = saved(make())
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_the_database_itself_refuses(refusal):
    assert_database_refuses(refusal)


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_a_person_is_told_why_in_swedish(refusal):
    assert_person_is_told(refusal)


def test_every_constraint_of_the_app_is_tried():
    assert names(REFUSED) == constraints_of("budgets")


@pytest.mark.parametrize("column", ["amount_currency", "target_currency"])
def test_a_stored_amount_cannot_be_turned_into_euro(column):
    amount = saved(an_amount())
    with pytest.raises(IntegrityError, match="in_kronor"), transaction.atomic():
        Amount.objects.filter(pk=amount.pk).update(**{column: "EUR"})


def test_the_same_year_may_stand_in_columns_of_different_kind_or_label():
    saved(a_year())
    saved(a_year(kind="forecast"))
    saved(a_year(label="efter omröstning"))
    assert BudgetYear.objects.count() == 3


def test_groups_may_share_the_name_of_a_subgroup():
    kansli, projekt = saved(a_group()), saved(a_group(name="Projekt"))
    saved(a_group(name="Lokal", parent=kansli))
    saved(a_group(name="Lokal", parent=projekt))
    assert BudgetGroup.objects.filter(name="Lokal").count() == 2


# -- everything a row names belongs to the same federation and budget --------------------------------


def other_budget() -> Budget:
    return Budget.objects.create(federation=soderby(), plan_year=2022, unit="SEK")


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (
            lambda: a_contribution(member=a_member(soderby())),
            "member",
            "Medlemmen hör till ett annat förbund.",
        ),
        (
            lambda: a_line(line_class="insats", project=a_project(soderby())),
            "project",
            "Insatsen hör till ett annat förbund.",
        ),
        (
            lambda: a_line(group=saved(a_group(budget=other_budget()))),
            "group",
            "Gruppen hör till en annan budget.",
        ),
        (
            lambda: an_amount(year=saved(a_year(budget=other_budget()))),
            "year",
            "Kolumnen hör till en annan budget än posten.",
        ),
        (
            lambda: a_status(year=saved(a_year(budget=other_budget()))),
            "year",
            "Kolumnen hör till en annan budget än posten.",
        ),
    ],
)
def test_what_belongs_elsewhere_is_refused(row, field, sentence):
    budget()  # the one of Norrby is the first
    with pytest.raises(ValidationError) as error:
        row().full_clean()
    assert error.value.message_dict[field] == [sentence]


@pytest.mark.parametrize(
    "row",
    [
        lambda: Amount(line=saved(a_line())),
        lambda: ContributionStatus(line=saved(a_contribution()), status="granted", amount=1, position=0),
        lambda: BudgetLine(
            section="income",
            line_class="contribution",
            member_kind="state",
            member=a_member(norrby()),
            name="Staten",
            position=0,
        ),
    ],
)
def test_a_row_without_its_column_or_budget_is_refused_like_any_other(row):
    """As when the support staff leave a field empty: a message, not a crash."""
    with pytest.raises(ValidationError) as error:
        row().full_clean()
    assert set(error.value.message_dict) & {"year", "budget"}


# -- money -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kronor", ["999999999999.99", "-999999999999.99", "0.01", "0.10", "0.00"])
@pytest.mark.parametrize("write", [saved, written_past_validation], ids=["save", "bulk_create"])
def test_an_amount_keeps_its_oren_exactly(kronor, write):
    line = saved(a_line(section="balancing", line_class=""))
    write(an_amount(line=line, amount=Decimal(kronor), target=Decimal(kronor)))
    stored = Amount.objects.get()
    assert (stored.amount.amount, stored.target.amount) == (Decimal(kronor), Decimal(kronor))
    assert str(stored.amount.amount) == kronor


def test_empty_is_not_zero():
    empty = saved(an_amount(amount=None, printed_text="-"))
    zero = saved(an_amount(amount=0, year=saved(a_year(year=2022, kind="plan"))))
    empty.refresh_from_db()
    zero.refresh_from_db()
    assert empty.amount is None
    assert zero.amount.amount == 0
    assert list(Amount.objects.filter(amount__isnull=True)) == [empty]
    assert list(Amount.objects.filter(amount=0)) == [zero]


@pytest.mark.parametrize("kronor", ["1000000000000", "0.001"])
def test_an_amount_that_cannot_be_kept_exactly_is_refused_with_a_sentence(kronor):
    with pytest.raises(ValidationError) as error:
        an_amount(amount=Decimal(kronor)).full_clean()
    assert "Säkerställ att det inte är mer än" in " ".join(error.value.message_dict["amount"])


def test_a_removed_member_or_insats_leaves_the_figures_of_the_budget():
    member, project = a_member(norrby()), a_project(norrby())
    contribution = saved(a_contribution(member=member))
    cost = saved(a_line(line_class="insats", project=project, position=1))
    saved(an_amount(line=contribution))
    saved(an_amount(line=cost))
    member.delete()
    project.delete()
    assert BudgetLine.objects.filter(member=None, project=None).count() == 2
    assert Amount.objects.count() == 2
