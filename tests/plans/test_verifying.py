"""Everything that is frozen is computed again: each way of changing it is found, and named for what it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Federation, RoleKind
from plans.decisions import record
from plans.decisions.adopting import adopt, adopted_files
from plans.models import Decision, DecisionFile, Version, VersionFile
from plans.verifying import decisions, versions
from plans.verifying.reading import versions_of
from plans.versions import contents
from plans.versions.contents import hash_of
from plans.versions.making import files_of
from plans.versions.triggers import protect, unprotected
from tests.plans import adoption_world

# -- the world: a plan that was sent for samråd, to the board, and adopted ---------------------------------


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Made once, in a transaction that every test of it is within."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched, transaction.atomic():
        clock = adoption_world.Clock()
        patched.setattr(timezone, "now", clock)
        plan = adoption_world.with_board(adoption_world.a_plan())
        adoption_world.before_board(plan, adoption_world.director_of(plan), clock)
        meeting = adoption_world.meeting(plan)
        chair = adoption_world.chair_of(plan)
        adopt(plan, adoption_world.mover(chair, plan, RoleKind.CHAIR), meeting, {})
        connection.check_constraints()  # PostgreSQL drops no trigger of a table that has checks waiting
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(_world, db, monkeypatch) -> None:
    """The same contents give the same files (test_versions.py), so they are made once for each here."""
    monkeypatch.setattr(versions, "files_of", remembered_files)
    monkeypatch.setattr(decisions, "adopted_files", remembered_adopted_files)


_made: dict[tuple[str, ...], dict[str, bytes]] = {}


def remembered_files(held: contents.Contents) -> dict[str, bytes]:
    key = (contents.written(held),)
    if key not in _made:
        _made[key] = files_of(held)
    return _made[key]


def remembered_adopted_files(held: contents.Contents, said: record.Record) -> dict[str, bytes]:
    key = (contents.written(held), repr(said))
    if key not in _made:
        _made[key] = adopted_files(held, said)
    return _made[key]


def verified(*arguments: str) -> tuple[str, int]:
    """What the command writes, and what it ends with."""
    out = StringIO()
    try:
        call_command("verify_versions", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def version(number: int) -> Version:
    return Version.objects.get(number=number)


@contextmanager
def without_guard() -> Iterator[Callable[..., None]]:
    """Changes rows as who owns the database can."""

    def change(row: Model, **columns: object) -> None:
        with connection.cursor() as cursor:
            for name, value in columns.items():
                cursor.execute(
                    f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s",  # noqa: S608 - our names
                    [value, row.pk],
                )

    with unprotected():
        yield change


def remove(row: Model) -> None:
    """A row that others point to, and they with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608 - our names


# -- nothing is wrong --------------------------------------------------------------------------------


def test_what_nobody_has_changed_is_right_to_the_last_byte(_world, db):
    said, code = verified()
    assert code == 0, said
    heading, first, second, summary = said.splitlines()
    assert heading == "Samordningsförbundet Gotland (gotland)"
    assert first == "  2021, version 1 (för samråd 2020-09-15): stämmer"
    assert second == "  2021, version 2 (till styrelsen 2020-11-10), fastställd 2020-11-24 § 45: stämmer"
    assert summary == (
        "Allt stämmer: 2 versioner och 1 beslut i 1 förbund. 14 filer är gjorda om till samma byte."
    )


def test_one_version_at_a_time_is_read(world):
    gotland = versions_of(Federation.objects.get())
    with CaptureQueriesContext(connection) as queries:
        first = next(gotland)
    keys, *of_the_first = [each["sql"] for each in queries]
    assert '"content"' not in keys
    assert len(of_the_first) == 3  # the version, whether it is decided, its files
    assert [first.place, *(each.place for each in gotland)] == [1, 2]


def test_only_the_federation_that_is_asked_for(world):
    Federation.objects.create(slug="lund", name="Samordningsförbundet Lund")
    said, code = verified("--federation", "lund")
    assert "Gotland" not in said
    assert (code, said.splitlines()[-1][:42]) == (0, "Allt stämmer: 0 versioner och 0 beslut i 1")
    with pytest.raises(CommandError, match="Det finns inget förbund lunda"):
        verified("--federation", "lunda")


# -- each way of changing it -------------------------------------------------------------------------


def changed_figure(number: int) -> str:
    """The content of a version with another amount for insatser, where it is counted and where it is read."""
    text = version(number).content
    for was, becomes in (("1700000", "7100000"), ("1\u00a0700\u00a0000", "7\u00a0100\u00a0000")):
        assert was in text
        text = text.replace(was, becomes)
    return text


def another_files(number: int) -> dict[str, bytes]:
    """Files of that content."""
    return remembered_files(contents.read(changed_figure(number)))


def file_of(number: int, kind: str) -> VersionFile:
    return VersionFile.objects.get(version__number=number, kind=kind)


def bytes_of_a_file() -> None:
    with without_guard() as change:
        change(file_of(2, "budget_pdf"), content=another_files(2)["budget_pdf"])


