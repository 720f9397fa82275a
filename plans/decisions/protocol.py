"""The extract of the protocol: what the meeting decided of the plan and how, as a document (KL 5 kap. 66–67
§§ via 6 kap. 35 §). Pure."""

from collections.abc import Iterable, Iterator

from plans.compose.writing import codes_explained, label, paragraph, text_cell
from plans.decisions.record import Attendant, Explained, Record
from plans.document import (
    Block,
    BulletList,
    Document,
    Fact,
    Facts,
    Heading,
    Item,
    Paragraph,
    Signature,
    Signatures,
    Span,
    Table,
    TableColumn,
    TableRow,
    TitlePage,
)
from plans.render.pdf.printable import with_codes

VOTE_NAMES = {"yes": "ja", "no": "nej", "abstains": "avstår"}


def protocol(record: Record) -> Document:
    """The document; its only clock is when the decision was recorded."""
    return Document(
        title_page=TitlePage(
            federation=record.federation,
            title="Protokollsutdrag",
            subtitle=f"{_whose(record)} sammanträde {record.on}, § {record.paragraph}",
            state=f"{record.title}, version {record.version_number}",
            members=(),
            diary_number=record.diary_number,
            organisation_number=record.organisation_number,
        ),
        blocks=tuple(_blocks(record)),
        made_at=record.recorded_at,
        is_draft=False,
    )


def _whose(record: Record) -> str:
    return "Medlemmarnas" if record.by_members else "Styrelsens"


def _blocks(record: Record) -> Iterator[Block]:
    yield Heading(1, f"§ {record.paragraph} {record.title}", "arendet", in_contents=False)
    yield from _meeting(record)
    yield Heading(2, "Deltagare", "deltagare", in_contents=False)
    yield from _attendance(record)
    yield Heading(2, "Förslag", "forslag", in_contents=False)
    yield from _proposals(record)
    yield Heading(2, "Beslut", "beslut", in_contents=False)
    yield from _decision(record)
    reservations = [each for each in record.attendants if each.reservation]
    if reservations:
        yield Heading(2, "Reservationer", "reservationer", in_contents=False)
        yield from _reservations(reservations)
    if record.explained:
        yield Heading(2, "Motiveringar", "motiveringar", in_contents=False)
        yield BulletList(tuple(map(_explained, record.explained)), ordered=True)
    yield Heading(2, "Vad som är beslutat", "version", in_contents=False)
    yield from _version(record)
    yield Heading(2, "Underskrifter", "underskrifter", in_contents=False)
    yield Signatures(True, tuple(_signatures(record)))


def _meeting(record: Record) -> Iterator[Block]:
    said = {
        "Datum": str(record.on),
        "Plats": record.place,
        "Beslutande": "medlemmarna, för ett nytt förbund (FinsamL 23 §)"
        if record.by_members
        else "styrelsen",
        "Offentligt": "ja" if record.is_public else "nej",
        "Kungjort": str(record.announced_on or ""),
    }
    yield Facts(tuple(Fact(term, (Span(words),)) for term, words in said.items() if words))


def _attendance(record: Record) -> Iterator[Block]:
    """Who served, who else was there, who was jävig, who was away; and that the meeting could decide."""
    yield Table(
        caption="Beslutande",
        columns=(TableColumn(30), TableColumn(22), TableColumn(30), TableColumn(26)),
        head=(_row("Namn", "Uppdrag", "För", "Tjänstgör"),),
        rows=tuple(_row(each.name, _post(each), each.members, _serves(each)) for each in record.serving),
    )
    yield paragraph(_quorum(record))
    yield from _named(
        "Närvarande ersättare som inte tjänstgjorde",
        (each for each in record.attendants if each.present and not each.serves and not each.conflict),
    )
    conflicted = [each for each in record.attendants if each.conflict]
    if conflicted:
        yield label("Deltog inte i ärendet på grund av jäv")
        yield BulletList(tuple(Item((Span(f"{_described(each)}: {each.conflict}"),)) for each in conflicted))
    yield from _named(
        "Frånvarande ledamöter",
        (each for each in record.attendants if not each.present and not each.is_deputy),
    )


