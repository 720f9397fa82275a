"""What the law asks of the board and the auditors, held against who is entered. Pure.

A finding says what is missing, by which paragraph of lag (2003:1210) om finansiell samordning, and which
form mends it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from finsam.partial_date import PartialDate
from finsam.swedish import listed
from members.board import AUDITOR, DEPUTY, Board, Group, Seat, board_on, counted


class Severity(StrEnum):
    """Error: what the law demands is not there. Warning: something to look at. Notice: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def word(self) -> str:
        return {"error": "Fel", "warning": "Varning", "notice": "Upplysning"}[self.value]


LAW = {
    "10 §": "Varje medlem har minst en ledamot och minst en ersättare i styrelsen, och ersättarna är lika "
    "många som ledamöterna.",
    "12 §": "Den som utser ersättare bestämmer i vilken ordning de tjänstgör.",
    "13 §": "Uppdragen gäller fyra år från den 1 april året efter valet till kommunfullmäktige, om "
    "förbundsordningen inte säger kortare tid.",
    "17 §": "Styrelsen väljer ordförande och en eller två vice ordförande bland ledamöterna.",
    "25 §": "En revisor för varje medlem. Försäkringskassan utser en gemensam för sig och "
    "Arbetsförmedlingen; kommuner och regioner utser var sin, eller kommer överens om en gemensam.",
}
"""What the paragraphs that are cited say, in short."""


@dataclass(frozen=True)
class Party:
    """A member of the federation that day. Försäkringskassan and Arbetsförmedlingen are of the state."""

    name: str
    is_state: bool = False


@dataclass(frozen=True)
class Mend:
    """A form that mends it: the one of an appointment (`seat`, its key), else one for a new appointment
    with body, post and members filled in."""

    label: str
    seat: int | None = None
    body: str = "board"
    post: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoardFinding:
    code: str
    severity: Severity
    sentence: str
    paragraph: str
    mends: tuple[Mend, ...] = ()
    lead: str = ""
    """What stands before the links of `mends`, when they are names only."""

    @property
    def law(self) -> str:
        return LAW[self.paragraph]

    @property
    def reference(self) -> str:
        return f"FinsamL (2003:1210) {self.paragraph}"


def findings(
    parties: Sequence[Party],
    board_seats: Sequence[Seat],
    audit_seats: Sequence[Seat],
    day: date,
    through: date,
) -> list[BoardFinding]:
    """What is missing on a day, and which mandates end from then `through` another, the worst first.

    `parties` are the members that the federation has on the day; without any there is nothing to say.
    """
    if not parties:
        return []
    if not board_seats:
        mend = Mend("Lägg till den första ledamoten", post="ordinary")
        found = [BoardFinding("NO_BOARD", Severity.NOTICE, "Ingen styrelse är inlagd.", "10 §", (mend,))]
    else:
        board = board_on([party.name for party in parties], board_seats, day)
        found = [
            *_lacking(parties, board),
            *_unequal(parties, board),
            *_without_member(board),
            *_chair(board),
            *_order_of_deputies(board),
            *_ending("board", board_seats, day, through),
        ]
    found += _auditors(parties, audit_seats, day)
    found += _ending("audit", audit_seats, day, through)
    severities = list(Severity)
    return sorted(found, key=lambda finding: severities.index(finding.severity))


# -- ledamöter and ersättare -------------------------------------------------------------------------


def _lacking(parties: Sequence[Party], board: Board) -> Iterator[BoardFinding]:
    """Each member without a ledamot or without an ersättare."""
    for party in parties:
        posts = {
            post: word
            for post, word, seats in (
                ("ordinary", "ledamot", board.ordinary),
                (DEPUTY, "ersättare", board.deputies),
            )
            if not any(party.name in seat.members for seat in seats)
        }
        if not posts:
            continue
        loose = any(not seat.members and _kind(seat) in posts for seat in (*board.ordinary, *board.deputies))
        but = ", om det inte är en plats som står utan medlem" if loose else ""
        yield BoardFinding(
            "SEAT_MISSING",
            Severity.WARNING if loose else Severity.ERROR,
            f"{party.name} saknar {listed(list(posts.values()))}{but}.",
            "10 §",
            tuple(
                Mend(f"Lägg till {word}", post=post, members=(party.name,)) for post, word in posts.items()
            ),
        )


def _unequal(parties: Sequence[Party], board: Board) -> Iterator[BoardFinding]:
    """Not as many ersättare as ledamöter in the board as a whole."""
    surplus = len(board.ordinary) - len(board.deputies)
    if not surplus:
        return
    post, word = (DEPUTY, "ersättare") if surplus > 0 else ("ordinary", "ledamot")
    uneven = [group for group in board.groups if len(group.ordinary) != len(group.deputies)]
    where = listed([f"{group.name or 'platser utan medlem'} ({_size(group)})" for group in uneven])
    yield BoardFinding(
        "SEATS_UNEQUAL",
        Severity.ERROR,
        f"Styrelsen har {board.size}. De ska vara lika många. Det skiljer hos {where}.",
        "10 §",
        (Mend(f"Lägg till {word}", post=post, members=uneven[0].members if len(uneven) == 1 else ()),),
    )


def _size(group: Group) -> str:
    return f"{counted(len(group.ordinary), 'ledamot')}, {counted(len(group.deputies), 'ersättare')}"


def _without_member(board: Board) -> Iterator[BoardFinding]:
    """Seats of which nobody has said whose they are."""
    loose = [group for group in board.groups if not group.members]
    for group in loose:
        kinds = (("ledamot", group.ordinary), ("ersättare", group.deputies))
        seats = listed([counted(len(found), word) for word, found in kinds if found])
        yield BoardFinding(
            "SEAT_WITHOUT_MEMBER",
            Severity.NOTICE,
            f"Vilken medlem som utser är inte angivet för {seats}.",
            "10 §",
            tuple(
                Mend(f"Ange för {seat.person or 'en ' + seat.post_name}", seat.key)
                for seat in (*group.ordinary, *group.deputies)
            ),
        )


