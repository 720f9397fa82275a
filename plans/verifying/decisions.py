"""What is wrong with a decision: what was recorded of the meeting, its files, and the version it adopted."""

from collections.abc import Mapping

from plans.decisions.adopting import adopted_files
from plans.decisions.record import Record, decision_hash, read
from plans.models import DecisionFile
from plans.verifying.faults import Fault, Judged, Kind
from plans.verifying.files import Hashes, file_faults, frozen_hashes, same_files, what_changed
from plans.verifying.frozen import canonical_faults, column_faults, opened, remade
from plans.verifying.stored import StoredDecision
from plans.versions.contents import Contents, hash_of

NAMES: Mapping[str, str] = {kind.value: kind.label for kind in DecisionFile.Kind}


def decision_judged(decision: StoredDecision, version_hash: str, contents: Contents | None) -> Judged:
    """The decision of the version with this hash; its documents are made of `contents`, unless those have
    been changed (None)."""
    record, why_not = opened(decision.content, read)
    again, cannot = remade(adopted_files, contents, record)
    actual = hash_of(decision.content.encode())

    def is_right(hashes: Hashes) -> bool:
        return record is not None and decision.hash == decision_hash(record.version_hash, actual, hashes)

    frozen = frozen_hashes(decision.files, again, is_right)
    if record is None:
        faults, again = [Fault(Kind.DECISION, why_not)], {}
    elif frozen is None and actual != decision.content_hash:
        faults, again = [Fault(Kind.DECISION, what_changed(decision.files, again))], {}
    else:
        faults = [] if frozen is not None else [Fault(Kind.DECISION, "Kontrollsumman stämmer inte.")]
        faults += [*cannot, *canonical_faults(decision.content), *_column_faults(decision, record)]
    if record and record.version_hash != version_hash:
        detail = f"Versionen som fastställdes hade kontrollsumman {record.version_hash}."
        faults = [*faults, Fault(Kind.CHAIN, detail)]
    faults = [*faults, *file_faults(decision.files, frozen, again, NAMES)]
    return Judged(tuple(faults), same_files(decision.files, again))


def _column_faults(decision: StoredDecision, record: Record) -> list[Fault]:
    return column_faults(
        {
            "Kontrollsumman": (decision.content_hash, hash_of(decision.content.encode())),
            "Dagen": (decision.decided_on, record.on),
            "Paragrafen": (decision.paragraph, record.paragraph),
            "När": (decision.at, record.recorded_at),
            "Av vem": (decision.by_name, record.recorded_by),
        }
    )
