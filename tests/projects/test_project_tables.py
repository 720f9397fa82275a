"""What the table of insatser refuses, whoever writes to it, and what it says of their time."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from djmoney.money import Money

from members.models import Federation, Member
from projects.models import BoardDecision, Financer, PlannedParticipants, Project
from tests.members import people
from tests.members.constraints import (
    Refusal,
    assert_database_refuses,
    assert_person_is_told,
    constraints_of,
    names,
)

pytestmark = pytest.mark.django_db

WRITE_DATE = "är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD."
WRONG_CLASS = "Inriktningen hör inte till insatsens nivå."


def norrby() -> Federation:
    return Federation.objects.filter(slug="norrby").first() or people.federation()


def a_project(**fields: Any) -> Project:
    plain = {"name": "Stegen", "level": "individual", "status": "running"}
    return Project(**{"federation": norrby(), **plain, **fields})


def participants(**fields: Any) -> PlannedParticipants:
    project = Project.objects.filter(name="Stegen").first() or saved(a_project())
    return PlannedParticipants(**{"project": project, "year": 2021, "number": 40, **fields})


def of_stegen(model: type[Any], **fields: Any) -> Any:
    project = Project.objects.filter(name="Stegen").first() or saved(a_project())
    return model(project=project, **fields)


def financer(**fields: Any) -> Financer:
    return of_stegen(Financer, **{"name": "Europeiska socialfonden", "year": 2021, "amount": 500, **fields})


def kommun() -> Member:
    kommuner = norrby().members.filter(name="Norrby kommun")
    return kommuner.first() or Member.objects.create(
        federation=norrby(), name="Norrby kommun", kind="municipality"
    )


def decision(**fields: Any) -> BoardDecision:
    return of_stegen(BoardDecision, **{"date": "2020-11-24", "decision": "att bevilja medel", **fields})


def saved(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row


def beside(other: models.Model, row: models.Model) -> models.Model:
    saved(other)
    return row


REFUSED = [
    Refusal(
        "project_unique",
        lambda: beside(a_project(), a_project(level="structural")),
        "Det finns redan en insats med det namnet.",
    ),
    Refusal(
        "project_period",
        lambda: a_project(starts="2020-09", ends="2020-08-31"),
        "Insatsen slutar innan den börjar.",
    ),
    Refusal(
        "project_open_ended",
        lambda: a_project(open_ended=True, ends="2023"),
        "En insats som löper tills vidare har inget slutdatum.",
    ),
    Refusal("project_kind", lambda: a_project(kind="dröm")),
    Refusal("project_level", lambda: a_project(level="regional")),
    Refusal("project_status", lambda: a_project(status="dröm")),
    Refusal("project_sus_class", lambda: a_project(sus_class="training"), WRONG_CLASS),
    Refusal(
        "project_sus_class", lambda: a_project(level="structural", sus_class="rehabilitation"), WRONG_CLASS
    ),
    Refusal("project_starts", lambda: a_project(starts="hösten"), WRITE_DATE),
    Refusal("project_ends", lambda: a_project(ends="2023-9"), WRITE_DATE),
    Refusal("planned_participants_unique", lambda: beside(participants(), participants(number=5))),
    Refusal("planned_participants_year", lambda: participants(year=2003)),
    Refusal("planned_participants_year", lambda: participants(year=2101)),
    Refusal(
        "project_ended",
        lambda: a_project(status="ended", open_ended=True),
        "En avslutad insats löper inte tills vidare.",
    ),
    Refusal("financer_one", lambda: financer(name=""), "Välj en medlem eller skriv en annan finansiär"),
    Refusal("financer_one", lambda: financer(member=kommun()), "Välj en medlem eller skriv en annan"),
    Refusal(
        "financer_member_unique",
        lambda: beside(financer(member=kommun(), name=""), financer(member=kommun(), name="", amount=1)),
        "Medlemmen finns redan för det året.",
    ),
    Refusal(
        "financer_name_unique",
        lambda: beside(financer(), financer(amount=1)),
        "Finansiären finns redan för det året.",
    ),
    Refusal("financer_year", lambda: financer(year=2003), "Året ska vara från 2004"),
    Refusal("financer_amount", lambda: financer(amount=-1), "Finansieringen är noll eller mer."),
    Refusal("financer_in_kronor", lambda: financer(amount=Money(5, "EUR"))),
    Refusal("board_decision_unique", lambda: beside(decision(), decision()), "Beslutet är redan inlagt."),
    Refusal("board_decision_date", lambda: decision(date="")),
    Refusal("board_decision_date", lambda: decision(date="hösten"), WRITE_DATE),
    Refusal("board_decision_says", lambda: decision(decision="")),
    Refusal("board_decision_years", lambda: decision(first_year=2022, last_year=2021), "det första först"),
    Refusal("board_decision_years", lambda: decision(last_year=2021), "det första först"),
    Refusal("board_decision_years", lambda: decision(first_year=2003), "från 2004"),
    Refusal("board_decision_amount", lambda: decision(amount=-1), "Beloppet är noll eller mer."),
    Refusal("board_decision_in_kronor", lambda: decision(amount=Money(5, "EUR"))),
]


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_the_database_itself_refuses(refusal):
    assert_database_refuses(refusal)


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_a_person_is_told_why_in_swedish(refusal):
    assert_person_is_told(refusal)


def test_every_constraint_of_the_app_is_tried():
    only_after_it_is_saved = {"project_predecessor"}  # tried below
    assert names(REFUSED) | only_after_it_is_saved == constraints_of("projects")


def test_an_insats_is_not_its_own_predecessor():
    project = saved(a_project())
    with pytest.raises(IntegrityError, match="project_predecessor"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(predecessor=project)
    project.predecessor = project
    with pytest.raises(ValidationError) as error:
        project.full_clean()
    assert error.value.messages == ["En insats kan inte vara sin egen föregångare."]


@pytest.mark.parametrize("sus_class", [choice for choice, _ in Project.SusClass.choices])
def test_every_class_belongs_to_exactly_one_level(sus_class):
    accepted = []
    for level, _ in Project.Level.choices:
        try:
            a_project(level=level, sus_class=sus_class).full_clean()
        except ValidationError as error:
            assert error.messages == [WRONG_CLASS]
        else:
            accepted.append(level)
    assert len(accepted) == 1


def test_another_federation_may_use_the_same_name():
    saved(a_project())
    saved(a_project(federation=people.federation("soderby")))


def test_a_year_does_not_end_before_a_day_in_it():
    """“1 September 2020 to 2020” says that the end is only known to the year."""
    saved(a_project(starts="2020-09-01", ends="2020"))


def test_an_owner_stays_as_long_as_it_owns_something():
    owner = Member.objects.create(federation=norrby(), name="Norrby kommun", kind="municipality")
    saved(a_project(owner=owner))
    with pytest.raises(models.ProtectedError):
        owner.delete()


def test_a_removed_predecessor_leaves_its_successor():
    first = saved(a_project())
    second = saved(a_project(name="Stegen 2", predecessor=first))
    first.delete()
    second.refresh_from_db()
    assert second.predecessor is None


@pytest.mark.parametrize(
    "field",
    ["owner", "predecessor"],
)
def test_an_insats_belongs_with_others_of_its_federation(field):
    soderby = people.federation("soderby")
    elsewhere = {
        "owner": Member.objects.create(federation=soderby, name="Söderby kommun", kind="municipality"),
        "predecessor": saved(a_project(federation=soderby)),
    }
    with pytest.raises(ValidationError):
        a_project(name="Stegen 2", **{field: elsewhere[field]}).full_clean()


def test_a_financing_member_is_of_the_same_federation():
    elsewhere = Member.objects.create(
        federation=people.federation("soderby"), name="Söderby kommun", kind="municipality"
    )
    with pytest.raises(ValidationError, match="annat förbund"):
        financer(member=elsewhere, name="").full_clean()


def test_the_same_financer_gives_money_and_staff():
    saved(financer(member=kommun(), name="", note="egen personal"))
    saved(financer(member=kommun(), name="", note=""))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"first_year": 2021}, "från 2021"),
        ({"first_year": 2021, "last_year": 2021}, "2021"),
        ({"first_year": 2021, "last_year": 2023}, "2021–2023"),
    ],
)
def test_the_years_of_a_decision_in_words(fields, words):
    assert decision(**fields).years == words


# -- its time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "period", "first", "last"),
    [
        ({}, "", None, None),
        ({"starts": "2020-09-01"}, "från 1 september 2020", date(2020, 9, 1), None),
        ({"ends": "2020-06"}, "till och med juni 2020", None, date(2020, 6, 30)),
        ({"starts": "2016", "ends": "2020-02"}, "2016–februari 2020", date(2016, 1, 1), date(2020, 2, 29)),
        ({"open_ended": True}, "tills vidare", None, None),
        ({"starts": "2010-09", "open_ended": True}, "september 2010, tills vidare", date(2010, 9, 1), None),
    ],
)
def test_the_time_of_an_insats_in_words_and_days(fields, period, first, last):
    project = saved(a_project(**fields))
    assert (project.period(), project.first_day, project.last_day) == (period, first, last)
