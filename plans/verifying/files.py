"""What is wrong with files: against the hash they were frozen with, and the same files made again. Pure."""

from collections.abc import Callable, Mapping, Sequence

from plans.verifying.differing import differences
from plans.verifying.faults import Fault, Kind
from plans.verifying.saying import UnreadableFileError, said
from plans.verifying.stored import StoredFile
from plans.versions.contents import hash_of

Hashes = Mapping[str, str]
"""By kind of file."""


def frozen_hashes(
    files: Sequence[StoredFile], again: Mapping[str, bytes], is_right: Callable[[Hashes], bool]
) -> Hashes | None:
    """The hashes that the files were frozen with, as the hash over them says: those that are stored, or those
    of the files made again, when the stored ones have been changed too. None when it is neither."""
    stored = {file.kind: file.hash for file in files}
    made = {kind: hash_of(content) for kind, content in again.items()}
    return next((hashes for hashes in (stored, made) if is_right(hashes)), None)


def file_faults(
    files: Sequence[StoredFile], frozen: Hashes | None, again: Mapping[str, bytes], names: Mapping[str, str]
) -> list[Fault]:
    """`again` are the files as they are made today, none of them when that cannot be done; `names` are the
    kinds of files in words."""
    hashes = {file.kind: file.hash for file in files} if frozen is None else frozen
    present = {file.kind for file in files}
    wanted = {*again, *hashes} if frozen is None else hashes
    gone = [names[kind] for kind in sorted(wanted) if kind not in present]
    found = [Fault(Kind.FILE, "Den finns inte längre.", name) for name in gone]
    for file in files:
        if file.kind not in hashes:
            found.append(Fault(Kind.FILE, "Den har kommit till efteråt.", file.name))
        elif fault := _fault(file, hashes[file.kind], again.get(file.kind)):
            found.append(fault)
    return found


def what_changed(files: Sequence[StoredFile], again: Mapping[str, bytes]) -> str:
    """In what the files would say, of contents that have been changed after they were made."""
    if not again:
        return "Vad det var går inte att visa."
    for file in sorted(files, key=lambda each: each.form != "pdf"):
        try:
            then, now = said(file.form, file.content), said(file.form, again[file.kind])
        except (UnreadableFileError, KeyError):
            continue
        if found := differences(then.words, now.words):
            return f"{file.name[:1].upper()}{file.name[1:]}: {found}"
    return "Det som står i filerna är detsamma."


def same_files(files: Sequence[StoredFile], again: Mapping[str, bytes]) -> int:
    """How many are made to the same bytes."""
    return sum(again.get(file.kind) == file.content for file in files)


def _fault(file: StoredFile, frozen: str, again: bytes | None) -> Fault | None:
    actual = hash_of(file.content)
    if actual != frozen:
        return Fault(Kind.FILE, _what_it_says(file, again), file.name)
    if (file.hash, file.size) != (actual, len(file.content)):
        detail = "Filen är den som frystes; kontrollsumman eller storleken som står bredvid den är en annan."
        return Fault(Kind.ROW, detail, file.name)
    if again is None or again == file.content:
        return None
    return _made_otherwise(file, again)


def _what_it_says(file: StoredFile, again: bytes | None) -> str:
    """Of a file with other bytes than it was frozen with."""
    try:
        words = said(file.form, file.content).words
    except UnreadableFileError:
        return "Den går inte längre att läsa."
    if again is None:
        return "Vad den sade då går inte att göra om."
    return differences(words, said(file.form, again).words) or "Den säger samma sak."


def _made_otherwise(file: StoredFile, again: bytes) -> Fault:
    """Of a file that is as it was frozen, and becomes another when it is made today."""
    now = said(file.form, again)
    try:
        then = said(file.form, file.content)
    except UnreadableFileError:
        return Fault(Kind.SAYING, "Den går inte att läsa.", file.name)
    if found := differences(then.words, now.words):
        return Fault(Kind.SAYING, found, file.name)
    if then.library != now.library:
        detail = f"Den är gjord med {then.library} och blir andra byte med {now.library}."
    else:
        detail = "Den blir andra byte i dag: Finsam eller ett bibliotek som det använder är ändrat."
    return Fault(Kind.LIBRARY, f"{detail} Text och siffror är desamma.", file.name)
