"""The one road to a plan's sections: each change, its undoing, two people, a closed plan."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import RoleKind, User
from plans.editing.change import ClosedError, ConflictError, ImpossibleError
from plans.editing.outline import add_section, move_section, place_section, remove_section
from plans.editing.section import change_block, change_properties, change_text
from plans.editing.undoing import latest_undoable, undo
from plans.exchange.plan_file import store_document
from plans.exchange.plan_file_writing import dump_document
from plans.models import Plan, Section, SectionChange
from plans.numbering import places
from plans.reading import read_plan
from tests.members import people
from tests.plans.access_world import budget_of

SECTIONS = [
    {"key": "inledning", "heading": "Inledning", "text": ["<p>Om planen.</p>"]},
    {
        "key": "mal",
        "heading": "Mål",
        "role": "goals",
        "parts": [
            {"key": "individen", "heading": "Individen", "text": ["<p>Fler i arbete.</p>"]},
            {"key": "budgeten", "heading": "Budgeten", "block": "budget_table", "settings": {"years": [0]}},
        ],
    },
    {"key": "ordlista", "heading": "Ordlista", "is_appendix": True, "block": "glossary"},
]
GOALS = [{"text": "Fler i arbete", "activities": [{"text": "Kurs", "sections": ["individen", "budgeten"]}]}]


def made_plan() -> Plan:
    federation = people.federation("norrby")
    plan = budget_of(federation, 2021, "Norr")
    Section.objects.filter(plan=plan).delete()
    store_document({"plan_year": 2021, "sections": SECTIONS, "goals": GOALS}, plan)
    return plan


@pytest.fixture
def plan(db) -> Plan:
    return made_plan()


@pytest.fixture
def karin(plan) -> User:
    return people.with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))


@pytest.fixture
def olle(plan) -> User:
    return people.with_role(plan.federation, RoleKind.ADMINISTRATOR, people.user(name="Olle Ask"))


def shape(plan: Plan) -> list[str]:
    """Every section in order: its number, and its key after a point for each level."""
    picture = read_plan(plan)
    places_of = places(picture.sections)

    def lines(sections: Any, depth: int) -> list[str]:
        return [
            line
            for each in sections
            for line in (
                f"{'.' * depth}{each.key} {places_of[each.key].number}".strip(),
                *lines(each.parts, depth + 1),
            )
        ]

    return lines(picture.sections, 0)


BEFORE = ["inledning 1", "mal 2", ".individen 2.1", ".budgeten 2.2", "ordlista Bilaga 1"]


def latest(plan: Plan) -> SectionChange:
    return SectionChange.objects.filter(plan=plan).latest("number")


def seen(plan: Plan) -> int:
    last = SectionChange.objects.filter(plan=plan).order_by("number").last()
    return last.number if last else 0


# -- each change -------------------------------------------------------------------------------------


def test_it_begins_so(plan):
    assert shape(plan) == BEFORE


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({}, ["inledning 1", "mal 2", ".individen 2.1", ".budgeten 2.2", "ny-rubrik 3", "ordlista Bilaga 1"]),
        (
            {"after": "inledning"},
            ["inledning 1", "ny-rubrik 2", "mal 3", ".individen 3.1", ".budgeten 3.2", "ordlista Bilaga 1"],
        ),
        (
            {"after": "individen"},
            [
                "inledning 1",
                "mal 2",
                ".individen 2.1",
                ".ny-rubrik 2.2",
                ".budgeten 2.3",
                "ordlista Bilaga 1",
            ],
        ),
        (
            {"under": "mal"},
            [
                "inledning 1",
                "mal 2",
                ".individen 2.1",
                ".budgeten 2.2",
                ".ny-rubrik 2.3",
                "ordlista Bilaga 1",
            ],
        ),
    ],
)
def test_a_section_is_added_where_it_is_asked_for(plan, karin, place, expected):
    section = add_section(plan, karin, "  Ny   rubrik ", role="guidelines", **place)
    assert shape(plan) == expected
    assert (section.heading, section.role) == ("Ny rubrik", "guidelines")
    change = latest(plan)
    assert (change.number, change.action, change.made_by_name) == (1, "add", "Karin Ek")
    assert section.revision == 1


@pytest.mark.parametrize("heading", ["", "   ", "x" * 301])
def test_a_heading_that_cannot_be_is_refused(plan, karin, heading):
    with pytest.raises(ImpossibleError):
        add_section(plan, karin, heading)
    assert shape(plan) == BEFORE
    assert not SectionChange.objects.exists()


def test_names_in_references_are_never_used_again(plan, karin):
    """Not even that of a part which vanished with the section above it."""
    remove_section(plan, karin, "mal", 0)
    assert add_section(plan, karin, "Individen").key == "individen-2"
    assert add_section(plan, karin, "Mål").key == "mal-2"
    assert add_section(plan, karin, "Mål").key == "mal-3"
    assert add_section(plan, karin, "–").key == "avsnitt"


@pytest.mark.parametrize(
    ("key", "where", "expected"),
    [
        ("mal", "up", ["mal 1", ".individen 1.1", ".budgeten 1.2", "inledning 2", "ordlista Bilaga 1"]),
        (
            "inledning",
            "down",
            ["mal 1", ".individen 1.1", ".budgeten 1.2", "inledning 2", "ordlista Bilaga 1"],
        ),
        (
            "mal",
            "in",
            ["inledning 1", ".mal 1.1", "..individen 1.1.1", "..budgeten 1.1.2", "ordlista Bilaga 1"],
        ),
        ("individen", "out", ["inledning 1", "mal 2", ".budgeten 2.1", "individen 3", "ordlista Bilaga 1"]),
        ("budgeten", "up", ["inledning 1", "mal 2", ".budgeten 2.1", ".individen 2.2", "ordlista Bilaga 1"]),
    ],
)
def test_a_section_moves_with_all_within_it(plan, karin, key, where, expected):
    move_section(plan, karin, key, 0, where)
    assert shape(plan) == expected
    assert latest(plan).action == "move"


@pytest.mark.parametrize(
    ("key", "where", "why"),
    [
        ("inledning", "up", "redan först"),
        ("ordlista", "down", "redan sist"),
        ("inledning", "in", "inget avsnitt före"),
        ("mal", "out", "redan ytterst"),
        ("ordlista", "in", "En bilaga ligger inte under"),
    ],
)
def test_a_move_that_leads_nowhere_is_told(plan, karin, key, where, why):
    with pytest.raises(ImpossibleError, match=why):
        move_section(plan, karin, key, 0, where)
    assert shape(plan) == BEFORE
    assert not SectionChange.objects.exists()


@pytest.mark.parametrize(
    ("key", "place", "expected"),
    [
        (
            "budgeten",
            {"before_key": "inledning"},
            ["budgeten 1", "inledning 2", "mal 3", ".individen 3.1", "ordlista Bilaga 1"],
        ),
        (
            "inledning",
            {"under": "individen"},
            ["mal 1", ".individen 1.1", "..inledning 1.1.1", ".budgeten 1.2", "ordlista Bilaga 1"],
        ),
        ("individen", {}, ["inledning 1", "mal 2", ".budgeten 2.1", "ordlista Bilaga 1", "individen 3"]),
    ],
)
def test_a_section_is_put_where_it_is_dragged(plan, karin, key, place, expected):
    place_section(plan, karin, key, 0, **place)
    assert shape(plan) == expected


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("mal", {"before_key": "mal"}),
        ("mal", {"under": "mal"}),
        ("mal", {"under": "individen"}),
        ("mal", {"before_key": "individen"}),
        ("ordlista", {"under": "mal"}),
    ],
)
def test_a_section_is_not_put_within_itself_nor_an_appendix_within_another(plan, karin, key, place):
    with pytest.raises(ImpossibleError):
        place_section(plan, karin, key, 0, **place)
    assert shape(plan) == BEFORE


def test_a_section_put_where_it_stands_is_no_change(plan, karin):
    place_section(plan, karin, "inledning", 0, before_key="mal")
    assert shape(plan) == BEFORE
    assert not SectionChange.objects.exists()


def test_sections_lie_no_deeper_than_headings_go(plan, karin):
    under = "budgeten"
    for level in range(3, 7):
        under = add_section(plan, karin, f"Nivå {level}", under=under).key
    with pytest.raises(ImpossibleError, match="högst 6 nivåer"):
        add_section(plan, karin, "Nivå 7", under=under)
    with pytest.raises(ImpossibleError, match="högst 6 nivåer"):
        place_section(plan, karin, "inledning", 0, under=under)
    place_section(plan, karin, "budgeten", seen(plan))  # out, with all within it
    with pytest.raises(ImpossibleError, match="högst 6 nivåer"):
        place_section(plan, karin, "mal", seen(plan), under=under)


def test_a_text_is_kept_in_the_small_vocabulary(plan, karin):
    section = change_text(plan, karin, "inledning", 0, "<p>Ny <script>alert(1)</script>text.</p>")
    assert "script" not in section.text and "Ny" in section.text
    assert latest(plan).before["inledning"]["text"] == "<p>Om planen.</p>"


def test_what_a_form_would_refuse_is_refused(plan, karin):
    with pytest.raises(ValidationError):
        change_properties(plan, karin, "ordlista", 0, heading="")
    with pytest.raises(ValidationError):
        change_properties(plan, karin, "mal", 0, heading="x" * 301)
    with pytest.raises(ValidationError):
        change_block(plan, karin, "mal", 0, "glossary", {"years": [0]})
    with pytest.raises(ValidationError):
        change_properties(plan, karin, "individen", 0, is_appendix=True)
    assert not SectionChange.objects.exists()


# -- undoing -----------------------------------------------------------------------------------------

EACH: dict[str, Callable[[Plan, User], Any]] = {
    "text": lambda plan, user: change_text(plan, user, "individen", 0, "<p>Annat.</p>"),
    "heading": lambda plan, user: change_properties(plan, user, "mal", 0, heading="Annat", numbered=False),
    "block": lambda plan, user: change_block(plan, user, "budgeten", 0, "glossary", {}),
    "add": lambda plan, user: add_section(plan, user, "Ny", after="inledning"),
    "move": lambda plan, user: move_section(plan, user, "mal", 0, "in"),
    "place": lambda plan, user: place_section(plan, user, "individen", 0, before_key="inledning"),
    "remove": lambda plan, user: remove_section(plan, user, "mal", 0),
}


@pytest.mark.parametrize("what", EACH)
def test_each_change_undone_gives_back_the_very_same_plan_and_done_again_the_other(plan, karin, what):
    before = dump_document(plan)
    EACH[what](plan, karin)
    after = dump_document(plan)
    assert after != before
    undo(plan, karin, 1)
    assert dump_document(plan) == before
    undo(plan, karin, 2)
    assert dump_document(plan) == after
    undo(plan, karin, 3)
    assert dump_document(plan) == before


def test_a_change_is_undone_once(plan, karin):
    change_text(plan, karin, "inledning", 0, "<p>Annat.</p>")
    undo(plan, karin, 1)
    with pytest.raises(ImpossibleError, match="redan ångrad"):
        undo(plan, karin, 1)
    with pytest.raises(ImpossibleError, match="finns inte"):
        undo(plan, karin, 99)


def test_what_was_changed_afterwards_is_not_undone(plan, karin, olle):
    change_text(plan, karin, "inledning", 0, "<p>Karins.</p>")
    change_text(plan, olle, "inledning", 1, "<p>Olles.</p>")
    with pytest.raises(ConflictError):
        undo(plan, karin, 1)
    assert "Olles" in Section.objects.get(plan=plan, key="inledning").text


def test_a_new_section_that_was_given_parts_is_not_undone_away_with_them(plan, karin, olle):
    add_section(plan, karin, "Ny")
    place_section(plan, olle, "individen", 1, under="ny")
    with pytest.raises(ConflictError):
        undo(plan, karin, 1)
    assert Section.objects.filter(plan=plan, key="individen").exists()


def test_the_latest_of_a_user_that_can_be_undone(plan, karin, olle):
    assert latest_undoable(plan, karin) is None
    change_text(plan, karin, "inledning", 0, "<p>Karins.</p>")
    remove_section(plan, olle, "individen", seen(plan))
    assert latest_undoable(plan, karin).number == 1
    assert latest_undoable(plan, olle).number == latest_undoable(plan).number == 2
    undo(plan, olle, 2)
    assert latest_undoable(plan, olle) is None
    assert latest_undoable(plan).number == 1
    change_text(plan, olle, "inledning", seen(plan), "<p>Olles.</p>")
    assert latest_undoable(plan, karin) is None


# -- two people, and a closed plan -------------------------------------------------------------------


def test_the_same_field_changed_meanwhile_is_told_and_another_is_not(plan, karin, olle):
    change_properties(plan, karin, "mal", 0, heading="Karins")
    with pytest.raises(ConflictError) as conflict:
        change_properties(plan, olle, "mal", 0, heading="Olles")
    assert conflict.value.section.heading == "Karins"
    change_properties(plan, olle, "mal", 0, numbered=False)
    change_text(plan, olle, "mal", 0, "<p>Olles.</p>")
    section = Section.objects.get(plan=plan, key="mal")
    assert (section.heading, section.numbered) == ("Karins", False)
    assert "Olles" in section.text


def test_nothing_is_removed_that_was_written_in_since_it_was_seen(plan, karin, olle):
    """Nor a section with such a part."""
    change_text(plan, olle, "individen", 0, "<p>Olles.</p>")
    for key in ("individen", "mal"):
        with pytest.raises(ConflictError) as conflict:
            remove_section(plan, karin, key, 0)
        assert conflict.value.section.key == "individen"
    assert shape(plan) == BEFORE
    remove_section(plan, karin, "mal", seen(plan))
    assert shape(plan) == ["inledning 1", "ordlista Bilaga 1"]


@pytest.mark.parametrize(
    "act",
    [
        lambda plan, user: change_text(plan, user, "individen", 0, "<p>Annat.</p>"),
        lambda plan, user: move_section(plan, user, "individen", 0, "up"),
        lambda plan, user: place_section(plan, user, "inledning", 0, before_key="individen"),
        lambda plan, user: add_section(plan, user, "Ny", under="mal"),
        lambda plan, user: remove_section(plan, user, "individen", 0),
    ],
)
def test_what_somebody_else_has_removed_is_gone(plan, karin, olle, act):
    remove_section(plan, olle, "mal", 0)
    with pytest.raises(ConflictError) as conflict:
        act(plan, karin)
    assert conflict.value.section is None


@pytest.mark.parametrize("what", EACH)
def test_a_closed_plan_is_changed_by_nobody(plan, karin, what):
    plan.set_open(False)
    before = dump_document(plan)
    with pytest.raises(ClosedError):
        EACH[what](plan, karin)
    assert dump_document(plan) == before
    assert not SectionChange.objects.exists()


def test_nothing_is_undone_in_a_closed_plan(plan, karin):
    remove_section(plan, karin, "mal", 0)
    plan.set_open(False)
    with pytest.raises(ClosedError):
        undo(plan, karin, 1)


# -- whatever is done --------------------------------------------------------------------------------

KEYS = ["inledning", "mal", "individen", "budgeten", "ordlista", "ny", "ny-2"]
KEY = st.sampled_from(KEYS)
WHERE = st.sampled_from(["up", "down", "in", "out"])
TEXT = st.sampled_from(["<p>A</p>", "<p>B</p>", ""])
PROPERTIES = {
    "heading": st.sampled_from(["X", "Y"]),
    "numbered": st.booleans(),
    "is_appendix": st.booleans(),
}


def act_of(act: Callable[..., Any], first: Any, needed: Any = None, optional: Any = None) -> Any:
    return st.tuples(st.just(act), first, st.fixed_dictionaries(needed or {}, optional=optional or {}))


ACTS = st.one_of(
    act_of(add_section, st.just("Ny"), optional={"after": KEY}),
    act_of(add_section, st.just("Ny"), {"under": KEY}),
    act_of(move_section, KEY, {"where": WHERE}),
    act_of(place_section, KEY, optional={"before_key": KEY, "under": KEY}),
    act_of(remove_section, KEY),
    act_of(change_text, KEY, {"text": TEXT}),
    act_of(change_properties, KEY, optional=PROPERTIES),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=12))
@pytest.mark.django_db
def test_everything_undone_from_the_last_to_the_first_gives_back_the_very_same_plan(plan, karin, acts):
    start, before = seen(plan), dump_document(plan)
    for act, first, more in acts:
        count, shown = seen(plan), dump_document(plan)
        try:
            if act is add_section:
                act(plan, karin, first, **more)
            else:
                act(plan, karin, first, seen(plan), **more)
        except (ConflictError, ImpossibleError, ValidationError):
            assert (seen(plan), dump_document(plan)) == (count, shown)  # all or nothing
        assert (seen(plan) > count) == (dump_document(plan) != shown)
    numbers = list(SectionChange.objects.filter(plan=plan).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    for number in reversed(numbers[start:]):
        undo(plan, karin, number)
    assert dump_document(plan) == before


# -- at the same moment ------------------------------------------------------------------------------


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """All begin at once; what each gave or raised, in the order given."""
    begin = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            begin.wait(timeout=30)
            return act()
        except (ConflictError, ImpossibleError, ClosedError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(timeout=120) for each in [pool.submit(one, act) for act in acts]]


@pytest.fixture
def shared(transactional_db) -> tuple[Plan, list[User]]:
    plan = made_plan()
    return plan, [people.with_role(plan.federation, RoleKind.DIRECTOR) for _ in range(4)]


@pytest.mark.django_db(transaction=True)
def test_of_those_who_write_the_same_text_at_once_one_is_stored_and_the_others_told(shared):
    plan, users = shared
    answers = together(
        [
            lambda n=n, user=user: change_text(plan, user, "inledning", 0, f"<p>Nummer {n}.</p>")
            for n, user in enumerate(users)
        ]
    )
    told = [each for each in answers if isinstance(each, ConflictError)]
    assert len(told) == 3
    (stored,) = [each for each in answers if isinstance(each, Section)]
    assert Section.objects.get(plan=plan, key="inledning").text == stored.text
    assert {each.section.text for each in told} == {stored.text}
    assert seen(plan) == 1


@pytest.mark.django_db(transaction=True)
def test_sections_added_at_once_all_come_with_names_of_their_own(shared):
    plan, users = shared
    together([lambda user=user: add_section(plan, user, "Ny", after="inledning") for user in users])
    added = Section.objects.filter(plan=plan, parent=None).exclude(key__in=["inledning", "mal", "ordlista"])
    assert {section.key for section in added} == {"ny", "ny-2", "ny-3", "ny-4"}
    positions = list(Section.objects.filter(plan=plan, parent=None).values_list("position", flat=True))
    assert len(set(positions)) == 7
    assert seen(plan) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_who_put_each_others_section_under_their_own_make_no_ring(shared, turn):
    plan, users = shared
    answers = together(
        [
            lambda: place_section(plan, users[0], "inledning", 0, under="mal"),
            lambda: place_section(plan, users[1], "mal", 0, under="inledning"),
        ]
    )
    assert sum(isinstance(each, ImpossibleError) for each in answers) == 1
    assert len(shape(plan)) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_a_section_removed_while_it_is_written_in_is_gone_or_kept_and_one_is_told(shared, turn):
    plan, users = shared
    written, removed = together(
        [
            lambda: change_text(plan, users[0], "individen", 0, "<p>Skrivet.</p>"),
            lambda: remove_section(plan, users[1], "mal", 0),
        ]
    )
    assert isinstance(written, ConflictError) != isinstance(removed, ConflictError)
    assert Section.objects.filter(plan=plan, key="individen").exists() == isinstance(written, Section)


@pytest.mark.django_db(transaction=True)
def test_two_who_undo_the_same_change_at_once_undo_it_once(shared):
    plan, users = shared
    remove_section(plan, users[0], "mal", 0)
    answers = together([lambda user=user: undo(plan, user, 1) for user in users])
    assert sum(isinstance(each, SectionChange) for each in answers) == 1
    assert sum(isinstance(each, ImpossibleError) for each in answers) == 3
    assert shape(plan) == BEFORE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_closing_and_writing_at_once_loses_nothing_that_was_acknowledged(shared, turn):
    plan, users = shared
    written, _ = together(
        [
            lambda: change_text(plan, users[0], "inledning", 0, "<p>I sista stund.</p>"),
            lambda: plan.set_open(False),
        ]
    )
    text = Section.objects.get(plan=plan, key="inledning").text
    assert ("I sista stund" in text) == isinstance(written, Section)
    with pytest.raises(ClosedError):
        change_text(plan, users[1], "inledning", seen(plan), "<p>För sent.</p>")
