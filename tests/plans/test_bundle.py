"""The auditors' bundle: everything of a year, which anybody can read and check without Finsam."""

import csv
import io
import json
import re
import subprocess
from datetime import timedelta
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from budgets.rules import RULES
from members.models import Member, RoleKind
from plans.bundle.contents import plain_name
from plans.decisions.adopting import adopt
from plans.log.recording import WRITTEN
from plans.models import Comment, ConsultationAnswer, LoggedRead, Plan, PlanMove, VersionFile
from plans.revising import revise
from plans.states.moving import send, send_back
from plans.versions.triggers import unprotected
from tests.members import people
from tests.members.people import client_of, with_role
from tests.members.shown_page import shown
from tests.plans import adoption_world as made
from tests.plans.access_world import budget_of
from tests.plans.made_versions import put, sent

pytestmark = pytest.mark.django_db

ADDRESS = "/gotland/plan/2021/revisorspaket.zip"
FOLDER = "revisorspaket-gotland-2021"
PDF, DOCX = b"%PDF-1.7 \x00\xff", b"PK\x03\x04 docx"


@pytest.fixture(autouse=True)
def forget() -> None:
    WRITTEN.forget()


@pytest.fixture
def clock(monkeypatch) -> made.Clock:
    clock = made.Clock()
    monkeypatch.setattr(timezone, "now", clock)
    files = {"plan_pdf": PDF, "plan_docx": DOCX}
    monkeypatch.setattr("plans.versions.making.files_of", lambda contents: files)
    protocol = {"plan_pdf": PDF + b"!", "protocol_pdf": PDF + b"?"}
    monkeypatch.setattr("plans.decisions.adopting.adopted_files", lambda contents, record: protocol)
    return clock


@pytest.fixture
def plan(clock) -> Plan:
    """Adopted, after a samråd with an answer that has a file, and comments."""
    plan = made.a_plan()
    director, chair = made.director_of(plan), made.chair_of(plan)
    made.before_board(plan, director, clock)
    consulted = plan.versions.get(number=1)
    ConsultationAnswer.objects.create(
        version=consulted,
        member=Member.objects.get(name="Region Gotland"),
        member_name="Åse & Öbergs nämnd",
        on=made.ANNOUNCED,
        who="Nämnden",
        text="=1+1",
        file=b"%PDF svar",
        file_name="Yttrande från nämnden.pdf",
        at=clock(),
        by=director,
        by_name="Karin Ek",
    )
    comment = Comment.objects.create(
        plan=plan,
        version=consulted,
        section_key="goals",
        place_name="1 Mål",
        text="<b>Varför?</b>",
        at=clock(),
        by=chair,
        by_name="Anna Alm",
    )
    comment.entries.create(action="answer", text="Därför.", at=clock(), by=director, by_name="Karin Ek")
    adopt(plan, made.mover(chair, plan, RoleKind.CHAIR), made.meeting(plan), {})
    return plan


@pytest.fixture
def auditor(plan) -> Client:
    return client_of(with_role(plan.federation, RoleKind.AUDITOR, people.user(name="Rut Revisor")))


def fetched(client: Client, address: str = ADDRESS) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return b"".join(answer.streaming_content)


def files_in(content: bytes) -> dict[str, bytes]:
    """The files of the bundle by their path in its folder."""
    with ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name.removeprefix(f"{FOLDER}/"): packed.read(name) for name in packed.namelist()}


