"""The public files: what they hold, what they leave out, and that they are what was frozen."""

import csv
import io
import json
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from budgets.models import BudgetLine
from members.models import RoleKind
from plans.decisions.adopting import adopt
from plans.illustrations import store_illustration
from plans.models import DecisionFile, Meeting, Plan, Section, Version, VersionFile
from plans.publishing.files import KINDS
from plans.versions.contents import read
from tests.members.shown_page import shown
from tests.plans import adoption_world as made
from tests.plans.made_illustrations import drawn
from tests.plans.made_public import as_adopted, as_proposal
from tests.plans.made_versions import sent
from tests.services import pdf as pdf_files

pytestmark = pytest.mark.django_db

YEAR = "/publicerat/gotland/2021/"
VERSION = f"{YEAR}version/1/"
NAMES = ("Karin Ek", "Anna Alm", "Bo Al", "Eva Fors", "En handläggare")
"""Who sent the plan on, explained and adopted it, served at the meeting, and answered for a member."""


@pytest.fixture
def plan() -> Plan:
    return made.a_plan()


@pytest.fixture
def proposal(plan) -> Version:
    version = sent(plan)
    as_proposal(version)
    return version


def got(name: str, base: str = YEAR) -> bytes:
    answer = Client().get(f"{base}{name}")
    assert answer.status_code == 200, name
    assert answer["Content-Type"] == KINDS[name].media_type
    return bytes(answer.content)


def rows(base: str = YEAR) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(got("budget.csv", base).decode("utf-8-sig")), delimiter=";"))


def texts_of(content: bytes) -> str:
    """All that a file says: of a zipped one, of everything in it."""
    if content.startswith(b"%PDF"):
        return pdf_files.text(content).replace("\u00a0", " ").replace("\n", " ")
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


# -- from the board's table to the adopted plan -----------------------------------------------------------


def test_the_files_of_a_proposal_and_of_what_is_adopted_are_the_frozen_ones(plan, monkeypatch):
    """All of it in earnest: sent, published, decided, published."""
    clock = made.Clock()
    monkeypatch.setattr(timezone, "now", clock)
    director = made.director_of(plan)
    version = made.before_board(plan, director, clock)
    as_proposal(version)
    frozen = {each.kind: bytes(each.content) for each in VersionFile.objects.filter(version=version)}
    for name in ("plan.pdf", "plan.docx", "budget.pdf"):
        assert got(name) == frozen[name.replace(".", "_")]
    assert_nobody_is_named(proposal_files := {name: got(name) for name in KINDS})
    assert_same_workbook(proposal_files["budget.xlsx"], frozen["budget_xlsx"])

    chair = made.chair_of(plan)
    decision = adopt(plan, made.mover(chair, plan, RoleKind.CHAIR), made.meeting(plan), {})
    assert got("plan.pdf") == frozen["plan_pdf"], "still the proposal"
    as_adopted(version)
    decided = {each.kind: bytes(each.content) for each in DecisionFile.objects.filter(decision=decision)}
    for name in ("plan.pdf", "plan.docx", "budget.pdf"):
        assert got(name) == decided[name.replace(".", "_")]
    assert_nobody_is_named({name: got(name) for name in KINDS})
    told = json.loads(got("version.json"))
    assert (told["status"], told["decided_on"], told["paragraph"]) == ("fastställd", "2020-11-24", "45")
    assert told["files"] == {
        name: sha256(got(name)).hexdigest() for name in ("plan.pdf", "plan.docx", "budget.pdf")
    }
    assert Meeting.objects.get().secretary == "Karin Ek", "who is in the protocol, and not here"


