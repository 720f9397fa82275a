"""What a verification says, in words."""

from dataclasses import dataclass, field

from plans.verifying.faults import Judged
from plans.verifying.recognising import Recognised
from plans.verifying.stored import StoredVersion
from plans.versions.making import PURPOSE_NAMES


@dataclass
class Tally:
    """What has been gone through so far. `lacks` are what is wrong beside the versions."""

    federations: int = 0
    versions: int = 0
    decisions: int = 0
    same_files: int = 0
    faults: int = 0
    faulty_versions: int = 0
    other_files: int = 0
    lacks: list[str] = field(default_factory=list)

    def add(self, version: StoredVersion, found: Judged) -> None:
        faults = [fault for fault in found.faults if not fault.is_remark]
        self.versions += 1
        self.decisions += version.decision is not None
        self.same_files += found.same_files
        self.faults += len(faults)
        self.faulty_versions += bool(faults)
        self.other_files += len(found.faults) - len(faults)

    @property
    def is_right(self) -> bool:
        return not self.faults and not self.lacks

    @property
    def summary(self) -> str:
        """Allt stämmer: 2 versioner och 1 beslut i 1 förbund. 16 filer är gjorda om till samma byte."""
        gone_through = (
            f"{counted(self.versions, 'version', 'versioner')} och {counted(self.decisions, 'beslut')} i "
            f"{counted(self.federations, 'förbund')}. "
            f"{counted(self.same_files, 'fil', 'filer')} är gjorda om till samma byte."
        )
        if self.other_files:
            gone_through += (
                f" {counted(self.other_files, 'fil', 'filer')} blir andra byte i dag men säger samma sak: "
                "ett bibliotek är ändrat."
            )
        if self.is_right:
            return f"Allt stämmer: {gone_through}"
        faults = [counted(self.faults, "fel") + f" i {counted(self.faulty_versions, 'version', 'versioner')}"]
        return " ".join(
            [f"STÄMMER INTE: {', '.join([*(faults if self.faults else []), *self.lacks])}.", gone_through]
        )


def counted(number: int, one: str, several: str = "") -> str:
    """2 versioner"""
    return f"{number} {one if number == 1 else several or one}"


def version_words(version: StoredVersion) -> str:
    """2021, version 2 (till styrelsen 2020-11-10), fastställd 2020-11-24 § 45"""
    sent = f"{PURPOSE_NAMES[version.purpose]} {version.made_at:%Y-%m-%d}"
    words = f"{version.plan_year}, version {version.number} ({sent})"
    if version.decision:
        words += f", fastställd {version.decision.decided_on} § {version.decision.paragraph}"
    return words


def expected_words(found: Recognised | None) -> str:
    """What a hash belongs to."""
    if found is None:
        return "Kontrollsumman hör inte till någon version här."
    whose = f"{found.what}, {found.federation}, {found.plan_year}, version {found.number}"
    if found.adoption is None:
        return f"Kontrollsumman är av {whose}. Versionen är inte fastställd."
    after = found.adoption.superseded_on
    later = f" En senare version gäller sedan {after}." if after else ""
    return f"Kontrollsumman är av {whose}. Versionen är fastställd {found.adoption.words}.{later}"
