"""Amounts typed by hand in texts, held against the made plan (made_plans.py) and the four published ones."""

import re
from html import escape

import pytest
from django.conf import settings

from plans.figures.passages import plain_text
from plans.figures.resolving import resolve
from plans.figures.typed import TypedFigure, remarks
from plans.models import Plan
from plans.picture import PlanPicture
from plans.reading import read_plan
from tests.loading import load
from tests.plans import made_plans as made

PLAN = made.plan_of()
S = "\u00a0"
SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"


def said(text: str, heading: str = "", plan: PlanPicture = PLAN) -> list[TypedFigure]:
    return list(remarks(f"<p>{text}</p>", plan, heading))


def only(text: str, heading: str = "") -> TypedFigure:
    (remark,) = said(text, heading)
    return remark


# -- equal ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "token", "shown"),
    [
        ("Kostnaderna är 2 849 320 kr.", "what=costs&form=kr", f"2{S}849{S}320{S}kr"),
        ("Kostnaderna är 2 849 tkr.", "what=costs&form=tkr", f"2{S}849,32{S}tkr"),
        ("Kostnaderna är drygt 2,8 miljoner kronor.", "what=costs&form=about", f"drygt 2,8{S}mkr"),
        ("Kostnaderna är knappt 2,9 mkr.", "what=costs&form=about", f"drygt 2,8{S}mkr"),
        ("Medlemsbidragen är 2,2 mkr.", "what=contributions&form=mkr", f"2,2{S}mkr"),
        ("Budget 2021 för JobbSam 3.0: 2 203 500", "what=project&of=301&form=number", f"2{S}203{S}500"),
        ("Norrby kommun bidrar med 275 000 kronor.", "what=member&of=203&form=kr", f"275{S}000{S}kr"),
        (
            "JobbSam 3.0 kostar 1 700 000 kr 2022.",
            "what=project&of=301&year=1&form=kr",
            f"1{S}700{S}000{S}kr",
        ),
        ("Underskottet är 646 640 kr.", "what=deficit&form=kr", f"646{S}640{S}kr"),
        ("Högst 440 000 kr får sparas.", "what=highest&form=kr", f"440{S}000{S}kr"),
        (f"Vi räknar med ett resultat på −646{S}640 kr.", "what=result&form=kr", f"−646{S}640{S}kr"),
    ],
)
def test_an_amount_that_is_a_live_figure_is_offered_it(text, token, shown):
    remark = only(text)
    assert remark.kind == "equals"
    assert (remark.offers[0].token, remark.offers[0].shown) == (token, shown)
    assert all(not resolve(offer.token, PLAN).fault for offer in remark.offers)
    assert "skrivet för hand" in remark.sentence


def test_what_the_sentence_names_comes_first():
    assert only("Frukostmöten och annat, 300 000 kr.").offers[0].name == "Norrby kommuns bidrag 2022"
    remark = only("Söderby kommun lämnar 300 000 kr år 2022.")
    assert [offer.name for offer in remark.offers] == ["Söderby kommuns bidrag 2022"]


def test_the_heading_says_what_a_sentence_without_a_subject_is_about():
    assert (
        only("Budget 2021: 15 500 kr.", "5.3 Frukostmöten").offers[0].token == "what=project&of=302&form=kr"
    )
    assert only("Budget 2021: 16 500 kr.", "5.3 Frukostmöten").kind == "differs"
    assert only("Budget 2021: 16 500 kr.").kind == "unknown"


# -- another -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "token", "sentence"),
    [
        (
            "Medlemsbidragen är 2 002 000 kr.",
            "what=contributions&form=kr",
            f"2 002 000 kr stämmer inte med budgeten: Medlemsbidragen 2021 är 2{S}200{S}000{S}kr.",
        ),
        (
            "JobbSam 3.0 får 1 700 000 kr 2021.",
            "what=project&of=301&form=kr",
            f"1 700 000 kr stämmer inte med budgeten: JobbSam 3.0, budget 2021 är 2{S}203{S}500{S}kr.",
        ),
        (
            "Kostnaderna blir 2 202 680 kr.",
            "what=costs&form=kr",
            f"2 202 680 kr stämmer inte med budgeten: Summa kostnader 2021 är 2{S}849{S}320{S}kr.",
        ),
    ],
)
def test_an_amount_that_is_not_what_its_sentence_names(text, token, sentence):
    remark = only(text)
    assert (remark.kind, remark.sentence) == ("differs", sentence)
    assert remark.offers[0].token == token


def test_a_thousand_times_too_little_is_a_wrong_unit():
    remark = only("Kostnaderna är 2 849 320 tkr.")
    assert remark.kind == "differs"
    assert remark.sentence == (
        f"2 849 320 tkr stämmer inte med budgeten: Summa kostnader 2021 är 2{S}849{S}320{S}kr."
    )


def test_the_nearest_name_is_meant_where_a_sentence_has_several():
    first, second = said("JobbSam 3.0 får 2 203 500 kr och Frukostmöten 17 000 kr.")
    assert (first.kind, first.offers[0].token) == ("equals", "what=project&of=301&form=kr")
    assert (second.kind, second.offers[0].token) == ("differs", "what=project&of=302&form=kr")


