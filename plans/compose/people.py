"""The federation and its people: the board and other bodies, who signs, the facts of its förbundsordning."""

from collections.abc import Iterator, Mapping
from typing import Any

from finsam.swedish import listed
from plans.compose.writing import Writing, label, paragraph, text_cell
from plans.document import (
    Block,
    BulletList,
    Fact,
    Facts,
    Item,
    Signature,
    Signatures,
    Span,
    Table,
    TableColumn,
    TableRow,
)
from plans.figures.wording import count_in_words
from plans.picture import Appointment

Settings = Mapping[str, Any]

BODY_NAMES = {
    "board": "Styrelse",
    "preparatory_group": "Beredningsgrupp",
    "audit": "Revisorer",
    "office": "Kansli",
    "other": "Andra organ",
}
DEPUTIES = ("deputy", "deputy_auditor")
SIGNING = ("chair", "vice_chair", "ordinary")
"""The posts of those who sign, in that order."""
NOBODY = "ej angiven"


def board(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The chosen bodies: the board's members beside their deputies, the others as lists."""
    for body in settings.get("bodies", ["board"]):
        people = [each for each in writing.plan.appointments if each.body == body]
        if not people:
            continue
        if any(each.post in DEPUTIES for each in people):
            known = any(each.who for each in people)
            yield _beside(BODY_NAMES[body], people) if known else paragraph(_counted(people))
            continue
        names = list(dict.fromkeys(each.body_name for each in people))
        for name in names:
            yield label(name[:1].upper() + name[1:])
            yield BulletList(
                tuple(Item((Span(_described(each)),)) for each in people if each.body_name == name)
            )


def _counted(people: list[Appointment]) -> str:
    """How many seats a body has, where nobody on them is named."""
    deputies = sum(each.post in DEPUTIES for each in people)
    ordinary = len(people) - deputies
    one, several = ("revisor", "revisorer") if people[0].body == "audit" else ("ledamot", "ledamöter")
    seats, others = (count_in_words(number, "words") for number in (ordinary, deputies))
    who = f"{seats} {one if ordinary == 1 else several} och {others} ersättare"
    return f"Det finns plats för {who}."


def _beside(caption: str, people: list[Appointment]) -> Table:
    """A row per appointing member: its ordinary ones beside its deputies, in their order."""
    by_members: dict[tuple[str, ...], tuple[list[Appointment], list[Appointment]]] = {}
    for each in people:
        sides = by_members.setdefault(each.members, ([], []))
        sides[each.post in DEPUTIES].append(each)
    periods = {each.period for each in people}
    rows = []
    for members, (ordinary, deputies) in by_members.items():
        deputies = sorted(deputies, key=lambda each: each.deputy_order or 0)
        for place in range(max(len(ordinary), len(deputies))):
            pair = [side[place] if place < len(side) else None for side in (ordinary, deputies)]
            rows.append(
                TableRow(
                    (
                        *(text_cell(_name(each, with_period=len(periods) > 1)) for each in pair),
                        text_cell(listed(list(members)) or NOBODY),
                    )
                )
            )
    head = ("Revisor" if caption == "Revisorer" else "Ledamot", "Ersättare", "Utses av")
    columns = (TableColumn(34), TableColumn(34), TableColumn(30))
    if len(periods) == 1:
        caption = ", ".join(filter(None, (caption, *periods)))
    return Table(caption, columns, (TableRow(tuple(map(text_cell, head))),), tuple(rows))


def _name(each: Appointment | None, *, with_period: bool) -> str:
    if each is None:
        return ""
    special = each.post in ("chair", "vice_chair")
    return ", ".join(
        filter(
            None, (each.who or NOBODY, each.post_name if special else "", each.period if with_period else "")
        )
    )


def _described(each: Appointment) -> str:
    """Post or person, employer, members and notes, as far as they are known."""
    who = each.who or each.post_name.capitalize()
    said = (
        who,
        each.employer,
        listed(list(each.members)),
        each.period,
        each.note[:1].lower() + each.note[1:],
    )
    return ", ".join(filter(None, dict.fromkeys(said)))


def signatures(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """A line for each ordinary member of the chosen bodies; the chair first."""
    people = [
        each
        for body in settings.get("bodies", ["board"])
        for post in SIGNING
        for each in writing.plan.appointments
        if each.body == body and each.post == post
    ]
    if people:
        lines = tuple(Signature(each.who, _post(each)) for each in people)
        yield Signatures(True, lines)


def _post(each: Appointment) -> str:
    return ", ".join(filter(None, (each.post_name, listed(list(each.members)))))


def federation_facts(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """What the förbundsordning says: name, number, seat, when it was formed, its members."""
    federation = writing.plan.federation
    said = {
        "Förbundets namn": federation.name,
        "Tidigare namn": listed(list(federation.earlier_names)),
        "Organisationsnummer": federation.organisation_number,
        "Säte": federation.seat,
        "Bildat": federation.formed,
        "Medlemmar": listed([_member(writing, place) for place in range(len(writing.plan.members))]),
    }
    facts = tuple(Fact(term, (Span(words),)) for term, words in said.items() if words)
    if facts:
        yield Facts(facts)


def _member(writing: Writing, place: int) -> str:
    member = writing.plan.members[place]
    return f"{member.name} (under förutsättning av: {member.condition})" if member.condition else member.name