def assert_nobody_is_named(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        for person in NAMES:
            assert person not in texts_of(content), (name, person)


def assert_same_workbook(public: bytes, frozen: bytes) -> None:
    """But for the name."""
    with ZipFile(io.BytesIO(public)) as ours, ZipFile(io.BytesIO(frozen)) as theirs:
        assert ours.namelist() == theirs.namelist()
        differ = [name for name in ours.namelist() if ours.read(name) != theirs.read(name)]
        assert differ == ["xl/sharedStrings.xml"]
        said = theirs.read(differ[0]).decode()
        assert "av Karin Ek" in said
        assert ours.read(differ[0]).decode() == said.replace(" av Karin Ek", "")


# -- names, types, addresses -----------------------------------------------------------------------------


def test_a_file_is_named_after_what_it_is(proposal):
    named = Client().get(f"{YEAR}budget.csv")["Content-Disposition"]
    assert named == 'attachment; filename="gotland-budget-2021-forslag-version-1.csv"'


def test_the_page_leads_to_every_file_of_its_version(proposal):
    links = shown(Client().get(YEAR)).one("ul", css="published-files").all("a")
    assert [link.href for link in links] == [f"{VERSION}{name}" for name in KINDS]


def test_a_file_that_the_version_lacks_is_not_there(proposal):
    assert not VersionFile.objects.exists()
    assert Client().get(f"{YEAR}plan.pdf").status_code == 404
    assert Client().get(f"{YEAR}budget.xlsx").status_code == 404


def test_the_picture_of_a_text_is_shown_to_anybody(plan):
    stored = store_illustration(plan.federation, drawn())
    picture_of = f'<img data-picture="{stored.key}" alt="Ett diagram">'
    Section.objects.filter(plan=plan, key="goals").update(text=f"<p>Fem mål.</p>{picture_of}")
    as_proposal(sent(plan))
    (picture,) = shown(Client().get(YEAR)).one("article").all("img")
    assert picture.attributes["src"] == f"{VERSION}bild/{stored.key}/"
    answer = Client().get(picture.attributes["src"])
    assert (answer.status_code, answer["Content-Type"]) == (200, stored.media_type)
    assert answer.content == bytes(stored.content)


# -- the CSV ---------------------------------------------------------------------------------------------


def test_the_csv_is_read_by_excel_in_swedish(proposal):
    content = got("budget.csv")
    assert content.startswith(b"\xef\xbb\xbff\xc3\xb6rbund;plan\xc3\xa5r;version;l\xc3\xa4ge;")
    assert content.endswith(b"\r\n")
    first, *_ = rows()
    assert first["förbund"] == "Samordningsförbundet Gotland"
    assert (first["planår"], first["version"], first["läge"]) == ("2021", "1", "förslag")


def test_the_csv_has_every_amount_of_the_frozen_budget_once(plan, proposal):
    BudgetLine.objects.filter(budget=plan.budget).update(name="Ändrad sedan")
    sheet = read(proposal.content).picture.sheet
    posts = [row for row in rows() if row["slag"] == "post" and row["avsnitt"] in ("Intäkter", "Kostnader")]
    assert len(posts) == 3 * sum(line.section in ("income", "cost") for line in sheet.lines)
    costs = {
        row["år"]: row["belopp"]
        for row in rows()
        if row["slag"] == "summa" and row["post"] == "Summa kostnader"
    }
    assert costs == {"2021": "2100000", "2022": "1900000", "2023": "1900000"}
    deficit = [row["belopp"] for row in rows() if row["post"] == "Resultat" and row["år"] == "2021"]
    assert deficit == ["-100000"]
    assert "Ändrad sedan" not in got("budget.csv").decode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_text_of_the_csv_is_taken_for_a_formula(plan, sign):
    BudgetLine.objects.filter(budget=plan.budget, section="cost").update(
        name=f'{sign}HYPERLINK("http://elak.example";"Klicka")', note=f"{sign}1+1"
    )
    plan.federation.name = f"{sign}cmd|' /C calc'!A0"
    plan.federation.save()
    as_proposal(sent(plan))
    for row in rows():
        for name, cell in row.items():
            if name != "belopp":
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)


# -- the JSON --------------------------------------------------------------------------------------------


def test_the_json_holds_what_the_page_shows_and_none_of_what_it_does_not(proposal):
    told = json.loads(got("version.json"))
    assert told["form"] == "finsam-publicerad-1"
    assert (told["hash"], told["version"], told["status"]) == (proposal.hash, 1, "förslag")
    assert told["decided_on"] is told["paragraph"] is None
    assert set(told["documents"]) == {"plan"}
    assert "head" not in told
    assert "picture" not in told
    assert all(set(each["explanation"] or {}) <= {"text", "on"} for each in told["findings"])
    assert any(each["explanation"] for each in told["findings"])
    (result,) = [row for row in told["budget"]["rows"] if row["name"] == "Resultat"]
    assert result["amounts"] == ["-100000.00", "100000.00", "100000.00"]


def test_the_same_version_gives_the_same_json(proposal):
    assert got("version.json") == got("version.json", VERSION)