def bytes_and_hash_of_a_file() -> None:
    content = another_files(2)["budget_xlsx"]
    with without_guard() as change:
        change(file_of(2, "budget_xlsx"), content=content, hash=hash_of(content), size=len(content))


def half_a_file() -> None:
    file = file_of(1, "plan_docx")
    with without_guard() as change:
        change(file, content=bytes(file.content)[:-500])


def hash_of_a_file() -> None:
    with without_guard() as change:
        change(file_of(1, "plan_pdf"), hash="a" * 64)


def a_file_is_gone() -> None:
    with unprotected():
        remove(file_of(2, "board_pdf"))


def the_content() -> None:
    with without_guard() as change:
        change(version(2), content=changed_figure(2))


def the_content_and_its_hash() -> None:
    text = changed_figure(1)
    with without_guard() as change:
        change(version(1), content=text, content_hash=hash_of(text.encode()))


def content_that_is_not_json() -> None:
    with without_guard() as change:
        change(version(1), content=version(1).content[:-1])


def a_column_beside() -> None:
    with without_guard() as change:
        change(version(1), note="Läs noga.")


def the_link_to_the_version_before() -> None:
    with without_guard() as change:
        change(version(2), previous_hash="b" * 64)


def the_first_version_is_gone() -> None:
    gone = version(1)
    with unprotected():
        for file in gone.files.all():
            remove(file)
        with connection.cursor() as cursor:
            for table in ("planmove", "consultationanswer"):
                cursor.execute(f"DELETE FROM plans_{table} WHERE version_id = %s", [gone.pk])  # noqa: S608
        remove(gone)


def what_was_recorded_of_the_meeting() -> None:
    decision = Decision.objects.get()
    with without_guard() as change:
        change(decision, content=decision.content.replace("att fastställa budgeten", "att avslå budgeten"))


def the_day_of_the_decision() -> None:
    with without_guard() as change:
        change(Decision.objects.get(), decided_on="2020-12-01")


def everything_of_a_file_of_the_decision() -> None:
    """With every hash that stands for it."""
    decision = Decision.objects.get()
    held = contents.read(changed_figure(2))
    content = remembered_adopted_files(held, record.read(decision.content))["budget_pdf"]
    file = decision.files.get(kind="budget_pdf")
    hashes = {each.kind: each.hash for each in decision.files.all()} | {"budget_pdf": hash_of(content)}
    with without_guard() as change:
        change(file, content=content, size=len(content), hash=hash_of(content))
        change(decision, hash=record.decision_hash(decision.version.hash, decision.content_hash, hashes))


def the_whole_chain() -> None:
    """As if the plan had always had that figure: content, files and every hash of both versions."""
    previous = ""
    with without_guard() as change:
        for number in (1, 2):
            row, text, files = version(number), changed_figure(number), another_files(number)
            for kind, content in files.items():
                change(file_of(number, kind), content=content, size=len(content), hash=hash_of(content))
            hashes = {kind: hash_of(content) for kind, content in files.items()}
            content_hash = hash_of(text.encode())
            head = contents.read(text).head
            whole = contents.version_hash(head, row.place, content_hash, hashes, previous)
            change(row, content=text, content_hash=content_hash, previous_hash=previous, hash=whole)
            previous = whole


