"""What a lawyer looks for in a board and its auditors: the cases as a table, each with what is to be said.

The seats are written short: `K:` who appoints (F Försäkringskassan, A Arbetsförmedlingen, R Region Norr,
K Norrby kommun, - nobody known), then the posts (O ordförande, V vice ordförande, l ledamot, e ersättare).
"""

from datetime import date
from itertools import count

import pytest
from hypothesis import given

from members.board import Seat, board_on
from members.board_findings import LAW, BoardFinding, Party, Severity, findings
from tests.members.test_board import days, seats

DAY, THROUGH = date(2021, 1, 1), date(2021, 12, 31)
NAMES = {"F": "Försäkringskassan", "A": "Arbetsförmedlingen", "R": "Region Norr", "K": "Norrby kommun"}
POSTS = {"O": "chair", "V": "vice_chair", "l": "ordinary", "e": "deputy"}
PARTIES = [Party(name, is_state=letter in "FA") for letter, name in NAMES.items()]
WHOLE = "F:Oe A:Ve R:le K:le"
"""A board with nothing to remark on."""
AUDIT = "FA R K"


def board_of(text: str, **more: str) -> list[Seat]:
    numbers = count(1)
    return [
        Seat(POSTS[letter], members_of(who), key=number, person=f"Person {number}", **more)
        for part in text.split()
        for who, posts in [part.split(":")]
        for letter, number in zip(posts, numbers, strict=False)
    ]


def members_of(letters: str) -> frozenset[str]:
    return frozenset(NAMES[letter] for letter in letters if letter != "-")


def auditors_of(text: str) -> list[Seat]:
    return [Seat("auditor", members_of(who), key=100 + n) for n, who in enumerate(text.split())]


def found(board: str = WHOLE, audit: str = AUDIT, parties=PARTIES) -> list[BoardFinding]:
    return findings(parties, board_of(board), auditors_of(audit), DAY, THROUGH)


def said(found: list[BoardFinding]) -> list[str]:
    return [f"{each.severity.word} {each.paragraph}: {each.sentence}" for each in found]


# what is unusual | board | auditors | what is said
CASES = [
    ("nothing", WHOLE, AUDIT, []),
    ("two vice chairs", "F:Oe A:Ve R:Ve K:le", AUDIT, []),
    (
        "a member without an ersättare",
        "F:Oe A:Ve R:l K:lee",
        AUDIT,
        [
            "Fel 10 §: Region Norr saknar ersättare.",
            "Upplysning 12 §: I vilken ordning de 2 ersättarna för Norrby kommun tjänstgör är inte angivet.",
        ],
    ),
    (
        "a member with nobody",
        "F:Oe A:Ve R:le",
        AUDIT,
        ["Fel 10 §: Norrby kommun saknar ledamot och ersättare."],
    ),
    (
        "more ledamöter than ersättare",
        "F:Oe A:Ve R:le K:lle",
        AUDIT,
        [
            "Fel 10 §: Styrelsen har 5 ledamöter och 4 ersättare. De ska vara lika många. "
            "Det skiljer hos Norrby kommun (2 ledamöter, 1 ersättare)."
        ],
    ),
    (
        "as many in all, though not of each member",
        "F:Ole A:Ve R:lee K:le",
        AUDIT,
        ["Upplysning 12 §: I vilken ordning de 2 ersättarna för Region Norr tjänstgör är inte angivet."],
    ),
    ("no chair", "F:le A:Ve R:le K:le", AUDIT, ["Varning 17 §: Styrelsen saknar ordförande."]),
    (
        "neither chair nor vice chair",
        "F:le A:le R:le K:le",
        AUDIT,
        ["Varning 17 §: Styrelsen saknar ordförande och vice ordförande."],
    ),
    (
        "two chairs at once",
        "F:Oe A:Ve R:Oe K:le",
        AUDIT,
        ["Varning 17 §: Styrelsen har 2 ordförande samtidigt: Person 1 och Person 5."],
    ),
    (
        "three vice chairs",
        "F:Oe A:Ve R:Ve K:Ve",
        AUDIT,
        [
            "Varning 17 §: Styrelsen har 3 vice ordförande samtidigt: Person 3, Person 5 och Person 7.",
        ],
    ),
    (
        "a seat that may be the one that is missing",
        "F:Oe A:Ve R:le K:l -:e",
        AUDIT,
        [
            "Varning 10 §: Norrby kommun saknar ersättare, om det inte är en plats som står utan medlem.",
            "Upplysning 10 §: Vilken medlem som utser är inte angivet för 1 ersättare.",
        ],
    ),
    ("no auditor at all", WHOLE, "", ["Varning 25 §: Inga revisorer är inlagda."]),
    (
        "no auditor of the kommun",
        WHOLE,
        "FA R",
        ["Varning 25 §: Norrby kommun saknar revisor."],
    ),
    ("one auditor of kommun and region together", WHOLE, "FA RK", []),
    ("the state's auditor, appointed by Försäkringskassan", WHOLE, "F R K", []),
    (
        "one auditor each of Försäkringskassan and Arbetsförmedlingen",
        WHOLE,
        "F A R K",
        [
            "Varning 25 §: Försäkringskassan och Arbetsförmedlingen har 2 revisorer. De ska ha en gemensam.",
        ],
    ),
    (
        "no auditor of the state, and one of nobody known",
        WHOLE,
        "R K -",
        [
            "Varning 25 §: Försäkringskassan och Arbetsförmedlingen saknar gemensam revisor, "
            "om det inte är en revisor som står utan medlem."
        ],
    ),
]