@pytest.fixture
def files(auditor) -> dict[str, bytes]:
    return files_in(fetched(auditor))


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[f"tabeller/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


# -- what it holds -----------------------------------------------------------------------------------


def test_everything_of_the_year_is_in_it(files):
    assert sorted(files) == [
        "SHA256SUMS",
        "beslut/version-2/beslut.json",
        "beslut/version-2/plan-faststalld.pdf",
        "beslut/version-2/protokollsutdrag.pdf",
        "index.html",
        "manifest.json",
        "samrad/svar-04-ase-obergs-namnd.pdf",
        "tabeller/handelser.csv",
        "tabeller/motiveringar.csv",
        "tabeller/planens-vag.csv",
        "tabeller/samradssvar.csv",
        "tabeller/synpunkter.csv",
        "versioner/version-1/innehall.json",
        "versioner/version-1/plan.docx",
        "versioner/version-1/plan.pdf",
        "versioner/version-2/innehall.json",
        "versioner/version-2/plan.docx",
        "versioner/version-2/plan.pdf",
    ]


def test_each_file_is_what_was_frozen(plan, files):
    for version in plan.versions.all():
        folder = f"versioner/version-{version.number}"
        assert files[f"{folder}/innehall.json"] == version.content.encode()
        assert (files[f"{folder}/plan.pdf"], files[f"{folder}/plan.docx"]) == (PDF, DOCX)
    assert files["beslut/version-2/beslut.json"] == plan.decision.content.encode()
    assert files["beslut/version-2/protokollsutdrag.pdf"] == PDF + b"?"
    assert files["samrad/svar-04-ase-obergs-namnd.pdf"] == b"%PDF svar"


def test_the_tables_tell_what_happened(files):
    moves = [(row["Vad"], row["Version"], row["Vem"]) for row in table(files, "planens-vag")]
    assert moves == [
        ("skickad på samråd", "1", "Karin Ek"),
        ("skickad till styrelsen", "2", "Karin Ek"),
        ("fastställd", "2", "Anna Alm"),
    ]
    (event,) = table(files, "handelser")
    assert (event["Datum"], event["Händelse"]) == ("2020-11-10", "förslaget publicerat")
    answer = table(files, "samradssvar")[3]
    assert (answer["Svar"], answer["Fil"]) == ("'=1+1", "samrad/svar-04-ase-obergs-namnd.pdf")
    comment, entry = table(files, "synpunkter")
    assert (comment["Plats"], comment["Text"], comment["Läge"]) == ("1 Mål", "<b>Varför?</b>", "öppen")
    assert (entry["Vad"], entry["Text"], entry["Vem"]) == ("besvarade", "Därför.", "Karin Ek")
    why = table(files, "motiveringar")
    assert {row["Fryst i"] for row in why} == {"version 1", "version 2", "beslutet § 45"}
    assert {(row["Motivering"], row["Vem"]) for row in why} == {("Styrelsen har valt det.", "Karin Ek")}
    assert why[0]["Anmärkning"]
    assert {row["Regel"] for row in why} <= {rule.title for rule in RULES}


def test_a_revision_of_the_year_is_in_it_with_the_plan_it_revises(plan, auditor, clock):
    director = made.director_of(plan)
    plan.refresh_from_db()
    revised = revise(plan, director, "Mer pengar.")
    send(revised, PlanMove.Action.SUBMIT, made.mover(director, revised))
    files = files_in(fetched(auditor))
    assert "versioner/version-3/plan.pdf" in files
    assert "beslut/version-2/protokollsutdrag.pdf" in files
    assert [row["Revidering"] for row in table(files, "planens-vag")] == ["", "", "", "1"]


# -- read and checked without Finsam -----------------------------------------------------------------


def test_sha256sum_finds_every_file_as_it_should_be(auditor, tmp_path):
    with ZipFile(io.BytesIO(fetched(auditor))) as packed:
        packed.extractall(tmp_path)
    folder = tmp_path / FOLDER
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert listed == there - {"SHA256SUMS"}
    (folder / "index.html").write_text("annat")
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 1


def canonical(data: object) -> bytes:
    """As docs/version-file.md says, and with nothing of Finsam's."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_the_hashes_of_versions_decision_and_chain_are_taken_again_from_the_files(files):
    manifest = json.loads(files["manifest.json"])
    assert (manifest["form"], manifest["plan_year"]) == ("finsam-revisorspaket-1", 2021)
    for said in manifest["files"]:
        content = files[said["path"]]
        assert (said["size"], said["sha256"]) == (len(content), sha256(content).hexdigest())
        assert "stored_sha256" not in said
    previous = ""
    for version, link in zip(manifest["versions"], manifest["chain"], strict=True):
        content = files[f"{version['folder']}/innehall.json"]
        assert version["content"] == sha256(content).hexdigest()
        assert version["files"]["plan_pdf"] == sha256(PDF).hexdigest()
        chained = {key: version[key] for key in ("place", "content", "files", "previous")}
        head = {"form": "finsam-version-1", "head": json.loads(content)["head"]}
        assert sha256(canonical({**chained, **head})).hexdigest() == version["hash"] == link["hash"]
        assert version["previous"] == link["previous_hash"] == previous
        previous = version["hash"]
    said = manifest["versions"][1]["decision"]
    assert said["content"] == sha256(files["beslut/version-2/beslut.json"]).hexdigest()
    decided = {"form": "finsam-decision-1", "version": previous, **{k: said[k] for k in ("content", "files")}}
    assert sha256(canonical(decided)).hexdigest() == said["hash"]
    assert json.loads(files["beslut/version-2/beslut.json"])["version_hash"] == previous


def test_the_chain_reaches_back_to_other_years(plan, auditor):
    other = budget_of(plan.federation, 2022, "Norr")
    sent(other)
    files = {
        name.rpartition("/")[2]: content
        for name, content in files_in(fetched(auditor, ADDRESS.replace("2021", "2022"))).items()
    }
    chain = json.loads(files["manifest.json"])["chain"]
    assert [(each["plan_year"], each["number"], each["place"]) for each in chain] == [
        (2021, 1, 1),
        (2021, 2, 2),
        (2022, 1, 3),
    ]


def test_the_index_leads_to_every_file_and_needs_nothing_from_elsewhere(files):
    text = files["index.html"].decode()
    assert "<b>Varför?" not in text
    assert "&lt;b&gt;Varför?&lt;/b&gt;" in text
    links = re.findall(r'(?:href|src)="([^"]*)"', text)
    assert set(links) <= set(files)
    assert set(files) - set(links) == {"index.html", "SHA256SUMS"}
    size = len(files["versioner/version-1/innehall.json"])
    assert f"{size // 1000}\u00a0{size % 1000:03}<" in text
    assert "<script" not in text
    assert "http" not in text.replace("hash", "")
    for content in (PDF, DOCX):
        assert sha256(content).hexdigest() in text
    assert "Beslutet 2020-11-24 § 45, version 2" in text


def test_a_stored_file_that_was_tampered_with_is_pointed_out(plan, auditor):
    connection.check_constraints()  # PostgreSQL drops no trigger while checks wait
    with unprotected():
        VersionFile.objects.filter(version__number=1, kind="plan_pdf").update(content=b"annat")
    files = files_in(fetched(auditor))
    (said,) = [each for each in json.loads(files["manifest.json"])["files"] if "stored_sha256" in each]
    assert said["path"] == "versioner/version-1/plan.pdf"
    assert said["sha256"] == sha256(b"annat").hexdigest()
    assert said["stored_sha256"] == sha256(PDF).hexdigest()
    assert "Det här stämmer inte:</strong> versioner/version-1/plan.pdf" in files["index.html"].decode()


def test_the_same_data_give_the_same_bytes(auditor, clock):
    first = fetched(auditor)
    clock.time += timedelta(hours=2)
    assert fetched(auditor) == first
    with ZipFile(io.BytesIO(first)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_names_of_files_are_safe_everywhere(auditor):
    with ZipFile(io.BytesIO(fetched(auditor))) as packed:
        names = packed.namelist()
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9./-]+", name) and ".." not in name for name in names)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Region Västra Götaland", "region-vastra-gotaland"),
        ("../../etc/passwd", "etc-passwd"),
        ("Åre: “kommun”\n", "are-kommun"),
        ("日本", ""),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_name_as_part_of_a_files_name(name, plain):
    assert plain_name(name) == plain


# -- who gets it -------------------------------------------------------------------------------------


def test_before_anything_is_frozen_it_says_so(clock):
    plan = made.a_plan()
    files = files_in(fetched(client_of(made.director_of(plan))))
    assert "ingen version är fryst" in files["index.html"].decode()
    assert json.loads(files["manifest.json"])["chain"] == []


def test_the_chair_does_not_get_what_was_taken_back_and_is_told_so(clock):
    plan = made.a_plan()
    director, chair = made.director_of(plan), made.chair_of(plan)
    made.before_board(plan, director, clock)
    send_back(plan, made.mover(chair, plan, RoleKind.CHAIR), "Räkna om.")
    files = files_in(fetched(client_of(chair)))
    assert not [name for name in files if name.startswith("versioner/")]
    assert json.loads(files["manifest.json"])["left_out"] == [1, 2]
    assert "Ingår inte:</strong> version 1, 2." in files["index.html"].decode()
    assert "Styrelsen har valt det" not in files["tabeller/motiveringar.csv"].decode()
    of_director = files_in(fetched(client_of(director)))
    assert "versioner/version-2/plan.pdf" in of_director


def test_nothing_of_another_federation_or_year_is_in_it(plan, auditor):
    other = made.a_plan("hemliga")
    put(other, "board", sent(other))
    budget_of(plan.federation, 2022, "Senare")
    files = files_in(fetched(auditor))
    everything = b"".join(files.values()).decode(errors="replace")
    assert "hemliga" not in everything.lower()
    assert "Senare" not in everything


def test_it_is_a_download_that_is_kept_nowhere_and_logged(auditor):
    answer = auditor.get(ADDRESS)
    answer.getvalue()
    assert answer["Content-Disposition"] == f'attachment; filename="{FOLDER}.zip"'
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) > 1000
    row = LoggedRead.objects.get(what="bundle")
    assert (row.plan_year, row.by_name) == (2021, "Rut Revisor")


def test_the_ways_to_it(plan, auditor):
    for page in ("/gotland/logg/", "/gotland/plan/2021/vagen/"):
        links = [link.href for link in shown(auditor.get(page)).one("main").all("a")]
        assert ADDRESS in links
    observer = client_of(with_role(plan.federation, RoleKind.OBSERVER))
    way = shown(observer.get("/gotland/plan/2021/vagen/"))
    assert not [link for link in way.all("a") if "logg" in link.href or "revisorspaket" in link.href]
