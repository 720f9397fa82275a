"""Takes in a federation that left another installation. All or nothing, and nothing in the file is
believed."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from members.invitations import hashed, new_token
from members.models import Federation
from members.models.federation import RESERVED_SLUGS
from plans.backup.archive import BackupError, Reader, opened
from plans.backup.federation.form import FORM, KIND, LARGEST, LOGOTYPE, LONGEST_LINE, file_part, rows_part
from plans.backup.federation.frozen import check_frozen
from plans.backup.federation.keys import reserved
from plans.backup.federation.logotype import store_logotype
from plans.backup.federation.people import People, people_of
from plans.backup.federation.references import Row, with_keys
from plans.backup.federation.storing import ROWS_AT_A_TIME, clean, insert
from plans.backup.federation.tables import FEDERATION, OF_PEOPLE, USER, Table, tables
from plans.backup.federation.values import from_json
from plans.backup.manifest import check_known
from plans.models import Version

FILES_AT_A_TIME = 10


@dataclass(frozen=True)
class TakenIn:
    federation: Federation
    people: People
    versions: int


def take_in(path: Path, slug: str = "") -> TakenIn:
    """The federation of the file, with another name in addresses if one is given. Raises BackupError, and
    then nothing has been stored."""
    with opened(path, FORM, KIND, LARGEST) as reader:
        migrations = reader.manifest.get("migrations")
        if not isinstance(migrations, dict):
            raise BackupError(f"{reader.name}: förteckningen kan inte läsas.")
        check_known(reader.name, migrations)
        reader.check()
        taking = _TakingIn(reader, slug)
        try:
            with transaction.atomic():
                return taking.store()
        except DatabaseError as error:
            raise BackupError(f"{reader.name}: databasen tar inte emot förbundet ({error}).") from error


class _TakingIn:
    """One federation on its way in."""

    def __init__(self, reader: Reader, slug: str) -> None:
        self.reader, self.slug = reader, slug
        self.keys: dict[str, dict[int, int]] = {}
        self.rows: dict[str, set[int]] = {}

    def store(self) -> TakenIn:
        self._check_parts()
        self._reserve()
        self._check_free()
        for table in tables():
            self._store(table)
        federation = Federation.objects.get(pk=self._federation_key)
        for table, row, error in clean(federation):
            raise self._fault(table.label, row, " ".join(error.messages))
        check_frozen(federation)
        connection.check_constraints()
        if LOGOTYPE in self.reader.parts:
            store_logotype(federation, self.reader.content(LOGOTYPE))
        return TakenIn(federation, self.people, Version.objects.filter(federation=federation).count())

    @property
    def _federation_key(self) -> int:
        return next(iter(self.keys[FEDERATION].values()))

    # -- reading -----------------------------------------------------------------------------

    def _fault(self, label: str, row: Any, what: object) -> BackupError:
        return BackupError(f"{self.reader.name}: {label}, rad {row}: {what}")

    def _check_parts(self) -> None:
        known = {rows_part(label) for label in (USER, *(table.label for table in tables()))}
        for name, part in self.reader.parts.items():
            if name != LOGOTYPE and name not in known and name != file_part(part.sha256):
                raise BackupError(f"{self.reader.name}: delen {name!r} hör inte till ett förbund.")

    def _lines(self, label: str) -> Iterator[Row]:
        """The rows of a model as they stand in the file."""
        part = rows_part(label)
        if part not in self.reader.parts:
            return
        for number, line in enumerate(self.reader.lines(part, LONGEST_LINE), start=1):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                raise self._fault(label, number, "Raden är inte JSON.") from None
            if not isinstance(row, dict) or type(row.get("id")) is not int:
                raise self._fault(label, number, "Raden saknar nyckel.")
            yield row

    def _with_keys(self, table: Table, row: Row, refers: Any, mentions: Any) -> Row:
        try:
            return with_keys(table, row, refers, mentions)
        except (ValueError, TypeError, KeyError) as error:
            raise self._fault(table.label, row["id"], error) from None

    # -- keys --------------------------------------------------------------------------------

    def _reserve(self) -> None:
        """New keys for all rows, and for those that are gone and are still spoken of."""
        spoken: dict[str, set[int]] = defaultdict(set)
        anchors = {0}

        def note(label: str, key: Any) -> Any:
            if type(key) is not int:
                raise ValueError("En hänvisning är inget tal.")
            if key > 0 and label != USER:
                spoken[label].add(key)
            return key

        self.people = people_of(list(self._lines(USER)), self.reader.name)
        self.keys[USER], self.rows[USER] = self.people.keys, set(self.people.keys)
        for table in tables():
            ids = [row["id"] for row in self._noted(table, note, anchors)]
            if len(set(ids)) < len(ids):
                raise BackupError(f"{self.reader.name}: {table.label} har flera rader med samma nyckel.")
            self.rows[table.label] = set(ids)
        if len(self.rows[FEDERATION]) != 1:
            raise BackupError(f"{self.reader.name} har inte ett förbund.")
        # A comment names a line by the key it had when the version was frozen: no other line may get it.
        above = {"budgets.BudgetLine": max(anchors)}
        for table in tables():
            known = self.rows[table.label] | spoken[table.label]
            self.keys[table.label] = reserved(table.model, known, above.get(table.label, 0))

    def _noted(self, table: Table, note: Any, anchors: set[int]) -> Iterator[Row]:
        for row in self._lines(table.label):
            self._with_keys(table, row, note, note)
            line = row.get("line")
            if table.label == "plans.Comment" and isinstance(line, str) and line.isdecimal():
                anchors.add(int(line[:20]))
            yield row

    def _refers(self, label: str, key: int) -> int:
        if key not in self.rows.get(label, ()):
            raise ValueError(f"hänvisar till en rad som inte finns ({label} {key}).")
        return self.keys[label][key]

    def _mentions(self, label: str, key: int) -> int:
        return self.keys[label][key] if key > 0 else key

    # -- storing -----------------------------------------------------------------------------

    def _check_free(self) -> None:
        """Raises BackupError when the federation, or its name in addresses, is here already."""
        [row] = self._lines(FEDERATION)
        self.slug = self.slug or str(row.get("slug"))
        try:
            Federation._meta.get_field("slug").run_validators(self.slug)
        except ValidationError as error:
            raise BackupError(f"Adressnamnet {self.slug!r}: {' '.join(error.messages)}") from None
        if self.slug in RESERVED_SLUGS:
            raise BackupError(
                f"Adressnamnet {self.slug} används av Finsam självt. Ange ett annat med --slug."
            )
        if taken := Federation.objects.filter(slug=self.slug).first():
            raise BackupError(
                f"Adressnamnet {self.slug} används redan av {taken.name}. Ange ett annat med --slug."
            )
        number = row.get("organisation_number")
        if number and (taken := Federation.objects.filter(organisation_number=number).first()):
            raise BackupError(f"{taken.name} ({taken.slug}) har redan organisationsnumret {number}.")
        if hash := self.reader.manifest.get("last_hash"):
            version = Version.objects.filter(hash=str(hash)).select_related("federation").first()
            if version:
                raise BackupError(f"Förbundets versioner finns redan här, i {version.federation.slug}.")

    def _store(self, table: Table) -> None:
        most = FILES_AT_A_TIME if table.has_files else ROWS_AT_A_TIME
        rows: list[Row] = []
        for row in self._lines(table.label):
            if table.label in OF_PEOPLE and not self._is_new(row[OF_PEOPLE[table.label]]):
                continue
            rows.append(self._values(table, row))
            if len(rows) == most:
                insert(table.model, rows)
                rows = []
        insert(table.model, rows)

    def _is_new(self, person: int) -> bool:
        """Whether somebody came along now; one who was here has chosen already."""
        return self.keys[USER].get(person) in {user.pk for user in self.people.made}

    def _values(self, table: Table, row: Row) -> Row:
        """What is stored of a row, by field. Raises BackupError."""
        if unknown := row.keys() - {"id", *(field.name for field in table.fields)}:
            raise self._fault(table.label, row["id"], f"Uppgiften {min(unknown)!r} känner Finsam inte.")
        keyed = self._with_keys(table, row, self._refers, self._mentions)
        values: Row = {"id": self.keys[table.label][row["id"]]}
        for field in table.fields:
            if field.name not in row and not field.has_default():
                raise self._fault(table.label, row["id"], f"Uppgiften {field.name} saknas.")
            value = keyed[field.name] if field.name in row else field.get_default()
            try:
                related = field.related_model is not None
                values[field.name] = value if related else from_json(field, value, self._file)
            except ValidationError as error:
                raise self._fault(
                    table.label, row["id"], f"{field.name}: {' '.join(error.messages)}"
                ) from None
        return self._completed(table, values)

    def _completed(self, table: Table, values: Row) -> Row:
        """With what does not come along."""
        if table.label == FEDERATION:
            values["slug"] = self.slug
        if table.label == "members.Invitation":
            values["token_hash"] = hashed(new_token())  # no link leads here until it is sent again
        return values

    def _file(self, sha256: str) -> bytes:
        part = self.reader.parts.get(file_part(sha256))
        if part is None:
            raise ValidationError("Filen saknas.")
        return self.reader.content(file_part(sha256))
