"""The whole document: that it holds what it must, that it hangs together, and that one amount that changes
changes wherever it is shown and nowhere else."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.blocks import BlockKind
from plans.compose import Kind, compose
from plans.document import (
    Block,
    BulletList,
    Contents,
    Document,
    Figure,
    Footnotes,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
    plain,
)
from plans.picture import PlanPicture, Section
from plans.rules import check_document
from tests.plans import made_plans as made
from tests.plans.made_plans import empty_plan, plan_of, section

S = "\u00a0"
MADE_AT = datetime(2021, 11, 2, 14, 10, tzinfo=UTC)


def figure(token: str) -> str:
    return f'<span data-figure="{token.replace("&", "&amp;")}"></span>'


def note(text: str) -> str:
    return f'<span data-footnote="{text}"></span>'


SUMMARY = (
    f"<p>{figure(f'what=name&of={made.PROJECT_JOBBSAM}')} får "
    f"{figure(f'what=project&of={made.PROJECT_JOBBSAM}&form=about')}, och underskottet är "
    f"{figure('what=deficit')}. Revisionen kostar {figure(f'what=line&of={made.AUDIT}')}. "
    f'Se <a data-section="jobbsam"></a> och <a data-section="bilaga"></a>{note("Lag 2003:1210.")}.</p>'
)


def full_plan() -> PlanPicture:
    """A plan with every live block, references, live figures and footnotes."""
    every = [section(f"block-{kind}", f"Om {kind}", block=str(kind)) for kind in BlockKind]
    return plan_of(
        section("sammanfattning", "Sammanfattning", numbered=False, role="summary", text=SUMMARY),
        section(
            "insatser",
            "Insatser",
            text=f"<p>Två insatser{note('En not.')}{note('Lag 2003:1210.')}.</p>",
            parts=(
                section(
                    "jobbsam",
                    "JobbSam",
                    block="project_cards",
                    settings={"projects": [made.PROJECT_JOBBSAM]},
                    parts=(section("mer", text=f"<p>Mer{note('En not.')}.</p>"),),
                ),
            ),
        ),
        *every,
        section("bilaga", "Ord", is_appendix=True, block="glossary", new_page=True),
        quotation=("Vid samma bord.",),
        quotation_source="En deltagare",
        diary_number="2021/12",
    )


PLAN = full_plan()


def made_document(plan: PlanPicture = PLAN, kind: Kind = Kind.PLAN) -> Document:
    return compose(plan, MADE_AT, kind)


def within(value: object, wanted: type) -> Iterator:
    """Everything of a type within blocks, however deep, in order."""
    if isinstance(value, wanted):
        yield value
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from within(each, wanted)
    elif dataclasses.is_dataclass(value) and not isinstance(value, wanted):
        for field in dataclasses.fields(value):
            yield from within(getattr(value, field.name), wanted)


def words(value: object) -> list[str]:
    """Every text of blocks, in order."""
    return list(within(value, str))


def section_blocks(document: Document, heading: str) -> list[Block]:
    """What stands under a heading, to the next heading of its level or above."""
    found: list[Block] = []
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading) and level and block.level <= level:
            break
        if level:
            found.append(block)
        if isinstance(block, Heading) and block.text == heading:
            level = block.level
    assert level
    return found


# -- title page and kinds ------------------------------------------------------------------------


def test_the_title_page():
    document = made_document()
    page = document.title_page
    assert document.title == "Verksamhetsplan 2021, Samordningsförbundet Norr"
    assert page.subtitle == "Budget 2021 och plan 2022–2023"
    assert page.state == "Utkast 2021-11-02 14.10"
    assert page.members == ("Försäkringskassan", "Region Norr", "Norrby kommun", "Söderby kommun")
    assert (page.diary_number, page.organisation_number) == ("2021/12", "222000-0001")
    assert page.quotation is not None
    assert [plain(spans) for spans in page.quotation.paragraphs] == ["Vid samma bord."]
    assert page.quotation.source == "En deltagare"


def test_a_document_is_a_draft_until_it_is_adopted():
    assert made_document().is_draft
    adopted = replace(PLAN, state="adopted", state_name="fastställd")
    assert not made_document(adopted).is_draft
    assert made_document(adopted).title_page.state.startswith("Fastställd")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Kind.PLAN, "Verksamhetsplan 2021"),
        (Kind.BUDGET, "Budget 2021"),
        (Kind.BOARD, "Underlag till styrelsen: Verksamhetsplan 2021"),
    ],
)
def test_each_kind_has_its_title_and_its_contents_first(kind, title):
    document = made_document(kind=kind)
    assert document.title_page.title == title
    assert isinstance(document.blocks[0], Contents)
    assert isinstance(document.blocks[1], PageBreak)


def test_without_later_years_the_subtitle_is_of_the_budget_alone():
    plan = replace(PLAN, sheet=replace(PLAN.sheet, columns=PLAN.sheet.columns[:3]))
    assert made_document(replace(plan, sections=())).title_page.subtitle == "Budget 2021"


def test_the_plan_has_its_sections_in_order_with_their_numbers():
    full = [heading.full for heading in made_document().headings() if heading.in_contents]
    assert full[:4] == ["Sammanfattning", "1 Insatser", "1.1 JobbSam", "2 Om budget_table"]
    assert full[-1] == "Bilaga 1: Ord"


def test_the_budget_alone_has_the_table_the_equity_the_shares_the_charts_and_the_findings():
    document = made_document(kind=Kind.BUDGET)
    assert [heading.text for heading in document.headings()] == [
        "Budget",
        "Eget kapital",
        "Medlemmarnas bidrag",
        "Diagram",
        "Balans och gränser för eget kapital",
    ]
    assert len(list(within(document.blocks, Figure))) == 4


def test_the_board_gets_all_that_it_needs_to_decide():
    document = made_document(kind=Kind.BOARD)
    first = [heading.text for heading in document.headings() if heading.level == 1]
    assert first == [
        "I korthet",
        "Förslag till beslut",
        "Ändringar mot året före",
        "Verksamhetsplan 2021",
        "Balans och gränser för eget kapital",
        "Vad planen saknar",
    ]
    (brief, findings, lacking) = section_blocks(document, "I korthet")
    assert [[cell.text for cell in row.cells] for row in brief.rows] == [
        ["Intäkter", f"2{S}202{S}680", f"2{S}400{S}000", f"2{S}600{S}000"],
        ["Kostnader", f"2{S}849{S}320", f"2{S}340{S}000", f"650{S}000"],
        ["Resultat", f"−646{S}640", f"60{S}000", f"1{S}950{S}000"],
        ["Utgående eget kapital", f"10{S}710", f"70{S}710", f"2{S}020{S}710"],
    ]
    assert "varning" in plain(findings.spans)
    assert "kan inte antas" in plain(lacking.spans)
    decided = section_blocks(document, "Förslag till beslut")
    assert "att godkänna ”Verksamhetsplan 2021”," in words(decided)
    inside = [heading.text for heading in document.headings() if heading.level == 2]
    assert inside[:2] == ["Sammanfattning", "Insatser"]


def test_the_number_of_findings_is_that_of_the_list():
    document = made_document(kind=Kind.BOARD)
    told = section_blocks(document, "I korthet")[1]
    (listed,) = [
        block
        for block in section_blocks(document, "Balans och gränser för eget kapital")
        if isinstance(block, BulletList) and block.ordered
    ]
    counted = [int(word) for word in plain(told.spans).split(" De står")[0].split() if word.isdigit()]
    assert sum(counted) == len(listed.items)


def test_the_changes_from_the_year_before():
    (changes,) = section_blocks(made_document(kind=Kind.BOARD), "Ändringar mot året före")
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in changes.rows}
    assert changes.caption == "Från 2020 utfall till 2021 budget"
    assert rows["Summa intäkter"] == [f"2{S}001{S}250", f"2{S}202{S}680", f"+201{S}430", f"10,1{S}%"]
    assert rows["Summa kostnader"] == [f"1{S}843{S}900", f"2{S}849{S}320", f"+1{S}005{S}420", f"54,5{S}%"]
    assert rows["Resultat"] == [f"157{S}350", f"−646{S}640", f"−803{S}990", f"−511,0{S}%"]
    assert rows["Utgående eget kapital"] == [f"657{S}350", f"10{S}710", f"−646{S}640", f"−98,4{S}%"]


# -- how it hangs together -----------------------------------------------------------------------


def assert_it_hangs_together(document: Document) -> None:
    level = 0
    for heading in document.headings():
        assert 1 <= heading.level <= 6
        assert heading.level <= level + 1
        level = heading.level
    anchors = [block.anchor for block in document.blocks if getattr(block, "anchor", "")]
    assert [anchor for anchor, times in Counter(anchors).items() if times > 1] == []
    targets = {span.target for span in within(document.blocks, Span) if span.target.startswith("#")}
    assert targets <= {f"#{anchor}" for anchor in anchors}
    told = [number for notes in within(document.blocks, Footnotes) for number, _ in notes.notes]
    assert told == list(range(1, len(told) + 1))
    marks = [span.note for span in within(document.blocks, Span) if span.note is not None]
    assert set(marks) == set(told)
    waiting: set[int] = set()
    for block in document.blocks:  # a note stands after its mark, before the next chapter's
        if isinstance(block, Footnotes):
            assert {number for number, _ in block.notes} == waiting
            waiting = set()
        else:
            waiting |= {span.note for span in within(block, Span) if span.note is not None}
    assert not waiting
    for table in within(document.blocks, Table):
        for row in (*table.head, *table.rows):
            assert sum(cell.columns for cell in row.cells) == len(table.columns)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("unit", ["SEK", "kSEK"])
def test_headings_anchors_links_footnotes_and_tables_hang_together(kind, unit):
    assert_it_hangs_together(made_document(made.in_unit(PLAN, unit), kind))


@pytest.mark.parametrize("kind", Kind)
def test_every_block_below_a_section_without_heading(kind):
    for block in BlockKind:
        plan = plan_of(
            section("a", block=str(block)), section("b", "B", parts=(section("c", block=str(block)),))
        )
        assert_it_hangs_together(made_document(plan, kind))


@pytest.mark.parametrize("kind", Kind)
def test_two_of_the_same_block(kind):
    for block in BlockKind:
        plan = plan_of(section("a", "A", block=str(block)), section("b", "B", block=str(block)))
        assert_it_hangs_together(made_document(plan, kind))


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_plan_and_empty_sections(kind):
    assert_it_hangs_together(made_document(empty_plan(), kind))
    empty = [section(f"block-{block}", f"Om {block}", block=str(block)) for block in BlockKind]
    assert_it_hangs_together(made_document(empty_plan(section("a"), section("b", "B"), *empty), kind))


def test_a_plan_with_nothing_in_it_has_no_contents():
    assert made_document(empty_plan()).blocks == ()


@st.composite
def trees(draw, depth: int = 0) -> tuple[Section, ...]:
    made_sections = []
    for _ in range(draw(st.integers(0, 3 if depth < 2 else 1 if depth < 8 else 0))):
        heading = draw(st.sampled_from(["", "Rubrik", "Rubrik"]))
        keys = "jobbsam", "bilaga", "gone"
        made_sections.append(
            Section(
                key=f"s{draw(st.uuids()).hex}",
                heading=heading,
                numbered=draw(st.booleans()),
                is_appendix=bool(not depth and heading and draw(st.booleans())),
                new_page=draw(st.booleans()),
                text=draw(
                    st.sampled_from(
                        ["", SUMMARY, *(f'<p>Se <a data-section="{key}"></a>{note(key)}</p>' for key in keys)]
                    )
                ),
                block=draw(st.sampled_from(["", *map(str, BlockKind)])),
                parts=draw(trees(depth + 1)),
            )
        )
    return tuple(made_sections)


@settings(max_examples=40)
@given(trees(), st.sampled_from(Kind))
def test_any_tree_of_sections_hangs_together(tree, kind):
    assert_it_hangs_together(made_document(plan_of(*tree), kind))


def test_the_same_footnote_in_a_chapter_has_one_number():
    (notes,) = [
        block for block in section_blocks(made_document(), "Insatser") if isinstance(block, Footnotes)
    ]
    assert [plain(spans) for _, spans in notes.notes] == ["En not.", "Lag 2003:1210."]
    assert [number for number, _ in notes.notes] == [2, 3]


def test_a_reference_says_the_number_and_leads_there():
    (paragraph,) = [
        block for block in section_blocks(made_document(), "Sammanfattning") if isinstance(block, Paragraph)
    ]
    links = {span.text: span.target for span in paragraph.spans if span.target}
    assert links == {f"avsnitt{S}1.1": "#avsnitt-jobbsam", f"bilaga{S}1": "#avsnitt-bilaga"}


def test_a_reference_follows_when_sections_move():
    moved = replace(PLAN, sections=(section("forord", "Förord"), *PLAN.sections))
    assert f"avsnitt{S}2.1" in words(made_document(moved).blocks)


def test_a_reference_to_nothing_is_seen_and_leads_nowhere():
    plan = plan_of(section("a", "A", text='<p>Se <a data-section="gone"></a>.</p>'))
    (paragraph,) = section_blocks(made_document(plan), "A")
    assert plain(paragraph.spans) == "Se [avsnittet saknas]."
    assert not [span for span in paragraph.spans if span.target]


def test_a_section_shows_its_text_then_its_block_then_its_parts():
    plan = plan_of(
        section("a", "A", text="<p>text</p>", block="glossary", parts=(section("b", text="<p>mer</p>"),))
    )
    found = section_blocks(made_document(plan), "A")
    assert [type(block).__name__ for block in found] == ["Paragraph", "Facts", "Paragraph"]


# -- one figure, everywhere ----------------------------------------------------------------------


def changed_places(before: Document, after: Document) -> list[tuple[str, str]]:
    """The texts that differ, before and after; pictures aside, which are drawn to the scale of all bars."""
    first, second = (
        [(type(block).__name__, words(_without_pictures(block))) for block in document.blocks]
        for document in (before, after)
    )
    assert [(name, len(said)) for name, said in first] == [(name, len(said)) for name, said in second]
    return [
        pair
        for (_, old), (_, new) in zip(first, second, strict=True)
        for pair in zip(old, new, strict=True)
        if pair[0] != pair[1]
    ]


def _without_pictures(block: Block) -> Block:
    if isinstance(block, Figure):
        return replace(block, wide=None, narrow=None)  # type: ignore[arg-type]
    return block


AUDIT_2021 = Decimal(30_000)
NEW_AUDIT_2021 = Decimal(32_345)

FOLLOWING = {
    # what is shown of the year and those after it before, and after 2 345 kr more for the audit
    f"30{S}000": f"32{S}345",
    f"570{S}320": f"572{S}665",  # Kansli
    f"630{S}320": f"632{S}665",  # Administration
    f"2{S}849{S}320": f"2{S}851{S}665",  # costs
    f"646{S}640": f"648{S}985",  # deficit
    f"10{S}710": f"8{S}365",  # closing, and opening of 2022
    f"70{S}710": f"68{S}365",
    f"2{S}020{S}710": f"2{S}018{S}365",
    f"2{S}410{S}710": f"2{S}408{S}365",  # funds 2022, 2023
    f"2{S}670{S}710": f"2{S}668{S}365",
    f"143{S}290": f"145{S}635",  # below the lowest level, 2021, 2022; above the highest, 2023
    f"97{S}290": f"99{S}635",
    f"1{S}500{S}710": f"1{S}498{S}365",
    f"64{S}820": f"67{S}165",  # changes from 2020 of the administration, the costs, the result; equity
    "11,5": "11,9",
    f"1{S}005{S}420": f"1{S}007{S}765",
    "54,5": "54,7",
    f"803{S}990": f"806{S}335",
    "511,0": "512,4",
    "98,4": "98,7",
}
"""Worked out by hand."""


AMOUNT = re.compile(rf"\d{{1,3}}(?:{S}\d{{3}})*(?:,\d+)?")


@pytest.mark.parametrize("kind", Kind)
def test_one_amount_changes_wherever_it_is_shown_and_nothing_else_does(kind):
    after = made.with_amount(PLAN, made.AUDIT, 2, NEW_AUDIT_2021)
    changed = changed_places(made_document(PLAN, kind), made_document(after, kind))
    assert changed
    for old, new in changed:
        assert new == AMOUNT.sub(lambda found: FOLLOWING.get(found.group(), found.group()), old)


def test_the_table_the_sentence_the_decision_and_the_summary_show_the_same_amount():
    before, after = PLAN, made.with_amount(PLAN, made.AUDIT, 2, NEW_AUDIT_2021)
    for plan, audit, deficit, costs in (
        (before, f"30{S}000", f"646{S}640", f"2{S}849{S}320"),
        (after, f"32{S}345", f"648{S}985", f"2{S}851{S}665"),
    ):
        document = made_document(plan, Kind.BOARD)
        (summary,) = [
            block for block in section_blocks(document, "Sammanfattning") if isinstance(block, Paragraph)
        ]
        assert f"underskottet är {deficit}{S}kr" in plain(summary.spans)
        assert f"Revisionen kostar {audit}{S}kr" in plain(summary.spans)
        decided = "\n".join(words(section_blocks(document, "Förslag till beslut")))
        assert f"kostnader på {costs}{S}kr" in decided
        assert f"underskottet 2021, {deficit}{S}kr" in decided
        tables = {table.caption: table for table in within(document.blocks, Table)}
        audits = [row for row in tables["Budget 2020–2023"].rows if row.cells[0].text == "Revision"]
        assert audits[0].cells[3].text == audit
        assert costs in words(tables["Budgeten i korthet"])
        assert f"−{deficit}" in words(tables["Från ingående till utgående eget kapital"])
        (equity, *_) = [
            each for each in within(document.blocks, Figure) if each.anchor == "diagram-eget-kapital"
        ]
        closing = {f"646{S}640": f"10{S}710", f"648{S}985": f"8{S}365"}[deficit]
        assert closing in words(equity.table)


@pytest.mark.parametrize("line", [made.STATE, made.FEES, made.JOBBSAM, made.BREAKFASTS])
@pytest.mark.parametrize("kind", Kind)
def test_no_old_amount_is_left_behind(line, kind):
    """An amount that is nowhere else in the plan, and then another such."""
    odd, other = Decimal(1_234_567), Decimal(7_654_321)
    for amount, shown, gone in (
        (odd, f"1{S}234{S}567", f"7{S}654{S}321"),
        (other, f"7{S}654{S}321", f"1{S}234{S}567"),
    ):
        said = words(made_document(made.with_amount(PLAN, line, 2, amount), kind).blocks)
        assert any(shown in each for each in said)
        assert not any(gone in each for each in said)


# -- an insats that is renamed or removed --------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.BOARD])
def test_an_insats_that_is_renamed_has_its_new_name_everywhere(kind):
    after = made.with_project_named(PLAN, made.PROJECT_JOBBSAM, "Vägen in 2")
    said = words(made_document(after, kind).blocks)
    assert not [each for each in said if "JobbSam 3.0" in each]
    document = made_document(after, kind)
    (summary,) = [
        block for block in section_blocks(document, "Sammanfattning") if isinstance(block, Paragraph)
    ]
    assert plain(summary.spans).startswith(f"Vägen in 2 får drygt 2,2{S}mkr")
    assert not check_live(after)


def check_live(plan: PlanPicture) -> list[str]:
    return [finding.sentence for finding in check_document(plan) if finding.code == "LIVE_FIGURE"]


@pytest.mark.parametrize("kind", Kind)
def test_an_insats_that_is_removed_is_told_of_and_nothing_fails(kind):
    after = made.without_project(PLAN, made.PROJECT_JOBBSAM)
    document = made_document(after, kind)
    assert_it_hangs_together(document)
    assert any("[belopp saknas]" in each for each in words(document.blocks)) == (kind is not Kind.BUDGET)
    told = check_live(after)
    assert any(each.startswith("Avsnittet ”Sammanfattning”") for each in told)
    assert any(each.startswith("Avsnittet 1.1 JobbSam") for each in told)
    assert not check_live(PLAN)


@pytest.mark.parametrize("kind", Kind)
def test_a_line_that_is_removed_is_told_of_and_nothing_fails(kind):
    after = made.without_line(PLAN, made.AUDIT)
    assert_it_hangs_together(made_document(after, kind))
    assert check_live(after) == [
        "Avsnittet ”Sammanfattning”: En budgetpost som texten visar finns inte längre."
    ]