@pytest.mark.parametrize(
    ("board", "audit", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_what_is_said(board, audit, expected):
    assert said(found(board, audit)) == expected


def test_a_federation_without_members_is_told_nothing_and_one_without_a_board_once():
    assert findings([], board_of(WHOLE), [], DAY, THROUGH) == []
    assert said(found(board="")) == ["Upplysning 10 §: Ingen styrelse är inlagd."]


def test_a_board_without_names_is_not_blamed_for_having_no_chair():
    nameless = [Seat(post, members_of(who)) for who in "FARK" for post in ("ordinary", "deputy")]
    (only,) = findings(PARTIES, nameless, auditors_of(AUDIT), DAY, THROUGH)
    assert said([only]) == ["Upplysning 17 §: Vem som är ordförande eller vice ordförande är inte angivet."]


def ending(ends: str, *more: Seat) -> list[BoardFinding]:
    leaving = Seat("ordinary", members_of("K"), ends=ends, key=90, person="Bo Ask")
    rest = board_of("F:Oe A:Ve R:le K:e")
    return findings(PARTIES, [*rest, leaving, *more], auditors_of(AUDIT), DAY, THROUGH)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (
            "2021-03-31",
            "Upplysning 13 §: Uppdraget för Bo Ask går ut 31 mars 2021 och ingen är utsedd efter.",
        ),
        (
            "2021-12-31",
            "Upplysning 13 §: Uppdraget för Bo Ask går ut 31 december 2021 och ingen är utsedd efter.",
        ),
        ("2021", "Upplysning 13 §: Uppdraget för Bo Ask går ut 2021 och ingen är utsedd efter."),
        ("2022-01-01", None),
    ],
)
def test_a_mandate_that_ends_within_the_plan_year(ends, expected):
    assert said(ending(ends)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("post", "who", "starts", "followed"),
    [
        ("ordinary", "K", "2021-04-01", True),
        ("chair", "K", "2021-04-01", True),  # a ledamot all the same
        ("ordinary", "K", "2021-04-02", False),  # a day too late
        ("deputy", "K", "2021-04-01", False),
        ("ordinary", "R", "2021-04-01", False),
    ],
)
def test_somebody_is_appointed_after_only_for_the_same_member_post_and_day(post, who, starts, followed):
    after = Seat(post, members_of(who), starts=starts, key=91, person="Li Alm")
    assert any(each.code == "MANDATE_ENDS" for each in ending("2021-03-31", after)) is not followed


def test_a_whole_board_that_ends_the_same_day_is_told_once():
    leaving = board_of(WHOLE, ends="2021-03-31")
    (only,) = findings(PARTIES, leaving, auditors_of(AUDIT), DAY, THROUGH)
    assert only.sentence == "8 uppdrag går ut 31 mars 2021 och ingen är utsedd efter."
    assert len(only.mends) == 8
    assert {(mend.body, mend.seat) for mend in only.mends} == {("board", None)}


def test_each_finding_leads_to_the_form_that_mends_it():
    by_code = {each.code: each for each in found("F:le A:le R:le K:l -:e", "FA R")}
    assert [(m.post, m.members) for m in by_code["SEAT_MISSING"].mends] == [("deputy", ("Norrby kommun",))]
    assert [(m.body, m.post, m.members) for m in by_code["AUDITOR_MISSING"].mends] == [
        ("audit", "auditor", ("Norrby kommun",))
    ]
    assert [mend.seat for mend in by_code["CHAIR_MISSING"].mends] == [1, 3, 5, 7]
    assert [mend.seat for mend in by_code["SEAT_WITHOUT_MEMBER"].mends] == [8]


@given(seats, seats, days)
def test_whatever_is_entered_it_is_judged_by_a_paragraph_the_worst_first(board_seats, audit_seats, day):
    told = findings(PARTIES, board_seats, audit_seats, day, date(day.year, 12, 31))
    assert [each.severity for each in told] == sorted(
        (each.severity for each in told), key=list(Severity).index
    )
    assert all(each.paragraph in LAW and each.sentence.endswith(".") for each in told)
    board = board_on([party.name for party in PARTIES], board_seats, day)
    unequal = any(each.code == "SEATS_UNEQUAL" for each in told)
    assert unequal is (len(board.ordinary) != len(board.deputies) and bool(board_seats))
    complained = {each.sentence.split(" saknar ")[0] for each in told if each.code == "SEAT_MISSING"}
    for party in PARTIES:
        has = [
            any(party.name in each.members for each in found) for found in (board.ordinary, board.deputies)
        ]
        assert (party.name in complained) is (bool(board_seats) and not all(has))
