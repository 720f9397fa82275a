"""Writes a federation with all its data. The same data give the same parts, whatever installation they are
in: keys are numbered anew, in the order they were made."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from members.models import Federation, Logotype, User
from plans.backup.archive import BackupError, Writer, new_archive
from plans.backup.federation.form import FORM, LOGOTYPE, file_part, rows_part
from plans.backup.federation.references import Row, with_keys
from plans.backup.federation.tables import APPS, OF_PEOPLE, USER, Table, tables
from plans.backup.federation.values import to_json
from plans.backup.manifest import commit, latest_migrations
from plans.models import Version
from plans.versions.contents import hash_of
from plans.versions.snapshot import snapshot

ROWS_AT_A_TIME = 200


def export(federation: Federation, target: Path) -> dict[str, Any]:
    """The federation as a file that `taking_in.take_in` reads; its manifest. Raises BackupError."""
    with new_archive(target) as writer, snapshot():
        leaving = _Leaving(federation, writer)
        counts = leaving.write()
        chain = Version.objects.filter(federation=federation).order_by("-place")
        last = chain.values_list("hash", flat=True).first()
        manifest = {
            "form": FORM,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
            "slug": federation.slug,
            "name": federation.name,
            "migrations": {app: name for app, name in latest_migrations("default").items() if app in APPS},
            "last_hash": last or "",
            "rows": counts,
        }
        writer.finish(manifest)
    return manifest


class _Leaving:
    """One federation on its way out."""

    def __init__(self, federation: Federation, writer: Writer) -> None:
        self.federation, self.writer = federation, writer
        self.people: list[User] = []
        self.numbers: dict[str, dict[int, int]] = {}

    def write(self) -> dict[str, int]:
        """All rows and files; how many rows of each table."""
        self._number()
        counts = {USER: self._put(USER, map(self._person, self.people))}
        for table in tables():
            counts[table.label] = self._put(table.label, self._rows(table), table.has_files)
        if logotype := Logotype.objects.filter(federation=self.federation).first():
            self.writer.put(LOGOTYPE, [bytes(logotype.content)], packed=False)
        return counts

    def _number(self) -> None:
        """New keys for all rows, and for those that are gone and are still spoken of."""
        known: dict[str, set[int]] = defaultdict(set)
        referred: dict[str, set[int]] = defaultdict(set)
        spoken: dict[str, set[int]] = defaultdict(set)

        def refers(label: str, key: int) -> int:
            referred[label].add(key)
            return key

        def mentions(label: str, key: int) -> int:
            spoken[label].add(key)
            return key

        def read(table: Table) -> None:
            for row in self._read(table, table.light_fields):
                known[table.label].add(row["id"])
                with_keys(table, row, refers, mentions)

        of_people = [table for table in tables() if table.label in OF_PEOPLE]
        for table in tables():
            if table not in of_people:
                read(table)
        self.people = list(User.objects.filter(pk__in=referred.pop(USER, ())).order_by("email"))
        for table in of_people:
            read(table)
        for label in referred.keys() - {USER}:
            if strangers := referred[label] - known[label]:
                raise BackupError(
                    f"Förbundet hänvisar till rader som inte är dess egna ({label} {min(strangers)}), så det "
                    "kan inte lämnas ut som det är. Kontakta den som utvecklar Finsam."
                )
        self.numbers = {
            label: {key: number for number, key in enumerate(sorted(known[label] | spoken[label]), start=1)}
            for label in known.keys() | spoken.keys()
        }
        self.numbers[USER] = {user.pk: number for number, user in enumerate(self.people, start=1)}

    def _read(self, table: Table, fields: Iterable[Any]) -> Iterator[Row]:
        columns = {field.attname: field.name for field in fields}
        found = table.rows(self.federation, [user.pk for user in self.people])
        for values in found.values("pk", *columns).iterator(ROWS_AT_A_TIME):
            row = {name: to_json(values[column], self._put_file) for column, name in columns.items()}
            yield {"id": values["pk"], **row}

    def _rows(self, table: Table) -> Iterator[Row]:
        for row in self._read(table, table.fields):
            numbered = with_keys(table, row, self._numbered, self._numbered)
            yield {**numbered, "id": self.numbers[table.label][row["id"]]}

    def _numbered(self, label: str, key: int) -> int | None:
        """None for an account that has been removed; the log still has the name."""
        if key < 1:
            return key
        return self.numbers[label].get(key)

    def _person(self, user: User) -> Row:
        return {
            "id": self.numbers[USER][user.pk],
            "email": user.email,
            "name": user.name,
            "is_active": user.is_active,
        }

    def _put(self, label: str, rows: Iterable[Row], has_files: bool = False) -> int:
        """A part with the rows; how many they are. Rows with files are gathered first, since an archive is
        written one part at a time."""
        count, rows = 0, list(rows) if has_files else rows

        def lines() -> Iterator[bytes]:
            nonlocal count
            for row in rows:
                count += 1
                yield json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"

        self.writer.put(rows_part(label), lines())
        return count

    def _put_file(self, content: bytes) -> str:
        name = hash_of(content)
        if file_part(name) not in self.writer.parts:
            self.writer.put(file_part(name), [content], packed=False)
        return name
