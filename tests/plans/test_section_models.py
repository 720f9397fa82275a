"""Sections, goals and lists: what a form refuses with a sentence, and what the database refuses by itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from budgets.exchange.storing import store
from members.models import Federation
from plans.models import Activity, Area, Goal, Indicator, Plan, Risk, Section, TargetGroup, Term, plan_of
from plans.models.section import DEEPEST
from tests.budgets.made_sheets import large_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return made_plan("norr")


def made_plan(slug: str) -> Plan:
    federation = Federation.objects.create(slug=slug, name=f"Förbundet {slug}", short_name=slug)
    sheet = large_sheet(2, 1)
    return plan_of(store(sheet, federation))


def saved(section: Section) -> Section:
    section.full_clean()
    section.save()
    return section


def faults(row: object) -> dict[str, list[str]]:
    """What the form says of a row, by field."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()  # type: ignore[attr-defined]
    return refused.value.message_dict


def refused(row: object) -> bool:
    """Whether the database refuses a row that no form has looked at."""
    try:
        with transaction.atomic():
            row.save()  # type: ignore[attr-defined]
    except IntegrityError:
        return True
    return False


# -- the tree of sections ------------------------------------------------------------------------


def test_a_section_below_another(plan):
    above = saved(Section(plan=plan, key="a", heading="A"))
    below = saved(Section(plan=plan, key="b", heading="B", parent=above))
    assert list(above.parts.all()) == [below]
    assert str(below) == "B"
    assert str(Section(key="ingress")) == "ingress"


def test_a_section_is_not_below_itself(plan):
    section = saved(Section(plan=plan, key="a", heading="A"))
    section.parent = section
    assert "Ett avsnitt kan inte ligga under sig självt." in faults(section)["parent"]
    assert refused(section)


def test_a_section_is_not_below_its_own_part(plan):
    first = saved(Section(plan=plan, key="a", heading="A"))
    second = saved(Section(plan=plan, key="b", heading="B", parent=first))
    third = saved(Section(plan=plan, key="c", heading="C", parent=second))
    first.parent = third
    assert faults(first)["parent"] == ["Ett avsnitt kan inte ligga under sig självt."]


def test_a_circle_that_is_there_already_does_not_stop_the_form(plan):
    first = saved(Section(plan=plan, key="a", heading="A"))
    second = saved(Section(plan=plan, key="b", heading="B", parent=first))
    Section.objects.filter(pk=first.pk).update(parent=second)
    new = Section(plan=plan, key="c", heading="C", parent=Section.objects.get(pk=first.pk))
    assert faults(new)["parent"] == [f"Avsnitt kan ligga i högst {DEEPEST} nivåer."]


def test_the_section_above_is_of_the_same_plan(plan):
    other = saved(Section(plan=made_plan("soder"), key="a", heading="A"))
    assert faults(Section(plan=plan, key="b", parent=other))["parent"] == [
        "Avsnittet hör till en annan plan."
    ]


def chain(plan: Plan, length: int, name: str = "s") -> list[Section]:
    made: list[Section] = []
    for number in range(length):
        made.append(
            saved(Section(plan=plan, key=f"{name}{number}", heading="S", parent=made[-1] if made else None))
        )
    return made


def test_sections_lie_in_six_levels_at_most(plan):
    deepest = chain(plan, DEEPEST)[-1]
    too_deep = Section(plan=plan, key="b", heading="B", parent=deepest)
    assert faults(too_deep)["parent"] == ["Avsnitt kan ligga i högst 6 nivåer."]


def test_a_section_is_moved_with_its_parts(plan):
    four, three = chain(plan, 4), chain(plan, 3, "t")
    three[0].parent = four[2]
    saved(three[0])
    three[0].parent = four[3]
    assert faults(three[0])["parent"] == ["Avsnitt kan ligga i högst 6 nivåer."]


def test_an_appendix_lies_below_nothing_and_has_a_heading(plan):
    above = saved(Section(plan=plan, key="a", heading="A"))
    below = Section(plan=plan, key="b", heading="B", parent=above, is_appendix=True)
    nameless = Section(plan=plan, key="c", is_appendix=True)
    assert "En bilaga ligger inte under ett annat avsnitt." in faults(below)["__all__"]
    assert "En bilaga har en rubrik." in faults(nameless)["__all__"]
    assert refused(below)
    assert refused(nameless)


def test_parts_of_an_appendix(plan):
    appendix = saved(Section(plan=plan, key="a", heading="A", is_appendix=True))
    saved(Section(plan=plan, key="b", heading="B", parent=appendix))


def test_a_name_in_references_is_of_one_section_of_a_plan(plan):
    saved(Section(plan=plan, key="a", heading="A"))
    assert faults(Section(plan=plan, key="a"))["__all__"] == ["Ett annat avsnitt har det namnet."]
    assert refused(Section(plan=plan, key="a"))
    saved(Section(plan=made_plan("soder"), key="a", heading="A"))


@pytest.mark.parametrize("key", ["", "två ord", "å", "a/b", "x" * 81])
def test_a_name_in_references_is_one_plain_word(plan, key):
    assert faults(Section(plan=plan, key=key, heading="A"))["key"]


# -- texts and live blocks -----------------------------------------------------------------------


def test_a_text_is_kept_in_the_small_vocabulary(plan):
    section = saved(Section(plan=plan, key="a", text='<h1>Ett</h1><p onclick="x">Två<script>x</script></p>'))
    assert section.text == "<p>Ett</p><p>Två</p>"


