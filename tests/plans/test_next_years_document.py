"""Next year's plan brings the text along, with its own figures, and says where last year still stands."""

import re

import pytest
from django.conf import settings

from members.models import RoleKind
from plans.editing.section import change_text
from plans.exchange.plan_file_writing import dump_document
from plans.making import Choice, make
from plans.models import Activity, Plan, Section
from plans.preview import preview, writing_of
from plans.reading import read_plan
from plans.rules import check_document
from tests.loading import load
from tests.members import people

pytestmark = pytest.mark.django_db


def plans(slug: str) -> tuple[Plan, Plan]:
    """Last year's plan and the one made from it."""
    federation, _ = load(settings.BASE_DIR / "fixtures" / slug)
    old = Plan.objects.select_related("federation", "budget").get(federation=federation)
    user = people.with_role(federation, RoleKind.DIRECTOR)
    return old, make(federation, Choice(old.plan_year + 1, old), user)


def old_years(plan: Plan) -> dict[str, str]:
    return {
        each.section: each.sentence for each in check_document(read_plan(plan)) if each.code == "OLD_YEAR"
    }


def test_the_text_goals_and_target_groups_come_along():
    old, new = plans("gotland")
    before, after = dump_document(old), dump_document(new)
    for name in ("areas", "target_groups", "terms"):
        assert after[name] == before[name]
    assert after["title"] == "Verksamhets- och budgetplan 2022"
    assert Section.objects.filter(plan=new).exists()


@pytest.mark.parametrize(
    ("slug", "title"),
    [("skelleftea", "2015–2017"), ("landskrona-svalov", "2010–2011"), ("lund", "2018")],
)
def test_every_year_of_the_title_is_a_year_later(slug, title):
    old, new = plans(slug)
    assert len(re.findall(r"20\d\d", old.title)) == len(re.findall(r"20\d\d", title))
    assert new.title.endswith(title)


def test_what_explains_the_printed_original_stays_behind():
    _, new = plans("lund")
    assert not Section.objects.filter(plan=new, block="printed_faults").exists()


def test_a_reference_to_what_stays_behind_is_plain_words():
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    old = Plan.objects.select_related("federation", "budget").get(federation=federation)
    Section.objects.filter(plan=old, key="sammanfattning").update(
        text='<p>Se <a data-section="jobbsam">x</a> och <a data-section="om-siffrorna">y</a>.'
        '<span data-footnote="Not">ord</span></p>'
    )
    activity = Activity.objects.filter(plan=old).first()
    Activity.objects.filter(pk=activity.pk).update(text="Bara en")
    activity.sections.set(Section.objects.filter(plan=old, key__in=("jobbsam", "om-siffrorna")))
    new = make(federation, Choice(2022, old), people.with_role(federation, RoleKind.DIRECTOR))
    text = Section.objects.get(plan=new, key="sammanfattning").text
    assert text == (
        '<p>Se <a data-section="jobbsam">x</a> och bilaga&nbsp;3.<span data-footnote="Not">ord</span></p>'
    )
    assert [each.key for each in Activity.objects.get(plan=new, text="Bara en").sections.all()] == ["jobbsam"]
    shown = people.client_of(people.with_role(federation, RoleKind.ADMINISTRATOR)).get("/gotland/plan/2022/")
    assert "avsnittet saknas" not in shown.content.decode()


def test_a_live_figure_is_of_the_new_years():
    old, new = plans("gotland")
    token = '<span data-figure="what=contributions"></span>'
    shown = [re.sub(r"<[^>]*>", "", preview(writing_of(plan), token)).strip() for plan in (old, new)]
    sheets = [read_plan(plan).sheet for plan in (old, new)]
    amounts = [
        next(
            sheet.figures[place].contributions
            for place, column in enumerate(sheet.columns)
            if column.year == plan.plan_year
        )
        for sheet, plan in zip(sheets, (old, new), strict=True)
    ]
    assert shown[0] != shown[1]
    assert [text.replace("\u00a0", "") for text in shown] == [f"{amount:.0f}kr" for amount in amounts]


def test_a_section_that_names_last_year_is_pointed_out_until_it_is_looked_over():
    old, new = plans("gotland")
    assert not old_years(old)
    found = old_years(new)
    assert "sammanfattning" in found and "planen för 2021" in found["sammanfattning"]
    user = people.with_role(new.federation, RoleKind.DIRECTOR)
    section = Section.objects.get(plan=new, key="sammanfattning")
    change_text(new, user, section.key, section.revision, section.text + "<p>Genomläst.</p>")
    assert "sammanfattning" not in old_years(new)


def test_a_year_within_a_live_figure_or_an_address_is_no_text():
    _, new = plans("gotland")
    text = '<p>Se <a href="https://example.se/2021">sidan</a> <span data-figure="what=year"></span>.</p>'
    Section.objects.filter(plan=new, key="jobbsam").update(text=text, heading="JobbSam")
    assert "jobbsam" not in old_years(new)