Way = Callable[[], None]
WAYS: dict[Way, tuple[str, tuple[str, ...]]] = {
    # how it is changed: the version it is said of, and what is said
    bytes_of_a_file: (
        "version 2",
        (
            "budgeten som PDF: filen är ändrad efter att den frystes.",
            "”7 100 000” i filen, ”1 700 000” ur innehållet",
        ),
    ),
    bytes_and_hash_of_a_file: (
        "version 2",
        ("budgeten som Excelbok: filen är ändrad efter att den frystes.", "7100000"),
    ),
    half_a_file: (
        "version 1",
        ("planen som Word-fil: filen är ändrad efter att den frystes. Den går inte längre att läsa.",),
    ),
    hash_of_a_file: (
        "version 1",
        ("planen som PDF: uppgifterna i databasen stämmer inte med det som är fryst. Filen är den",),
    ),
    a_file_is_gone: (
        "version 2",
        ("styrelsens underlag som PDF: filen är ändrad efter att den frystes. Den finns inte längre.",),
    ),
    the_content: (
        "version 2",
        (
            "innehållet är ändrat. Styrelsens underlag som PDF: ",
            "”1 700 000” i filen, ”7 100 000” ur innehållet",
        ),
    ),
    the_content_and_its_hash: (
        "version 1",
        (
            "kedjan är bruten. Versionens kontrollsumma",
            "budgeten som PDF: filen säger något annat än innehållet.",
        ),
    ),
    content_that_is_not_json: ("version 1", ("innehållet är ändrat. Det går inte att läsa",)),
    a_column_beside: (
        "version 1",
        ("stämmer inte med det som är fryst. Följebrevet: ”Läs noga.” i databasen, ”” i det frysta.",),
    ),
    the_link_to_the_version_before: ("version 2", ("kedjan är bruten. Den säger att versionen före har",)),
    the_first_version_is_gone: ("version 2", ("kedjan är bruten. Före den saknas plats 1 i kedjan.",)),
    what_was_recorded_of_the_meeting: ("version 2", ("beslutet är ändrat. ", "avslå")),
    the_day_of_the_decision: ("version 2", ("Dagen: ”2020-12-01” i databasen, ”2020-11-24” i det frysta.",)),
    everything_of_a_file_of_the_decision: (
        "version 2",
        (
            "den fastställda budgeten som PDF: filen säger något annat än innehållet.",
            "”7 100 000” i filen, ”1 700 000” ur innehållet",
        ),
    ),
    the_whole_chain: ("version 2", ("kedjan är bruten. Versionen som fastställdes hade kontrollsumman",)),
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_way_of_changing_it_is_found_and_named(world, way):
    way()
    said, code = verified()
    assert code == 1
    assert said.splitlines()[-1].startswith("STÄMMER INTE: ")
    named, sentences = WAYS[way]
    wrong = [line for line in said.splitlines() if line.endswith("STÄMMER INTE")]
    assert len(wrong) == 1, said
    assert named in wrong[0]
    for sentence in sentences:
        assert sentence in said


@pytest.mark.parametrize(
    "way", [bytes_and_hash_of_a_file, hash_of_a_file, the_day_of_the_decision, a_file_is_gone]
)
def test_nothing_is_blamed_that_is_as_it_was(world, way):
    way()
    said, _ = verified()
    assert said.splitlines()[-1].startswith("STÄMMER INTE: 1 fel i 1 version. "), said


def test_a_guard_that_is_gone_is_told(world):
    on = " ON plans_version" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER plans_version_fixed{on}")
    said, code = verified()
    assert code == 1
    assert "Skyddet plans_version_fixed saknas i databasen." in said
    assert "STÄMMER INTE: skyddet plans_version_fixed saknas." in said
    protect()
    assert verified()[1] == 0


# -- a library, and not a figure ---------------------------------------------------------------------


def test_a_changed_library_is_told_from_a_changed_figure(world, monkeypatch):
    """Other bytes, other line and page breaks, the same words: told, and not a fault."""
    monkeypatch.setattr(versions, "files_of", with_another_library)
    said, code = verified()
    assert code == 0
    assert "planen som PDF: ett bibliotek är ändrat. Den är gjord med ReportLab" in said
    assert "och blir andra byte med ReportLab 99.0. Text och siffror är desamma." in said
    assert said.splitlines()[-1].startswith("Allt stämmer: ")
    assert "5 filer blir andra byte i dag men säger samma sak: ett bibliotek är ändrat." in said


def test_a_figure_is_found_also_when_the_library_is_another(world, monkeypatch):
    everything_of_a_file_of_the_decision()
    monkeypatch.setattr("plans.render.pdf.metadata.PRODUCER", "ReportLab 99.0")
    monkeypatch.setattr(decisions, "adopted_files", adopted_files)
    said, code = verified()
    assert code == 1
    assert "den fastställda planen som PDF: ett bibliotek är ändrat." in said
    assert "den fastställda budgeten som PDF: filen säger något annat än innehållet." in said


def with_another_library(held: contents.Contents) -> dict[str, bytes]:
    """The files as a later ReportLab could make them: its name, and lines that break elsewhere."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("plans.render.pdf.metadata.PRODUCER", "ReportLab 99.0")
        patched.setattr("plans.render.pdf.lines.hyphenations", lambda word: ())
        return files_of(held)


# -- a hash from paper --------------------------------------------------------------------------------------


def test_a_hash_is_told_which_adopted_version_it_is_of(world):
    of_protocol = DecisionFile.objects.get(kind="protocol_pdf").hash
    whose = "Samordningsförbundet Gotland, 2021, version 2. Versionen är fastställd 2020-11-24 § 45."
    for hash_on_paper, what in (
        (version(2).hash.upper(), "versionen som helhet"),
        (file_of(2, "plan_pdf").hash, "planen som PDF, så som den skickades"),
        (of_protocol, "protokollsutdrag"),
    ):
        said, code = verified("--expect", hash_on_paper)
        assert code == 0
        assert f"Kontrollsumman är av {what}, {whose}" in said


def test_a_hash_of_nothing_adopted_is_a_fault(world):
    said, code = verified("--expect", version(1).hash)
    assert code == 1
    assert "2021, version 1. Versionen är inte fastställd." in said
    said, code = verified("--expect", "c" * 64)
    assert code == 1
    assert "Kontrollsumman hör inte till någon version här." in said
    with pytest.raises(CommandError, match="har 40 tecken och ska ha 64"):
        verified("--expect", "c" * 40)


def test_a_chain_made_over_does_not_have_the_hash_on_paper(world):
    on_paper = version(2).hash
    the_whole_chain()
    said, code = verified("--expect", on_paper)
    assert code == 1
    assert "Kontrollsumman hör inte till någon version här." in said
    assert "kontrollsumman är inte en fastställd versions" in said.splitlines()[-1]