def _order_of_deputies(board: Board) -> Iterator[BoardFinding]:
    """Several ersättare of a member, and not said (or said twice) who comes first."""
    for group in board.groups:
        orders = [seat.order for seat in group.deputies]
        if len(orders) > 1 and (None in orders or len(set(orders)) < len(orders)):
            whose = f"för {group.name}" if group.members else "utan angiven medlem"
            yield BoardFinding(
                "DEPUTY_ORDER",
                Severity.NOTICE,
                f"I vilken ordning de {len(orders)} ersättarna {whose} tjänstgör är inte angivet.",
                "12 §",
                tuple(Mend(seat.name, seat.key) for seat in group.deputies),
                "Ange ordningen:",
            )


# -- ordförande --------------------------------------------------------------------------------------


def _chair(board: Board) -> Iterator[BoardFinding]:
    """One ordförande, and one or two vice ordförande."""
    chairs = [seat for seat in board.ordinary if seat.post == "chair"]
    vice = [seat for seat in board.ordinary if seat.post == "vice_chair"]
    absent = [word for word, found in (("ordförande", chairs), ("vice ordförande", vice)) if not found]
    if absent and board.ordinary:
        yield BoardFinding(
            "CHAIR_MISSING",
            Severity.NOTICE if board.nameless else Severity.WARNING,
            f"Vem som är {' eller '.join(absent)} är inte angivet."
            if board.nameless
            else f"Styrelsen saknar {listed(absent)}.",
            "17 §",
            tuple(Mend(seat.name, seat.key) for seat in board.ordinary if seat.post == "ordinary"),
            "Välj bland ledamöterna:",
        )
    for word, found, most in (("ordförande", chairs, 1), ("vice ordförande", vice, 2)):
        if len(found) > most:
            yield BoardFinding(
                "CHAIR_TOO_MANY",
                Severity.WARNING,
                f"Styrelsen har {len(found)} {word} samtidigt: {listed([seat.name for seat in found])}.",
                "17 §",
                tuple(Mend(seat.name, seat.key) for seat in found),
                "Ändra:",
            )


# -- revisorer ---------------------------------------------------------------------------------------


def _auditors(parties: Sequence[Party], seats: Sequence[Seat], day: date) -> Iterator[BoardFinding]:
    """One auditor for each member, the state's members together."""
    if not any(seat.post == AUDITOR for seat in seats):
        mend = Mend("Lägg till revisor", body="audit", post=AUDITOR)
        yield BoardFinding("AUDITOR_MISSING", Severity.WARNING, "Inga revisorer är inlagda.", "25 §", (mend,))
        return
    held = [seat for seat in seats if seat.post == AUDITOR and seat.held_on(day)]
    loose = ", om det inte är en revisor som står utan medlem" if any(not s.members for s in held) else ""
    state = tuple(party.name for party in parties if party.is_state)
    others = [(party.name,) for party in parties if not party.is_state]
    for group in [state, *others] if state else others:
        name = listed(list(group))
        found = [seat for seat in held if seat.members & set(group)]
        together = len(group) > 1
        if not found:
            yield BoardFinding(
                "AUDITOR_MISSING",
                Severity.WARNING,
                f"{name} saknar {'gemensam ' if together else ''}revisor{loose}.",
                "25 §",
                (Mend("Lägg till revisor", body="audit", post=AUDITOR, members=group),),
            )
        elif len(found) > 1:
            yield BoardFinding(
                "AUDITOR_TOO_MANY",
                Severity.WARNING,
                f"{name} har {counted(len(found), 'revisor')}. "
                f"{'De ska ha en gemensam' if together else 'Det ska vara en'}.",
                "25 §",
                tuple(Mend(seat.name, seat.key, body="audit") for seat in found),
                "Ändra:",
            )


# -- the end of the mandates -------------------------------------------------------------------------


def _ending(body: str, seats: Sequence[Seat], day: date, through: date) -> Iterator[BoardFinding]:
    """Appointments that end while the plan year lasts, with nobody to follow; those of one date together."""
    ending: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.ends and seat.held_on(day) and PartialDate(seat.ends).last_day <= through:
            last_day = PartialDate(seat.ends).last_day
            if _serving(seats, seat, last_day + timedelta(days=1)) < _serving(seats, seat, last_day):
                ending[seat.ends].append(seat)
    for ends, found in sorted(ending.items()):
        when = PartialDate(ends)
        what = (
            f"Uppdraget {'för' if found[0].person else 'som'} {found[0].name} går ut {when}"
            if len(found) == 1
            else f"{len(found)} uppdrag går ut {when}"
        )
        yield BoardFinding(
            "MANDATE_ENDS",
            Severity.NOTICE,
            f"{what} och ingen är utsedd efter.",
            "13 §" if body == "board" else "25 §",
            tuple(
                Mend(seat.name, body=body, post=seat.post, members=tuple(sorted(seat.members)))
                for seat in found
            ),
            "Lägg till vem som följer på:",
        )


def _serving(seats: Sequence[Seat], like: Seat, day: date) -> int:
    """How many have the same kind of seat for the same members that day."""
    same = [seat for seat in seats if _kind(seat) == _kind(like) and seat.members == like.members]
    return sum(seat.held_on(day) for seat in same)


def _kind(seat: Seat) -> str:
    """The post, whoever presides being a ledamot."""
    return "ordinary" if seat.is_ordinary else seat.post