@pytest.mark.parametrize(
    ("block", "settings", "says"),
    [
        ("budget_table", {"color": "red"}, "Inställningen color finns inte."),
        ("budget_table", {"years": []}, "ska vara en lista med år räknade från planåret (0 är planåret)"),
        ("budget_table", {"years": ["2021"]}, "ska vara en lista med år"),
        ("budget_table", {"years": [True]}, "ska vara en lista med år"),
        ("budget_table", {"parts": ["vinst"]}, "ska vara en lista med income, costs eller equity"),
        ("budget_table", {"detail": "allt"}, "ska vara lines, groups eller totals"),
        ("project_cards", {"as_list": 1}, "ska vara sant eller falskt"),
        ("project_cards", {"projects": ["JobbSam"]}, "ska vara en lista med insatser"),
        ("areas", {"areas": [""]}, "ska vara en lista med namn i hänvisningar"),
        ("glossary", {"years": [0]}, "Inställningen years finns inte."),
        ("", {"years": [0]}, "Inställningarna hör till ett innehåll som inte är valt."),
    ],
)
def test_settings_that_a_block_does_not_know_are_told(plan, block, settings, says):
    found = faults(Section(plan=plan, key="a", heading="A", block=block, settings=settings))
    assert says in " ".join(found["settings"])


def test_settings_are_names_with_values(plan):
    section = Section(plan=plan, key="a", heading="A", block="budget_table", settings=[1])
    assert faults(section)["settings"] == ["Inställningarna ska vara namn med värden."]


@pytest.mark.parametrize(
    ("block", "settings"),
    [
        ("budget_table", {"years": [-1, 0], "parts": ["costs"], "groups": [7], "detail": "groups"}),
        ("areas", {"areas": ["individen"], "show": ["goals", "links"]}),
        ("goals", {"financial": True}),
        ("charts", {"charts": ["equity"]}),
        ("glossary", {}),
        ("", {}),
    ],
)
def test_settings_that_a_block_knows(plan, block, settings):
    saved(Section(plan=plan, key="a", heading="A", block=block, settings=settings))


def test_a_block_that_does_not_exist(plan):
    section = Section(plan=plan, key="a", heading="A", block="tabell", settings={"years": [0]})
    assert list(faults(section)) == ["block"]
    assert refused(section)


def test_a_role_that_does_not_exist(plan):
    assert list(faults(Section(plan=plan, key="a", heading="A", role="hjälte"))) == ["role"]


# -- goals and lists -----------------------------------------------------------------------------


def test_what_belongs_together_is_of_the_same_plan(plan):
    other = Area.objects.create(plan=made_plan("soder"), key="a", name="A", kind="perspective")
    goal = Goal(plan=plan, area=other, text="Mål")
    assert faults(goal)["area"] == ["Hör till en annan plan."]
    assert faults(Activity(plan=plan, area=other, text="Göra"))["area"] == ["Hör till en annan plan."]


def test_an_indicator_and_an_activity_belong_to_something(plan):
    indicator, activity = Indicator(plan=plan, text="Mäta"), Activity(plan=plan, text="Göra")
    assert faults(indicator)["__all__"] == ["Ett mått hör till ett mål, ett perspektiv eller ett område."]
    assert faults(activity)["__all__"] == ["En aktivitet hör till ett område, en målgrupp eller ett mål."]
    assert refused(indicator)
    assert refused(activity)


@pytest.mark.parametrize(("likelihood", "consequence"), [(0, 1), (1, 0), (5, 1), (1, 5)])
def test_a_risk_is_valued_from_one_to_four(plan, likelihood, consequence):
    risk = Risk(plan=plan, risk="Få", likelihood=likelihood, consequence=consequence)
    assert faults(risk)["__all__"] == ["Sannolikhet och konsekvens anges från 1 till 4."]
    assert refused(risk)


def test_what_others_refer_to_by_name_has_a_name_of_its_own(plan):
    Area.objects.create(plan=plan, key="a", name="A", kind="perspective")
    TargetGroup.objects.create(plan=plan, key="a", name="A")
    Term.objects.create(plan=plan, term="Insats", explanation="x")
    for twin in (
        Area(plan=plan, key="a", name="B", kind="focus_area"),
        TargetGroup(plan=plan, key="a", name="B"),
        Term(plan=plan, term="Insats", explanation="y"),
    ):
        assert faults(twin)["__all__"]
        assert refused(twin)


def test_an_area_is_of_one_of_the_two_kinds(plan):
    area = Area(plan=plan, key="a", name="A", kind="hörn")
    assert list(faults(area)) == ["kind"]
    assert refused(area)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Area(key="a", name="A", kind="perspective"), "description"),
        (TargetGroup(key="a", name="A"), "description"),
        (Goal(text="Mål"), "explanation"),
        (Term(term="Insats"), "explanation"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_texts_of_goals_and_lists_are_kept_in_the_small_vocabulary(plan, row, field):
    row.plan = plan
    setattr(row, field, "<p>Ord<script>x</script><img src=x onerror=y></p>")
    row.full_clean()
    assert getattr(row, field) == "<p>Ord</p>"


def test_with_the_plan_all_of_it_goes(plan):
    section = saved(Section(plan=plan, key="a", heading="A"))
    saved(Section(plan=plan, key="b", heading="B", parent=section))
    Goal.objects.create(plan=plan, text="Mål")
    plan.delete()
    assert not Section.objects.exists()
    assert not Goal.objects.exists()