def test_a_row_of_a_table_and_the_year_over_its_column():
    table = (
        "<table><tr><th></th><th>Budget 2021</th><th>Plan 2022</th></tr>"
        "<tr><td>Räntor</td><td>2 680</td><td></td></tr>"
        "<tr><td>Norrby kommun</td><td>257 000</td><td>300 000</td></tr>"
        "<tr><td>Antal möten</td><td>12</td><td>2 500</td></tr></table>"
    )
    interest, wrong, right = remarks(table, PLAN)
    assert (interest.kind, interest.offers[0].name) == ("equals", "Räntor, budget 2021")
    assert (wrong.kind, wrong.offers[0].token) == ("differs", "what=member&of=203&form=number")
    assert (right.kind, right.offers[0].name) == ("equals", "Norrby kommuns bidrag 2022")


# -- unknown, and what is nothing ----------------------------------------------------------------


@pytest.mark.parametrize("text", ["Utrymmet är 777 000 kr.", "Vi söker 1,6 mkr.", "Bidraget är 1 234 tkr."])
def test_an_amount_that_the_budget_does_not_have(text):
    remark = only(text)
    assert remark.kind == "unknown"
    assert remark.sentence == f"{remark.text} finns inte i budgeten."


@pytest.mark.parametrize(
    "text",
    [
        "Budgeten för 2021 och planen för 2022–2023 antas.",
        "Enligt 7 § lagen (2003:1210) och 11 kap. 6 § kommunallagen (2017:725).",
        "Ungdomar 16–29 år, 50 % kvinnor, 12,5 procent av budgeten.",
        "Mötet är den 15 maj 2021 kl. 13.00.",
        "Telefon 0498-26 93 50, organisationsnummer 222000-0001.",
        "Dnr 2021/15500, SOU 2000:114, avsnitt 2.1 om budget.",
        "Insatsen når 15 500 personer och 60 000 deltagare av budgetens målgrupp.",
        "Staten avsätter 280 miljoner kronor till samordningsförbunden.",
        "Regeringen ger i år 9 miljoner kronor till samtliga samordningsförbund.",
        "Arvodet är 450 kr per timme.",
        "Fördelningen är 50/50 i budgeten.",
        '<span data-figure="what=costs">2 849 320 kr</span> är budgeten.',
        'Budgeten är <span data-figure="what=costs"></span>.',
    ],
)
def test_what_is_no_amount_of_the_plan_is_left_in_peace(text):
    assert said(text) == []


def test_the_place_is_where_it_stands_in_the_plain_text():
    html = "<p>Före.</p><ul><li>Kostnaderna är <strong>2 849 320</strong> kr nu.</li></ul>"
    (remark,) = remarks(html, PLAN)
    text = plain_text(html)
    assert text[remark.place :].startswith(remark.text)
    assert (remark.before, remark.text, remark.after) == ("Kostnaderna är", "2 849 320 kr", "nu.")


# -- the published plans -------------------------------------------------------------------------


@pytest.fixture
def plan_of(db):
    def read(slug: str) -> PlanPicture:
        federation, _ = load(settings.BASE_DIR / "fixtures" / slug)
        return read_plan(Plan.objects.select_related("federation", "budget").get(federation=federation))

    return read


def test_skelleftea_says_another_sum_than_its_members_contribute(plan_of):
    """The words are ours, the figures and the order of things those of the published summary."""
    text = (
        "<p>Förbundet räknar med disponibla medel på 8 906 tkr under 2014. De utgörs av anslag om 6 092 tkr "
        "från medlemmarna, av övriga intäkter om 64 tkr och av en överföring på 2 814 tkr från 2013.</p>"
    )
    found = remarks(text, plan_of("skelleftea"), "Sammanfattning")
    assert [(each.text, each.kind) for each in found] == [
        ("8 906 tkr", "equals"),
        ("6 092 tkr", "differs"),
        ("64 tkr", "equals"),
        ("2 814 tkr", "equals"),
    ]
    wrong = found[1]
    assert wrong.sentence == f"6 092 tkr stämmer inte med budgeten: Medlemsbidragen 2014 är 6{S}028{S}tkr."
    assert wrong.offers[0].token == "what=contributions&form=tkr"


@pytest.mark.skipif(not SEEDS.exists(), reason="the published plans are not on this machine")
@pytest.mark.parametrize(
    ("slug", "seed", "differs", "unknown"),
    [
        ("lund", "000_6a2f0151881db3f3.txt", 5, 2),
        ("landskrona-svalov", "001_cfaf360bdd7a2ac8.txt", 0, 0),
        ("skelleftea", "002_3623e6eaad00acc9.txt", 1, 3),
        ("gotland", "004_97ace000f2ec27c9.txt", 8, 0),
    ],
)
def test_the_published_plans_as_they_are(plan_of, slug, seed, differs, unknown):
    found = remarks(html_of((SEEDS / seed).read_text()), plan_of(slug))
    wrong = [f"{each.before[-30:]} [{each.text}] {each.sentence}" for each in found if each.kind == "differs"]
    strange = [f"{each.before[-30:]} [{each.text}]" for each in found if each.kind == "unknown"]
    assert len(wrong) == differs, wrong
    assert len(strange) == unknown, strange
    if slug == "skelleftea":
        assert "6 092" in wrong[0]


def html_of(text: str) -> str:
    """A published plan as a text: its lines are paragraphs, lines with tabs the rows of a table."""
    html = []
    for line in text.splitlines():
        line = re.sub(r"</?[a-z]+[^>]*>|\*\*|^#+ ", "", line)
        if "\t" in line:
            cells = "".join(f"<td>{escape(cell.strip())}</td>" for cell in line.split("\t"))
            html.append(f"<tr>{cells}</tr>")
        elif line.strip():
            html.append(f"<p>{escape(line)}</p>")
    return re.sub(r"((?:<tr>.*?</tr>\n?)+)", r"<table>\1</table>", "\n".join(html))
