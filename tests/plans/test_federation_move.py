"""A federation leaves with all its data, and is the same in another installation."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from budgets.editing.change import Author
from budgets.editing.undo import undo
from budgets.models import Budget, BudgetLine
from finsam.frozen_tables import missing_triggers, unprotected
from members.models import Federation, Invitation, Logotype, Role, User
from plans.backup.archive import BackupError, Writer
from plans.backup.federation import storing, tables, taking_in
from plans.backup.federation.form import file_part, rows_part
from plans.backup.federation.leaving import export
from plans.backup.federation.taking_in import take_in
from plans.editing import goals_undoing, undoing
from plans.exchange.federation_folder import load
from plans.models import (
    Comment,
    ConsultationAnswer,
    Decision,
    DecisionFile,
    Goal,
    GoalChange,
    Notice,
    NoticeChoice,
    Plan,
    Section,
    SectionChange,
    Version,
    VersionFile,
)
from plans.review.places import Places
from plans.versions.contents import read
from tests.members import people
from tests.plans import whole_federation as whole
from tests.plans.adoption_world import Clock
from tests.plans.made_illustrations import file_of, photograph
from tests.plans.test_load_federation import FIXTURES, FOLDERS

pytestmark = pytest.mark.django_db
VERSIONS, SECTIONS, LINES = (
    rows_part(f"{label}") for label in ("plans.Version", "plans.Section", "budgets.BudgetLine")
)


@dataclass
class Left:
    """A federation that has left: its file, and how it was where it came from."""

    path: Path
    parts: dict[str, bytes]
    manifest: dict[str, object]
    password: str
    drawn: bytes
    frozen: list[object] = field(default_factory=list)


@pytest.fixture(scope="module")
def left(tmp_path_factory, django_db_setup, django_db_blocker) -> Left:
    """Made once; nothing of it is in the database afterwards."""
    path = tmp_path_factory.mktemp("left") / "gotland.zip"
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        clock = Clock()
        patch.setattr(timezone, "now", clock)
        made = whole.whole_federation(clock)
        manifest = export(made.federation, path)
        made_of = Left(
            path,
            parts_of(path),
            manifest,
            made.director.password,
            whole.drawn_draft(made.draft),
            frozen(),
        )
        transaction.set_rollback(True)
    return made_of


def parts_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name != "manifest.json"}


def frozen() -> list[object]:
    """All that is frozen, byte for byte."""
    return [
        list(Version.objects.order_by("place").values_list("place", "content", "previous_hash", "hash")),
        [
            (kind, hash, bytes(content))
            for model in (VersionFile, DecisionFile)
            for kind, hash, content in model.objects.order_by("pk").values_list("kind", "hash", "content")
        ],
        list(Decision.objects.values_list("content", "hash")),
        [
            bytes(each)
            for each in ConsultationAnswer.objects.exclude(file=None).values_list("file", flat=True)
        ],
    ]


def said(call: Callable[[], object]) -> str:
    """What a command says when it refuses."""
    with pytest.raises(CommandError) as told:
        call()
    return str(told.value)


# -- what comes along --------------------------------------------------------------------------------


def test_somebody_has_said_of_every_model_whether_it_comes_along():
    assert tables.unclassified() == []
    along = {table.label for table in tables.tables()}
    assert not along & (tables.SHARED.keys() | tables.LEFT_OUT.keys())
    targets = {tables.target(each) for table in tables.tables() for each in table.fields} - {""}
    assert targets <= along | {tables.USER}, "a foreign key out of the federation"


def test_a_row_of_every_table_comes_along(left):
    """What the rest of this file shows, it shows for all tables."""
    rows = left.manifest["rows"]
    assert [label for label, count in rows.items() if not count] == []
    assert set(rows) == {tables.USER, *(table.label for table in tables.tables())}


def test_no_secret_comes_along(left):
    packed = b"".join(left.parts.values())
    secrets = (left.password, whole.TOKEN, whole.SECRET, "på väg.csv", "gammal.example.se")
    assert [each for each in secrets if each.encode() in packed] == []
    assert b"token_hash" not in packed
    assert whole.DIRECTOR.encode() in packed


def test_the_file_says_what_is_in_it_and_is_for_its_owner_only(left):
    with ZipFile(left.path) as file:
        manifest = json.loads(file.read("manifest.json"))
    assert manifest["form"] == "finsam-federation-1"
    assert manifest["last_hash"] == left.frozen[0][-1][-1]
    assert {name: part["sha256"] for name, part in manifest["parts"].items()} == {
        name: sha256(content).hexdigest() for name, content in left.parts.items()
    }
    assert left.path.stat().st_mode & 0o777 == 0o600


# -- in another installation -------------------------------------------------------------------------


def test_everything_is_the_same_in_an_empty_installation(left, tmp_path):
    out = StringIO()
    call_command("import_federation", left.path, stdout=out)
    assert frozen() == left.frozen
    assert missing_triggers() == []
    assert "Karin Ek <karin.ek@example.se>" in out.getvalue()
    assert "STÄMMER INTE" not in out.getvalue()
    assert out.getvalue().count(": stämmer") == len(left.frozen[0])
    call_command("export_federation", "gotland", to=tmp_path / "igen.zip", stdout=StringIO())
    assert parts_of(tmp_path / "igen.zip") == left.parts


def test_everything_is_the_same_where_others_have_their_keys(left, tmp_path):
    """Another federation has rows with the same keys, of which none is touched."""
    other, _ = load(FIXTURES / "lund")
    export(other, tmp_path / "andra.zip")
    taken_in = take_in(left.path)
    export(taken_in.federation, tmp_path / "igen.zip")
    export(other, tmp_path / "andra-sedan.zip")
    assert parts_of(tmp_path / "igen.zip") == left.parts
    assert parts_of(tmp_path / "andra-sedan.zip") == parts_of(tmp_path / "andra.zip")
    assert frozen() == left.frozen


def test_the_draft_is_drawn_the_same(left):
    """Its figures, pictures and blocks find the rows that they show."""
    load(FIXTURES / "lund")
    federation = take_in(left.path).federation
    draft = Plan.objects.get(federation=federation, plan_year=2022)
    assert whole.drawn_draft(draft) == left.drawn


def test_what_was_removed_can_be_put_back(left):
    """The histories speak of the rows by their new keys, and of those that are gone by keys of nobody."""
    load(FIXTURES / "lund")
    federation = take_in(left.path).federation
    user = User.objects.get(email=whole.DIRECTOR)
    draft = Plan.objects.select_related("budget").get(federation=federation, plan_year=2022)
    budget, author = Budget.objects.get(pk=draft.budget_id), Author(user, "sittningen")
    names = lambda: set(BudgetLine.objects.filter(budget=budget).values_list("name", flat=True))  # noqa: E731
    undo(budget, author)
    assert names() == {"Staten", "Steget"}
    undo(Budget.objects.get(pk=budget.pk), author)
    assert names() == {"Staten", "Steget", "Kansli"}
    change = SectionChange.objects.get(plan=draft, action="remove")
    undoing.undo(draft, user, change.number)
    assert Section.objects.filter(plan=draft, heading="Tillfälligt").exists()
    change = GoalChange.objects.get(plan=draft, action="remove")
    goals_undoing.undo(draft, user, change.number)
    goal = Goal.objects.get(plan=draft, text="Fler i arbete")
    assert [each.name for each in goal.projects.all()] == ["Steget"]
    assert [each.text for each in goal.indicators.all()] == ["Andel i arbete"]


def test_a_comment_stays_at_its_line_and_no_other_line_gets_its_key(left):
    federation = take_in(left.path).federation
    comment = Comment.objects.get()
    place = Places(read(comment.version.content)).of(comment)
    assert place and (place.kind, place.name) == ("line", comment.place_name)
    keys = BudgetLine.objects.filter(budget__federation=federation).values_list("pk", flat=True)
    assert min(keys) > int(comment.line)


def test_the_logotype_comes_along(left):
    federation = take_in(left.path, "gotland-igen").federation
    assert bytes(Logotype.objects.get(federation=federation).content) == left.parts["logotype"]


def test_a_logotype_from_before_they_were_written_anew_is_so_when_it_is_taken_in(left, tmp_path):
    path = rewritten(left, tmp_path / "x.zip", {"logotype": file_of(photograph(), "GIF", comment=b"Karin")})
    taken_in = Logotype.objects.get(federation=take_in(path).federation)
    assert taken_in.media_type == "image/jpeg"
    assert b"Karin" not in bytes(taken_in.content)


def test_people_are_known_by_their_addresses_and_others_get_no_password(left):
    known = people.user(whole.DIRECTOR.upper(), name="Karin med annat namn")
    chair_before = {"turn": "never"}
    taken_in = take_in(left.path)
    assert taken_in.people.known == (known,)
    known.refresh_from_db()
    assert known.name == "Karin med annat namn"
    assert known.check_password(people.PASSWORD)
    assert Role.objects.filter(user=known, federation=taken_in.federation).count() == 1
    for new in taken_in.people.made:
        assert not new.has_usable_password()
        assert not (new.is_staff or new.is_superuser)
    assert NoticeChoice.objects.values().get(user__name="Anna Alm").items() >= chair_before.items()
    assert not Notice.objects.exists()


def test_what_somebody_has_chosen_here_stays(left):
    """How they want to be told belongs to the person, who was here before."""
    address = next(
        row["email"] for row in rows(left.parts[rows_part(tables.USER)]) if row["name"] == "Anna Alm"
    )
    NoticeChoice.objects.create(user=people.user(address), turn="daily")
    take_in(left.path)
    assert NoticeChoice.objects.get().turn == "daily"


def test_no_link_to_the_other_installation_leads_in(left):
    from members.invitations import found

    take_in(left.path)
    assert found(whole.TOKEN) is None
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_real_federations_move_to_another_name(folder, tmp_path):
    federation, _ = load(folder)
    call_command("export_federation", federation.slug, to=tmp_path / "ut.zip", stdout=StringIO())
    empty()
    call_command("import_federation", tmp_path / "ut.zip", slug="annat-namn", stdout=StringIO())
    again = Federation.objects.get()
    assert again.slug == "annat-namn"
    Federation.objects.update(slug=federation.slug)
    again.refresh_from_db()
    export(again, tmp_path / "igen.zip")
    assert parts_of(tmp_path / "igen.zip") == parts_of(tmp_path / "ut.zip")


def empty() -> None:
    """Nothing is left of any federation."""
    connection.check_constraints()
    Logotype.objects.all().delete()
    with unprotected():
        for table in reversed(tables.tables()):
            table.model._base_manager.all()._raw_delete(table.model._base_manager.db)
        connection.check_constraints()


# -- what is refused ---------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in content.splitlines()]


def lines(changed: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in changed)


def rewritten(left: Left, path: Path, parts: dict[str, bytes], **manifest: object) -> Path:
    """The file with other parts, and a manifest that says so: by somebody who knows the form."""
    with path.open("wb") as file:
        writer = Writer(file)
        for name, content in (left.parts | parts).items():
            writer.put(name, [content])
        writer.finish({**{k: v for k, v in left.manifest.items() if k != "parts"}, **manifest})
    return path


def with_row(left: Left, part: str, **changes: object) -> dict[str, bytes]:
    """The part with its last row changed."""
    *before, last = rows(left.parts[part])
    return {part: lines([*before, {**last, **changes}])}


def nothing_stored() -> bool:
    return not (Federation.objects.exists() or User.objects.exists() or Version.objects.exists())


def test_a_name_that_is_taken_is_refused_and_another_offered(left):
    people.federation("gotland")
    told = said(lambda: call_command("import_federation", left.path))
    assert "gotland används redan av Samordningsförbundet Gotland" in told
    assert "--slug" in told
    call_command("import_federation", left.path, slug="gotland-2", stdout=StringIO())
    assert set(Federation.objects.values_list("slug", flat=True)) == {"gotland", "gotland-2"}


def test_a_federation_that_is_here_is_refused(left):
    people.federation("visby", organisation_number=whole.NUMBER)
    assert f"har redan organisationsnumret {whole.NUMBER}" in said(
        lambda: call_command("import_federation", left.path)
    )


def test_versions_that_are_here_are_refused(left, tmp_path):
    take_in(left.path)
    path = rewritten(
        left, tmp_path / "x.zip", with_row(left, rows_part(tables.FEDERATION), organisation_number="")
    )
    assert "Förbundets versioner finns redan här, i gotland" in said(
        lambda: call_command("import_federation", path, slug="igen")
    )


@pytest.mark.parametrize("slug", ["admin", "../etc", "å"])
def test_a_name_that_no_federation_has_is_refused(left, slug):
    assert slug in said(lambda: call_command("import_federation", left.path, slug=slug))
    assert nothing_stored()


def test_a_file_with_any_part_damaged_is_refused(left, tmp_path):
    for content in whole.damaged(left.path):
        (tmp_path / "skadad.zip").write_bytes(content)
        assert "skadad" in said(lambda: call_command("import_federation", tmp_path / "skadad.zip"))
    (tmp_path / "kort.zip").write_bytes(left.path.read_bytes()[:-2000])
    assert "skadad" in said(lambda: call_command("import_federation", tmp_path / "kort.zip"))
    assert nothing_stored()


def test_a_newer_form_and_a_newer_finsam_are_refused(left, tmp_path):
    newer = rewritten(left, tmp_path / "a.zip", {}, form="finsam-federation-2")
    assert "finsam-federation-2" in said(lambda: call_command("import_federation", newer))
    later = rewritten(left, tmp_path / "b.zip", {}, migrations={"plans": "9999_later"})
    told = said(lambda: call_command("import_federation", later))
    assert "plans.9999_later" in told
    assert "Uppgradera" in told
    backup = rewritten(left, tmp_path / "c.zip", {}, form="finsam-backup-1")
    assert "är inte ett förbund" in said(lambda: call_command("import_federation", backup))


def _content_changed(left: Left) -> dict[str, bytes]:
    [*_, last] = rows(left.parts[VERSIONS])
    content = str(last["content"]).replace("Noll kronor", "Tio kronor")
    return with_row(left, VERSIONS, content=content, content_hash=sha256(content.encode()).hexdigest())


def _file_changed(left: Left) -> dict[str, bytes]:
    changed = b"%PDF-1.7 something else"
    name = sha256(changed).hexdigest()
    part = rows_part("plans.VersionFile")
    return {**with_row(left, part, content=name, hash=name, size=len(changed)), file_part(name): changed}


CHANGED = {
    "the content of a version": _content_changed,
    "a file of a version": _file_changed,
    "a column beside the content": lambda left: with_row(left, VERSIONS, plan_year=2020),
    "the order of the chain": lambda left: {VERSIONS: lines(_exchanged(rows(left.parts[VERSIONS])))},
    "a decision": lambda left: with_row(left, rows_part("plans.Decision"), paragraph="46"),
}


def _exchanged(versions: list[dict[str, object]]) -> list[dict[str, object]]:
    first, second = versions
    hashes = {"previous_hash": "", "place": 1}, {"previous_hash": second["hash"], "place": 2}
    return [{**first, **hashes[1]}, {**second, **hashes[0]}]


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED.keys())
def test_what_was_frozen_and_is_changed_is_refused(left, tmp_path, change):
    """However well the file itself holds together."""
    path = rewritten(left, tmp_path / "x.zip", change(left))
    told = said(lambda: call_command("import_federation", path))
    assert "är ändrad sedan den frystes" in told
    assert nothing_stored()


HOSTILE = {
    "a part that is a path": (lambda left: {"files/../../etc/passwd": b"x"}, "hör inte till ett förbund"),
    "a file under another name": (lambda left: {file_part("0" * 64): b"x"}, "hör inte till ett förbund"),
    "an unknown column": (lambda left: with_row(left, LINES, is_superuser=True), "is_superuser"),
    "a person with rights": (
        lambda left: with_row(left, rows_part(tables.USER), is_superuser=True),
        "inte namn och e-postadress",
    ),
    "a person without an address": (
        lambda left: with_row(left, rows_part(tables.USER), email="<script>"),
        "e-postadress",
    ),
    "a row that is not there": (lambda left: with_row(left, LINES, budget=99), "budgets.Budget 99"),
    "a key of the wrong kind": (lambda left: with_row(left, LINES, budget="1"), "hänvisning"),
    "a row of another budget": (lambda left: _of_another_budget(left), "annan budget"),
    "a choice that is none": (lambda left: with_row(left, LINES, section="skuld"), "inget av valen"),
    "a broken constraint": (lambda left: with_row(left, LINES, member_kind="state"), "tar inte emot"),
    "a text that is too long": (lambda left: with_row(left, LINES, name="x" * 5000), "200"),
    "a sign that no database takes": (lambda left: with_row(left, LINES, name="a\0b"), "tecken"),
    "half a sign": (lambda left: with_row(left, LINES, name="\ud800"), "tecken"),
    "a number that is too large": (lambda left: with_row(left, LINES, position=10**30), "position"),
    "a key that is too large": (lambda left: with_row(left, LINES, id=10**18), "orimliga nycklar"),
    "a key below one": (lambda left: with_row(left, LINES, id=-1), "orimliga nycklar"),
    "no JSON": (lambda left: {LINES: b"{]\n"}, "inte JSON"),
    "no row": (lambda left: {LINES: b"[]\n"}, "saknar nyckel"),
    "a deep list": (lambda left: {LINES: b"[" * 100_000 + b"\n"}, "inte JSON"),
    "half a line": (lambda left: {LINES: left.parts[LINES][:-10]}, "mitt i en rad"),
    "two federations": (
        lambda left: {rows_part(tables.FEDERATION): left.parts[rows_part(tables.FEDERATION)] * 2},
        "flera rader med samma nyckel",
    ),
    "none": (lambda left: {rows_part(tables.FEDERATION): b""}, "har inte ett förbund"),
    "a history of nothing": (
        lambda left: with_row(left, rows_part("budgets.ChangeStep"), table="auth_user"),
        "ChangeStep",
    ),
    "a logotype that is none": (lambda left: {"logotype": b"<svg onload=alert(1)>"}, "Logotypen"),
    "a picture that is none": (lambda left: _no_picture(left), "Bilden"),
}


def _of_another_budget(left: Left) -> dict[str, bytes]:
    lines_ = rows(left.parts[LINES])
    [cell, *_] = rows(left.parts[rows_part("budgets.Amount")])
    year = next(
        each for each in rows(left.parts[rows_part("budgets.BudgetYear")]) if each["id"] != cell["year"]
    )
    own = next(each for each in lines_ if each["id"] == cell["line"])
    other = next(each for each in lines_ if each["budget"] != own["budget"])
    assert year
    return with_row(left, rows_part("budgets.Amount"), line=own["id"], year=_year_of(left, other["budget"]))


def _year_of(left: Left, budget: object) -> object:
    years = rows(left.parts[rows_part("budgets.BudgetYear")])
    return next(each["id"] for each in years if each["budget"] == budget)


def _no_picture(left: Left) -> dict[str, bytes]:
    content = b"<html><script>alert(1)</script>"
    name = sha256(content).hexdigest()
    return {
        **with_row(left, rows_part("plans.Illustration"), content=name, key=name[:20]),
        file_part(name): content,
    }


@pytest.mark.parametrize(("change", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_words(left, tmp_path, change, words):
    path = rewritten(left, tmp_path / "x.zip", change(left))
    assert words in said(lambda: call_command("import_federation", path))
    assert nothing_stored()


def test_a_file_that_swells_is_refused_unread(left, tmp_path):
    path = rewritten(left, tmp_path / "x.zip", {LINES: b"0" * 50_000_000})
    assert path.stat().st_size < 5_000_000
    assert "orimligt mycket större" in said(lambda: call_command("import_federation", path))


def test_a_file_that_is_too_large_is_refused_unread(left, monkeypatch):
    monkeypatch.setattr(taking_in, "LARGEST", 1024)
    assert "när den packas upp" in said(lambda: call_command("import_federation", left.path))


def test_words_that_finsam_does_not_take_are_left_out(left, tmp_path):
    text = '<p onclick="alert(1)">Hej<script>alert(1)</script></p>'
    path = rewritten(left, tmp_path / "x.zip", with_row(left, SECTIONS, text=text))
    federation = take_in(path).federation
    texts = Section.objects.filter(plan__federation=federation).values_list("text", flat=True)
    assert "<p>Hej</p>" in texts
    assert not any("script" in each or "onclick" in each for each in texts)


def test_what_fails_half_way_leaves_nothing(left, monkeypatch):
    def fail(federation: Federation) -> Iterator[tuple[object, Model, Exception]]:
        raise BackupError("Strömmen gick.")

    monkeypatch.setattr(taking_in, "clean", fail)
    assert said(lambda: call_command("import_federation", left.path)) == "Strömmen gick."
    assert nothing_stored()


def test_an_unknown_federation_and_a_file_that_is_there_are_told(left, tmp_path):
    assert said(lambda: call_command("export_federation", "vik", to=tmp_path / "x.zip")) == (
        "Det finns inget förbund vik."
    )
    people.federation("norrby")
    (tmp_path / "x.zip").write_bytes(b"annat")
    assert "finns redan" in said(lambda: call_command("export_federation", "norrby", to=tmp_path / "x.zip"))
    assert (tmp_path / "x.zip").read_bytes() == b"annat"
    assert "finns inte" in said(lambda: call_command("import_federation", tmp_path / "saknas.zip"))


def test_rows_are_stored_in_batches(left, monkeypatch, tmp_path):
    """However many there are at a time, it is the same federation."""
    monkeypatch.setattr(taking_in, "ROWS_AT_A_TIME", 2)
    monkeypatch.setattr(taking_in, "FILES_AT_A_TIME", 1)
    monkeypatch.setattr(storing, "ROWS_AT_A_TIME", 2)
    export(take_in(left.path).federation, tmp_path / "igen.zip")
    assert parts_of(tmp_path / "igen.zip") == left.parts