def _quorum(record: Record) -> str:
    if record.by_members:
        return f"Alla {record.seats} medlemmar var företrädda."
    return (
        f"{len(record.serving)} av {record.seats} ledamöter, eller ersättare för dem, tjänstgjorde. "
        f"Styrelsen är beslutför med {record.needed} (kommunallagen 6 kap. 27 §)."
    )


def _named(heading: str, people: Iterable[Attendant]) -> Iterator[Block]:
    found = [Item((Span(_described(each)),)) for each in people]
    if found:
        yield label(heading)
        yield BulletList(tuple(found))


def _proposals(record: Record) -> Iterator[Block]:
    of_version = f"version {record.version_number} av {record.title}"
    if record.proposals == record.sentences:
        yield paragraph(f"Förslaget i {of_version} är det som står under Beslut.")
        return
    yield paragraph(f"I {of_version} föreslås")
    yield _sentences(record.proposals)


def _decision(record: Record) -> Iterator[Block]:
    if record.votes:
        yield from _votes(record)
    yield label(f"{'Medlemmarna' if record.by_members else 'Styrelsen'} beslutar")
    yield _sentences(record.sentences)


def _votes(record: Record) -> Iterator[Block]:
    votes = record.votes
    assert votes
    yield paragraph("Votering begärs. Den som vill bifalla förslaget röstar ja, den som inte vill det nej.")
    yield Table(
        caption="Omröstning",
        columns=(TableColumn(60), TableColumn(20)),
        head=(_row("Namn", "Röst"),),
        rows=tuple(_row(_described(each), VOTE_NAMES[each.vote]) for each in record.serving),
    )
    said = f"Med {votes.yes} ja mot {votes.no} nej"
    if votes.abstained:
        said += f", medan {votes.abstained} avstår,"
    settled = " och ordförandens utslagsröst" if votes.by_casting_vote else ""
    yield paragraph(f"{said}{settled} antas förslaget.")


def _sentences(sentences: tuple[str, ...]) -> BulletList:
    ends = [*(f"{each.rstrip('.,')}," for each in sentences[:-1]), f"{sentences[-1].rstrip('.,')}."]
    return BulletList(tuple(Item((Span(each),)) for each in ends), ordered=True)


def _reservations(attendants: list[Attendant]) -> Iterator[Block]:
    """In the words and the lines of each who made one: nobody else may change them."""
    for each in attendants:
        yield label(_described(each))
        for line in filter(None, map(str.strip, each.reservation.splitlines())):
            yield paragraph(with_codes(line))
    if any(with_codes(each.reservation) != each.reservation for each in attendants):
        yield codes_explained()


def _explained(each: Explained) -> Item:
    reference = f" {each.reference}." if each.reference else ""
    return Item((Span(f"{each.sentence}{reference}"), Span(" Motivering: ", bold=True), Span(each.text)))


def _version(record: Record) -> Iterator[Block]:
    yield paragraph(
        f"Beslutet gäller version {record.version_number} av {record.title}, som den är fryst i Finsam. "
        "Versionens kontrollsumma (SHA-256) är"
    )
    yield paragraph(record.version_hash)
    yield Paragraph((Span(f"Infört av {record.recorded_by} {record.recorded_at:%Y-%m-%d %H.%M}."),), "small")


def _signatures(record: Record) -> Iterator[Signature]:
    presiding = next((each for each in record.attendants if each.presides), None)
    if presiding:
        yield Signature(presiding.name, "ordförande vid sammanträdet")
    if record.secretary:
        yield Signature(record.secretary, "sekreterare")
    if record.approver:
        yield Signature(record.approver, "justerare")


def _row(*words: str) -> TableRow:
    return TableRow(tuple(map(text_cell, words)))


def _post(each: Attendant) -> str:
    return f"{each.post_name}, leder" if each.presides else each.post_name


def _serves(each: Attendant) -> str:
    said = [f"för {each.serves_for}" if each.serves_for else "", "på distans" if each.at_distance else ""]
    return ", ".join(filter(None, said)) or "på plats"


def _described(each: Attendant) -> str:
    """Anna Ek, ledamot (Region Norr)"""
    return f"{each.name}, {each.post_name}" + (f" ({each.members})" if each.members else "")
