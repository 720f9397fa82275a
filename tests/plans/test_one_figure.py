"""A figure exists once: changed in the budget, it is changed in every sentence, table, chart and file; what
is renamed or taken away is never shown wrong in silence."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.conf import settings

from budgets.editing.amounts import set_amounts
from budgets.editing.lines import remove_line
from budgets.models import BudgetLine, BudgetYear
from finsam.swedish import number
from plans.compose import Kind, compose
from plans.models import Plan, Section
from plans.reading import read_plan
from plans.rendering import FORMATS, Format
from plans.rules import check_document
from projects.models import Project
from tests.budgets.editing.sittings import author_of, make
from tests.loading import load
from tests.services import pdf
from tests.services.docx import WordFile

UNSEEN = re.compile(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", re.DOTALL)
WHEN = datetime(2021, 11, 2, 13, 10, tzinfo=UTC)


@pytest.fixture
def plan(db) -> Plan:
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


def texts(plan: Plan, kind: Kind = Kind.BOARD) -> dict[Format, str]:
    """What each format says, read back, but not what stands within its charts: a cell or piece of text on a
    line, every space alike."""
    document = compose(read_plan(plan), WHEN, kind)
    files = {form: FORMATS[form].write(document) for form in Format}
    word = WordFile(files[Format.DOCX])
    read = {
        Format.PDF: pdf.text(files[Format.PDF]),
        Format.DOCX: "\n".join([*word.texts(), *word.notes().values(), *word.alternative_texts()]),
        Format.HTML: UNSEEN.sub("\n", files[Format.HTML].decode()),
    }
    return {form: re.sub(r"[\u00a0\u202f]", " ", text) for form, text in read.items()}


def times(text: str, amount: Decimal) -> int:
    """How often a text shows an amount, as a figure of its own."""
    shown = number(amount).replace("\u00a0", " ")
    return len(re.findall(rf"(?<![\d,] )(?<!\d){re.escape(shown)}(?! ?\d)", text))


def change_amount(plan: Plan, line: BudgetLine, year: BudgetYear, amount: Decimal) -> None:
    make(
        plan.budget,
        author_of(plan.budget),
        lambda state: set_amounts(state, [(line.pk, year.pk, amount, "")]),
    )


def test_a_changed_cell_is_changed_wherever_it_stands(plan):
    line = BudgetLine.objects.get(budget=plan.budget, name="JobbSam 3.0")
    year = BudgetYear.objects.get(budget=plan.budget, year=2021)
    old, new = Decimal(2_203_500), Decimal(2_345_678)
    section = Section.objects.get(plan=plan, key="jobbsam")
    section.text += f'<p>Insatsen får <span data-figure="what=line&amp;of={line.pk}"></span>.</p>'
    section.save()

    before = texts(plan)
    change_amount(plan, line, year, new)
    after = texts(plan)

    for form in Format:
        assert times(before[form], old) >= 3, form
        assert times(before[form], new) == 0, form
        assert times(after[form], old) == 0, form
        assert times(after[form], new) >= times(before[form], old), form  # a chart may now name it first
        assert f"Insatsen får {number(new)} kr.".replace("\u00a0", " ") in after[form], form


def test_every_sum_follows(plan):
    """Read anew, the sums of the sheet stand in every format, and those from before do not."""
    line = BudgetLine.objects.get(budget=plan.budget, name="JobbSam 3.0")
    year = BudgetYear.objects.get(budget=plan.budget, year=2021)

    def sums() -> dict[str, Decimal]:
        sheet = read_plan(plan).sheet
        figures = sheet.figures[1]
        assert figures.costs and figures.result is not None and figures.closing is not None
        return {"costs": figures.costs, "result": figures.result, "closing": figures.closing}

    earlier, before = sums(), texts(plan)
    change_amount(plan, line, year, Decimal(2_345_678))
    later, after = sums(), texts(plan)

    assert later["costs"] != earlier["costs"]
    for form in Format:
        for name in later:
            if abs(earlier[name]) > 1000:
                assert times(before[form], abs(earlier[name])), (form, name)
            assert times(after[form], abs(later[name])), (form, name)
        assert times(after[form], earlier["costs"]) < times(before[form], earlier["costs"]), form


def test_an_insats_with_a_new_name_has_it_everywhere(plan):
    project = Project.objects.get(federation=plan.federation, name="JobbSam 3.0")
    section = Section.objects.get(plan=plan, key="jobbsam")
    section.text += f'<p>Bäst är <span data-figure="what=name&amp;of={project.pk}"></span>, som får <span '
    section.text += f'data-figure="what=project&amp;of={project.pk}"></span>.</p>'
    section.save()
    Project.objects.filter(pk=project.pk).update(name="Samjobb")
    for text in texts(plan).values():
        assert "Bäst är Samjobb, som får 2 203 500 kr." in text


def test_a_removed_insats_is_told_and_no_file_fails(plan):
    project = Project.objects.get(federation=plan.federation, name="JobbSam 3.0")
    section = Section.objects.get(plan=plan, key="jobbsam")
    section.text += f'<p>Den får <span data-figure="what=project&amp;of={project.pk}"></span>.</p>'
    section.save()
    assert not [each for each in check_document(read_plan(plan)) if each.code == "LIVE_FIGURE"]
    project.delete()
    told = [each for each in check_document(read_plan(plan)) if each.code == "LIVE_FIGURE"]
    assert "jobbsam" in {each.section for each in told}
    assert all("insats" in each.sentence and "finns inte längre" in each.sentence for each in told)
    assert any(each.sentence.startswith("Avsnittet 5.1 JobbSam 3.0") for each in told)
    for text in texts(plan).values():
        assert "Den får [belopp saknas]." in text


def test_a_removed_line_is_told(plan):
    line = BudgetLine.objects.get(budget=plan.budget, name="Dialogmöten")
    section = Section.objects.get(plan=plan, key="jobbsam")
    section.text += f'<p>Och <span data-figure="what=line&amp;of={line.pk}"></span>.</p>'
    section.save()
    make(plan.budget, author_of(plan.budget), lambda state: remove_line(state, line.pk))
    told = [each for each in check_document(read_plan(plan)) if each.section == "jobbsam"]
    assert [each.code for each in told] == ["LIVE_FIGURE"]
    for text in texts(plan).values():
        assert "Och [belopp saknas]." in text


@pytest.mark.parametrize("kind", list(Kind))
def test_every_figure_of_the_budget_is_in_every_format(plan, kind):
    sheet = read_plan(plan).sheet
    amounts = {amount for line in sheet.lines for amount in line.amounts if amount}
    assert len(amounts) > 30
    for form, text in texts(plan, kind).items():
        assert not [amount for amount in amounts if not times(text, amount)], form
