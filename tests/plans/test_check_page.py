"""The page where anybody learns which version a file is: of what is adopted, and of nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plans.models import Decision, DecisionFile, Plan, Version, VersionEvent, VersionFile
from plans.publishing.standing import HERE
from plans.versions.contents import hash_of
from tests.members import people
from tests.members.shown_page import Element, shown
from tests.plans import made_versions
from tests.plans.access_world import everything_stored
from tests.plans.adoption_world import a_plan
from tests.plans.made_versions import adopt, sent

pytestmark = pytest.mark.django_db
CHECK = "/kontrollera/"
UNKNOWN = "Känns inte igen"
NOBODYS = "f" * 64
"""A hash that nothing has."""


@pytest.fixture
def plan() -> Plan:
    return a_plan()


@pytest.fixture
def version(plan) -> Version:
    """Before the board, with its files."""
    made = sent(plan)
    for kind in ("plan_pdf", "board_pdf"):
        content = f"%PDF {kind}".encode()
        VersionFile.objects.create(
            version=made, kind=kind, content=content, size=len(content), hash=hash_of(content)
        )
    return made


@pytest.fixture
def adopted(version) -> Version:
    adopt(version)
    protocol = b"%PDF protokoll"
    DecisionFile.objects.create(
        decision=version.decision,
        kind="protocol_pdf",
        content=protocol,
        size=len(protocol),
        hash=hash_of(protocol),
    )
    return version


def happened(version: Version, kind: str, on: date | None = None) -> None:
    VersionEvent.objects.create(
        version=version,
        kind=kind,
        on=on or timezone.localdate(),
        where=HERE,
        at=timezone.now(),
        by=people.user(),
        by_name="Karin Ek",
    )


def published(version: Version, announced: date | None = None) -> None:
    happened(version, "meeting_announced", announced)
    happened(version, "proposal_published")


def asked(text: str, status: int = 200) -> Element:
    """The page that somebody gets who is not signed in."""
    return shown(Client().get(CHECK, {"summa": text}), status).one("main")


def answer_to(text: str) -> str:
    return asked(text).one(id="svar").text


def test_what_is_adopted_is_told_by_any_of_its_hashes(adopted):
    hashes = {
        adopted.hash: "versionen som helhet",
        adopted.content_hash: "versionens innehåll som JSON",
        hash_of(b"%PDF plan_pdf"): "planen som PDF, så som den skickades",
        hash_of(b"%PDF board_pdf"): "styrelsens underlag som PDF",
        hash_of(b"%PDF protokoll"): "protokollsutdrag",
        adopted.decision.hash: "beslutet som helhet",
    }
    for each, what in hashes.items():
        told = answer_to(each)
        assert "Fastställd Styrelsen fastställde planen den 24 november 2020, § 45." in told
        assert "Förbund Samordningsförbundet Gotland Planår 2021 Version 1" in told
        assert f"Det du har {what}" in told
        assert "Karin" not in told
        assert "Bo Ask" not in told


def test_who_decided_and_what_came_after(adopted):
    happened(adopted, "superseded", date(2021, 5, 4))
    told = answer_to(adopted.hash)
    assert "Fastställd, men ersatt" in told
    assert "En senare version gäller sedan 4 maj 2021." in told


def test_the_members_of_a_new_federation_decide(version):
    Decision.objects.create(
        version=version,
        plan=version.plan,
        decided_on="2020-11-24",
        paragraph="2",
        content='{"decided_by":"members"}',
        content_hash=hash_of(b"members"),
        hash=hash_of(b"decision"),
        at=timezone.now(),
        by=people.user(),
        by_name="Bo Ask",
    )
    assert "Medlemmarna fastställde planen den 24 november 2020, § 2." in answer_to(version.hash)


def test_an_adopted_version_is_linked_to_when_it_is_published_and_not_else(adopted):
    assert asked(adopted.hash).one(id="svar").all("a") == []
    happened(adopted, "published")
    [link] = asked(adopted.hash).one(id="svar").all("a")
    assert link.href == "/publicerat/gotland/2021/version/1/"
    happened(adopted, "withdrawn")
    told = asked(adopted.hash).one(id="svar")
    assert told.all("a") == []
    assert "Fastställd" in told.text


def test_of_what_is_not_public_nothing_is_told(plan, version):
    """The page is the same, to the letter, as for a hash that nothing has."""
    of_samrad = sent(plan, "consultation")
    nothing = Client().get(CHECK, {"summa": NOBODYS}).content.decode()
    assert UNKNOWN in nothing
    for each in (version.hash, version.content_hash, hash_of(b"%PDF plan_pdf"), of_samrad.hash):
        page = Client().get(CHECK, {"summa": each}).content.decode()
        assert page.replace(each, NOBODYS) == nothing


def test_a_published_proposal_is_told_but_not_what_only_the_board_has(version):
    published(version)
    told = answer_to(hash_of(b"%PDF plan_pdf"))
    assert "Ett förslag, inte fastställt Det ligger hos styrelsen, som inte har beslutat än." in told
    for each in (hash_of(b"%PDF board_pdf"), version.content_hash):
        assert UNKNOWN in answer_to(each)
    happened(version, "withdrawn")
    assert UNKNOWN in answer_to(hash_of(b"%PDF plan_pdf"))


def test_a_proposal_is_not_told_before_the_meeting_is_announced(version):
    published(version, timezone.localdate() + timedelta(days=1))
    assert UNKNOWN in answer_to(version.hash)


def test_a_proposal_that_was_public_until_another_was_adopted(plan, version):
    published(version)
    adopt(sent(plan))
    told = answer_to(hash_of(b"%PDF plan_pdf"))
    assert "Ett förslag, inte fastställt Det antogs inte så." in told
    assert "Styrelsen fastställde i stället version 2 24 november 2020, § 45." in told
    assert UNKNOWN in answer_to(hash_of(b"%PDF board_pdf"))


@pytest.mark.parametrize(
    "written",
    ["{0}", "  {0}\n", "{1}", "{2}", "{0}  plan.pdf", "{0} *C:\\Mina filer\\plan 2021.pdf"],
    ids=["plain", "spaces around", "capitals", "pairs", "shasum", "certutil"],
)
def test_a_hash_is_read_as_the_tools_write_it(adopted, written):
    pairs = " ".join(adopted.hash[at : at + 2] for at in range(0, 64, 2))
    told = answer_to(written.format(adopted.hash, adopted.hash.upper(), pairs))
    assert f"Kontrollsumma (SHA-256) {adopted.hash}" in told
    assert "Fastställd" in told


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Välj en fil, eller klistra in en kontrollsumma."),
        ("a" * 40, "Kontrollsumman har 40 tecken och ska ha 64."),
        ("plan.pdf", "En kontrollsumma är 64 tecken: siffror och bokstäverna a till f."),
        ("ü" * 64, "En kontrollsumma är 64 tecken"),
        ("a" * 5000, "Det är för långt för att vara en kontrollsumma."),
        ("a\0b", "tecken"),
    ],
    ids=["nothing", "SHA-1", "a name", "other letters", "too long", "NUL"],
)
def test_what_is_no_hash_is_told_at_the_field_and_kept(text, fault):
    page = asked(text, 422)
    [field] = page.all("input", name="summa")
    assert field.attributes["aria-invalid"] == "true"
    assert fault in page.one("form").text
    assert field.attributes.get("value", "") == text
    assert page.one(id="svar").text == ""


def test_anybody_may_ask_and_nothing_is_kept_of_it(adopted):
    before = everything_stored()
    answer = Client().get(CHECK, {"summa": adopted.hash})
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(CHECK).status_code == 200
    assert Client().post(CHECK, {"summa": adopted.hash}).status_code == 405
    assert everything_stored() == before


def test_it_is_reached_from_where_a_version_shows_its_hash(adopted):
    client = made_versions.Readers(adopted.federation).client("observer")
    page = shown(client.get("/gotland/plan/2021/version/1/")).one("main")
    assert CHECK in [each.href for each in page.all("a")]
