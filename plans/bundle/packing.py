"""A bundle as a zip: the same data give the same bytes. The files are packed one by one, to disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from finsam import readable_json
from plans.bundle.contents import Bundle, Item
from plans.versions.contents import hash_of

FORM = "finsam-revisorspaket-1"
WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file: the first that a zip knows."""
ON_UNIX = 3
READABLE = 0o644 << 16
PACKED = (".csv", ".html", ".json")
"""The other kinds are packed in themselves."""


@dataclass(frozen=True)
class Packed:
    """A file that is packed. `size` in bytes."""

    item: Item
    size: int
    hash: str

    @property
    def name(self) -> str:
        """Without its folder."""
        return self.item.path.rpartition("/")[2]

    @property
    def differs(self) -> bool:
        """Whether it is not what Finsam has stored the hash of."""
        return self.item.expected not in ("", self.hash)


def packed(bundle: Bundle) -> IO[bytes]:
    """The zip, from its beginning; it is gone when it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    try:
        with ZipFile(file, "w") as target:
            files = [_add(target, bundle, item) for item in bundle.items]
            files.append(_add(target, bundle, _index(bundle, files)))
            manifest = _add(target, bundle, _manifest(bundle, files))
            _add(target, bundle, _sums([*files, manifest]))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _add(target: ZipFile, bundle: Bundle, item: Item) -> Packed:
    content = item.read()
    info = ZipInfo(f"{bundle.name}/{item.path}", WHEN)
    info.create_system, info.external_attr = ON_UNIX, READABLE
    info.compress_type = ZIP_DEFLATED if item.path.endswith(PACKED) else ZIP_STORED
    target.writestr(info, content)
    return Packed(item, len(content), hash_of(content))


def _index(bundle: Bundle, files: Sequence[Packed]) -> Item:
    by_path = {each.item.path: each for each in files}
    context = {
        "bundle": bundle,
        "groups": [(group, [by_path[item.path] for item in group.items]) for group in bundle.groups],
        "tables": [(table, by_path[table.item.path]) for table in bundle.tables],
        "differing": [each for each in files if each.differs],
    }
    page = render_to_string("plans/log/bundle.html", context)
    return Item("index.html", "innehållsförteckning", page.encode)


def _manifest(bundle: Bundle, files: Sequence[Packed]) -> Item:
    text = readable_json.dumps(
        {
            "form": FORM,
            "federation": bundle.federation,
            "plan_year": bundle.plan_year,
            "versions": bundle.versions,
            "left_out": bundle.left_out,
            "chain": bundle.chain,
            "files": [_said_of_file(each) for each in files],
        }
    )
    return Item("manifest.json", "förteckning för program", text.encode)


def _said_of_file(file: Packed) -> dict[str, object]:
    said: dict[str, object] = {
        "path": file.item.path,
        "what": file.item.what,
        "size": file.size,
        "sha256": file.hash,
    }
    return {**said, "stored_sha256": file.item.expected} if file.differs else said


def _sums(files: Sequence[Packed]) -> Item:
    """As `sha256sum -c` reads it."""
    lines = [f"{each.hash}  {each.item.path}\n" for each in sorted(files, key=lambda each: each.item.path)]
    return Item("SHA256SUMS", "kontrollsummor", "".join(lines).encode)
