"""Who gets what at every address: the table, and how an address is made of the objects it names.

A row says which roles may see a page, or do what it is for, and which sentence tells the others why not.
What nobody with a role gives is the same everywhere: those who are not signed in are sent to sign in, those
without a role in the federation are told that there is no such page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from members.access import Action
from members.models import RoleKind
from plans.explaining import Asked
from plans.models import TargetGroup
from plans.views.way.explanation_form import sealed
from tests.members.page_forms import Values
from tests.plans.access_world import EVERYBODY, NEIGHBOUR, NOBODY, OUTSIDERS, ROLES, World
from tests.plans.made_illustrations import drawing, file_of

EDITORS = (RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR)
EVERY_ROLE = ROLES

SIGN_IN = "/logga-in/?next={address}"
Answer = int | str
"""A status, or where they are sent (302)."""
Answers = dict[str, Answer]


def nothing(world: World) -> Values:
    return {}


@dataclass(frozen=True)
class Address:
    """`parts` are what it names, each as in the address or `pk:kind`. `get` and `post` say what each gets.

    `data` is what somebody who does it right posts, added to the form as it is shown when `opened`; `first`
    the addresses they have posted before. `query` follows the address.
    """

    get: Answers
    post: Answers
    parts: tuple[str, ...] = ()
    why: Action | None = None
    writes: bool = False
    data: Callable[[World], Values] = nothing
    query: Callable[[World], dict[str, object]] = nothing  # type: ignore[assignment]
    opened: bool = False
    first: tuple[str, ...] = ()
    after_close: int = 409
    """What the post is answered with once the plan is closed; 0 where it may still be made."""

    @property
    def of_federation(self) -> bool:
        return "slug" in self.parts

    @property
    def of_editors(self) -> bool:
        return self.why not in (None, Action.READ_FEDERATION)

    def at(self, name: str, world: World, **instead: object) -> str:
        """The address in a world; `instead` are parts to take instead of its own."""
        kwargs = {}
        for part in self.parts:
            word, _, kind = part.partition(":")
            kwargs[word] = instead.get(word, world.part(kind or word))
        query = urlencode(self.query(world))
        return reverse(name, kwargs=kwargs) + (f"?{query}" if query else "")


def signed_in(answer: Answer) -> Answers:
    """What everybody who is signed in gets, whoever they are."""
    return {NOBODY: SIGN_IN, **{who: answer for who in EVERYBODY if who != NOBODY}}


def within(roles: tuple[str, ...], answer: Answer) -> Answers:
    """What those roles of the federation get, others of it being refused and all others not finding it."""
    return {
        NOBODY: SIGN_IN,
        **{who: 404 for who in OUTSIDERS if who != NOBODY},
        **{who: answer if who in roles else 403 for who in ROLES},
    }


BUDGET = ("slug", "plan_year")
GOAL_ROW = (*BUDGET, "word:goal_word", "row:goal_row")
DONE = 302
"""On to another page, which shows what was done. Where to is for the tests of each page to say."""


def page(parts: tuple[str, ...], roles: tuple[str, ...], why: Action, **more: object) -> Address:
    """Only read."""
    answer = more.pop("gives", 200)
    return Address(within(roles, answer), signed_in(405), parts, why, **more)  # type: ignore[arg-type]


def form(parts: tuple[str, ...], why: Action, data: Callable[[World], Values], **more: object) -> Address:
    """Shown, filled in and sent by those who edit."""
    return Address(
        within(EDITORS, 200),
        within(EDITORS, DONE),
        parts,
        why,
        True,
        data,
        **more,  # type: ignore[arg-type]
    )


def button(
    parts: tuple[str, ...], why: Action, data: Callable[[World], Values] = nothing, **more: object
) -> Address:
    """Only posted, by those who edit."""
    return Address(
        signed_in(405),
        within(EDITORS, DONE),
        parts,
        why,
        True,
        data,
        **more,  # type: ignore[arg-type]
    )


AMOUNT = "1000.00"
"""What the first cell holds, as it is stored."""


def cell(world: World, **more: str) -> Values:
    return {"line": str(world.lines[0].pk), "year": str(world.years[0].pk), **more}


def amount_in_form(world: World) -> Values:
    name = f"{world.lines[0].pk}-{world.years[0].pk}"
    return {f"b-{name}": "5 000", f"w-{name}": AMOUNT, f"t-{name}": "1000"}


def several_cells(world: World, **more: str) -> Values:
    years = ",".join(str(year.pk) for year in world.years)
    return {"lines": str(world.lines[0].pk), "years": years, **more}


def first_line(world: World) -> dict[str, object]:
    return {"post": world.lines[0].pk, "kolumn": world.years[0].pk}


def sections_read(world: World) -> Values:
    """What was read from a Word file, as it is sent along."""
    sections = [{"key": "inledning", "heading": "Inledning"}]
    return {"avsnitt": signing.dumps([world.plan.pk, "", sections], salt="finsam.plans.word", compress=True)}


def picture_sent(world: World) -> Values:
    return {"file": SimpleUploadedFile("bild.png", file_of(drawing(120, 80)))}  # type: ignore[dict-item]


def picture_described(world: World) -> Values:
    return {**picture_sent(world), "alternative_text": "Ett diagram."}


FACTS, MEMBERS, ACCESS = Action.READ_FEDERATION, Action.EDIT_MEMBERS, Action.EDIT_ACCESS
READ, EDIT, PLAN = Action.READ_WORKING_COPY, Action.EDIT_WORKING_COPY, Action.CREATE_PLAN

OF_MEMBERS: dict[str, Address] = {
    "overview": page(("slug",), EVERY_ROLE, FACTS),
    "logotype": page(("slug",), EVERY_ROLE, FACTS),
    "members": page(("slug",), EVERY_ROLE, FACTS),
    "change_federation": form(("slug",), MEMBERS, lambda world: {"seat": "Visby"}, opened=True),
    "roles": page(("slug",), EDITORS, ACCESS),
    "add_role": form(("slug", "user_pk"), ACCESS, lambda world: {"kind": "auditor"}),
    "remove_role": form(("slug", "pk:role"), ACCESS, nothing),
    "invite": form(
        ("slug",), ACCESS, lambda world: {"name": "Bo", "email": "bo@example.se", "kind": "auditor"}
    ),
    "send_invitation": button(("slug", "pk:invitation"), ACCESS),
    "revoke_invitation": button(("slug", "pk:invitation"), ACCESS),
    "add_member": form(("slug",), MEMBERS, lambda world: {"name": "Nya kommunen", "kind": "municipality"}),
    "add_appointment": form(("slug",), MEMBERS, lambda world: {"body": "board", "post": "chair"}),
    "add_policy": form(
        ("slug",),
        MEMBERS,
        lambda world: {"kind": "equity_goal", "value": "1", "first_year": "2020", "source": "Styrelsen § 57"},
    ),
    "add_earlier_name": form(("slug",), MEMBERS, lambda world: {"name": "Ett annat namn"}),
    "change_member": form(("slug", "pk:member"), MEMBERS, lambda world: {"name": "Byn"}, opened=True),
    "change_appointment": form(
        ("slug", "pk:appointment"), MEMBERS, lambda world: {"person": "Bo Ask"}, opened=True
    ),
    "change_policy": form(("slug", "pk:policy"), MEMBERS, lambda world: {"value": "19"}, opened=True),
    "change_earlier_name": form(
        ("slug", "pk:earlier_name"), MEMBERS, lambda world: {"name": "Ett annat"}, opened=True
    ),
    "remove_member": form(("slug", "pk:member"), MEMBERS, nothing, opened=True),
    "remove_appointment": form(("slug", "pk:appointment"), MEMBERS, nothing, opened=True),
    "remove_policy": form(("slug", "pk:policy"), MEMBERS, nothing, opened=True),
    "remove_earlier_name": form(("slug", "pk:earlier_name"), MEMBERS, nothing, opened=True),
    "move_member": button(("slug", "pk:member"), MEMBERS),
    "move_appointment": button(("slug", "pk:appointment"), MEMBERS),
}

OF_PLANS: dict[str, Address] = {
    "new_plan": form(
        ("slug",),
        PLAN,
        lambda world: {"plan_year": "2023", "source": "2022", "missing_years": "tomt"},
    ),
    "close_plan": button(BUDGET, PLAN),
    "reopen_plan": button(BUDGET, PLAN, first=("close_plan",)),
    # A draft is not revised, and is no revision to drop; both are tried in test_revising.py.
    "revise_plan": Address(within(EDITORS, 200), within(EDITORS, 422), BUDGET, PLAN),
    "drop_revision": Address(signed_in(405), within(EDITORS, DONE), BUDGET, PLAN),
    "latest_document": Address(
        {**within(EVERY_ROLE, 200), **dict.fromkeys(EDITORS, "/norrby/plan/2022/")},
        signed_in(405),
        ("slug",),
        FACTS,
    ),
    "document": page(BUDGET, EDITORS, READ),
    "document_file": page((*BUDGET, "kind", "form"), EDITORS, READ),
    "begin_document": button(
        BUDGET,
        EDIT,
        lambda world: {"outline": "recommended"},
        first=("remove_section",),
        after_close=302,
    ),
    "begin_from_nothing": button(BUDGET, EDIT, first=("remove_section",)),
    "begin_from_plan": button(BUDGET, EDIT, lambda world: {"fran": "2022"}, first=("remove_section",)),
    # Without a file; with one it shows what the file would become, and stores nothing either.
    "begin_from_word": Address(signed_in(405), within(EDITORS, 422), BUDGET, EDIT),
    "begin_with_word": button(BUDGET, EDIT, sections_read, first=("remove_section",)),
    "outline": page(BUDGET, EDITORS, READ),
    "plan_title": form(BUDGET, EDIT, lambda world: {"diary_number": "2021/7"}, opened=True),
    "new_section": form(BUDGET, EDIT, lambda world: {"heading": "Nytt avsnitt"}),
    "section_properties": form((*BUDGET, "key"), EDIT, lambda world: {"heading": "Annat"}, opened=True),
    "section_block": form((*BUDGET, "key"), EDIT, lambda world: {"block": "glossary"}, opened=True),
    "block_preview": page((*BUDGET, "key"), EDITORS, EDIT),
    "rename_section": button((*BUDGET, "key"), EDIT, lambda world: {"heading": "Annat"}),
    "move_section": button((*BUDGET, "key", "where"), EDIT),
    "place_section": button((*BUDGET, "key"), EDIT),
    "remove_section": button((*BUDGET, "key:whole"), EDIT),
    "section": page((*BUDGET, "key"), EDITORS, READ),
    "save_section": button((*BUDGET, "key"), EDIT, lambda world: {"text": "<p>Nytt</p>", "revision": "0"}),
    "section_history": page((*BUDGET, "key"), EDITORS, READ),
    "find_figures": page(BUDGET, EDITORS, EDIT),
    "paste_text": Address(
        signed_in(405), within(EDITORS, 200), BUDGET, EDIT, data=lambda world: {"html": "<p>Nytt</p>"}
    ),
    "undo_section": button(BUDGET, EDIT, lambda world: {"number": "1"}, first=("remove_section",)),
    "goals": page(BUDGET, EDITORS, READ),
    "add_goal_row": form((*BUDGET, "word:goal_word"), EDIT, lambda world: {"name": "Nya"}),
    "change_goal_row": form(GOAL_ROW, EDIT, lambda world: {"name": "Andra"}, opened=True),
    "place_goal_row": button(GOAL_ROW, EDIT, first=("add_goal_row",)),
    "remove_goal_row": button(GOAL_ROW, EDIT),
    "undo_goals": button(BUDGET, EDIT, lambda world: {"number": "1"}, first=("remove_goal_row",)),
    "copy_plan_goals": button(BUDGET, EDIT, lambda world: {"fran": "2022"}, first=("remove_goal_row",)),
    "add_illustration": Address(signed_in(405), within(EDITORS, 200), BUDGET, EDIT, True, picture_sent),
    "illustration": page(("slug", "key:illustration"), ROLES, FACTS),
    "add_picture": form((*BUDGET, "key"), EDIT, picture_described, opened=True),
}

OF_BUDGETS: dict[str, Address] = {
    "contributions": page(("slug",), EDITORS, READ),
    "latest_budget": page(("slug",), EDITORS, READ, gives="/norrby/budget/2022/"),
    "budget": page(BUDGET, EDITORS, READ),
    "changes_since": page(BUDGET, EDITORS, READ),
    "source": page(
        BUDGET, EDITORS, READ, query=lambda world: {"rad": f"line-{world.lines[0].pk}", "kolumn": 0}
    ),
    "budget_history": page(BUDGET, EDITORS, READ, query=first_line),
    "two_points": page(BUDGET, EDITORS, READ),
    "budget_charts": page(BUDGET, EDITORS, READ),
    "budget_workbook": page(BUDGET, EDITORS, READ),
    "budget_csv": page(BUDGET, EDITORS, READ),
    "save_amount": button(BUDGET, EDIT, lambda world: cell(world, was=AMOUNT, text="5 000")),
    "paste_amounts": button(BUDGET, EDIT, lambda world: cell(world, text="5 000", confirmed="0")),
    "fill_amounts": button(BUDGET, EDIT, lambda world: several_cells(world, per_cent="2,5")),
    "clear_amounts": button(BUDGET, EDIT, several_cells),
    "undo_change": button(BUDGET, EDIT, first=("save_amount",)),
    "redo_change": button(BUDGET, EDIT, first=("save_amount", "undo_change")),
    "budget_part": form((*BUDGET, "part"), EDIT, amount_in_form),
    "new_line": form(BUDGET, EDIT, lambda world: {"name": "Ny post", "kind": "cost.insats."}),
    "line": form((*BUDGET, "line"), EDIT, lambda world: {"name": "Annat", "kind": "cost.insats."}),
    "move_line": button((*BUDGET, "line", "where"), EDIT),
    "remove_line": button((*BUDGET, "line"), EDIT),
    "cell": form((*BUDGET, "line", "year"), EDIT, lambda world: {"note": "Se protokollet"}),
    "budget_group": form((*BUDGET, "line", "level"), EDIT, lambda world: {"name": "Träffar"}),
    "new_column": form(BUDGET, EDIT, lambda world: {"year": "2020", "kind": "outcome"}),
    "column": form((*BUDGET, "year"), EDIT, lambda world: {"where": "remove"}),
    "remove_printed": button(BUDGET, EDIT),
    "budget_import": form(BUDGET, EDIT, lambda world: {"pasted": "Post\t2021\nKurs\t5\n"}, after_close=422),
    # Only what they have handed in themselves is there: of another's they are told that it is gone.
    "budget_import_mapping": form(
        (*BUDGET, "kept"), EDIT, lambda world: {"unit": "SEK"}, opened=True, after_close=302
    ),
    "budget_import_preview": form((*BUDGET, "kept"), EDIT, lambda world: {"number": "0"}),
}

OF_EVERYBODY: dict[str, Address] = {
    "my_federations": Address(
        {**signed_in(200), NEIGHBOUR: "/soderby/", **dict.fromkeys(ROLES, "/norrby/")}, signed_in(405)
    ),
    "rules": Address(signed_in(200), signed_in(405)),
    "budget_help": Address(signed_in(200), signed_in(405)),
    "check_file": Address(dict.fromkeys(EVERYBODY, 200), dict.fromkeys(EVERYBODY, 405)),
    "alive": Address(dict.fromkeys(EVERYBODY, 200), dict.fromkeys(EVERYBODY, 405)),
    "ready": Address(dict.fromkeys(EVERYBODY, 200), dict.fromkeys(EVERYBODY, 405)),
    "guide": Address(dict.fromkeys(EVERYBODY, 200), dict.fromkeys(EVERYBODY, 405)),
    "guide_page": Address(dict.fromkeys(EVERYBODY, 200), dict.fromkeys(EVERYBODY, 405), ("name:guide_page",)),
    "notice_choice": Address(
        signed_in(200), signed_in(DONE), writes=True, data=lambda world: {"turn": "daily", "news": "never"}
    ),
    # Who has the link and no account makes one; whoever is signed in is somebody else than who was invited.
    "accept_invitation": Address(
        dict.fromkeys(EVERYBODY, 200),
        {**dict.fromkeys(EVERYBODY, 403), NOBODY: "/norrby/"},
        ("token",),
        data=lambda world: {
            "name": "Ny",
            "password": "en ganska lång mening",
            "repeated": "en ganska lång mening",
        },
    ),
    "sign_in": Address(
        {**dict.fromkeys(EVERYBODY, "/"), NOBODY: 200}, {**dict.fromkeys(EVERYBODY, "/"), NOBODY: 200}
    ),
    "sign_out": Address(
        {**dict.fromkeys(EVERYBODY, 200), NOBODY: "/logga-in/"},
        dict.fromkeys(EVERYBODY, "/logga-in/"),
    ),
}

INSATS = ("slug", "pk:project")


def of_insats(parts: tuple[str, ...], data: Callable[[World], Values], **more: object) -> Address:
    """A form of an insats. Insatser are the federation's own: whether they may be changed does not depend on
    whether the plan is open, but for their money and links, which have tests of their own."""
    return form(parts, EDIT, data, after_close=0, **more)


def line_to_tie(world: World) -> Values:
    return {"what": "tie", "line": f"{world.latest_line.pk}-"}


OF_INSATSER: dict[str, Address] = {
    "projects": page(("slug",), EDITORS, READ),
    "project_timeline": page(("slug",), EDITORS, READ),
    "project": page(INSATS, EDITORS, READ),
    "new_project": of_insats(("slug",), lambda world: {"name": "Ny", "level": "individual"}, opened=True),
    "change_project": of_insats(INSATS, lambda world: {"extension": "ett år"}, opened=True),
    "describe_project": of_insats(INSATS, lambda world: {"description": "Ny text."}, opened=True),
    "move_project": button(INSATS, EDIT, lambda world: {"was": "idea", "at": "fram"}, after_close=0),
    "link_project": of_insats(
        INSATS,
        lambda world: {"target_groups": str(TargetGroup.objects.get(plan=world.federation.plans.first()).pk)},
        opened=True,
    ),
    "place_project": button(INSATS, EDIT, after_close=0),
    "project_lines": of_insats(INSATS, line_to_tie),
    "untie_line": button((*INSATS, "line:tied_line"), EDIT, first=("project_lines",), after_close=0),
    "remove_project": of_insats(("slug", "pk:idle_project"), nothing),
    "add_participants": of_insats(INSATS, lambda world: {"year": "2022", "number": "60"}),
    "change_participants": of_insats(
        (*INSATS, "row:participants"), lambda world: {"number": "60"}, opened=True
    ),
    "remove_participants": of_insats((*INSATS, "row:participants"), nothing, opened=True),
    "add_financer": of_insats(INSATS, lambda world: {"name": "Fonden", "year": "2022"}),
    "change_financer": of_insats((*INSATS, "row:financer"), lambda world: {"amount": "5 000"}, opened=True),
    "remove_financer": of_insats((*INSATS, "row:financer"), nothing, opened=True),
    "add_decision": of_insats(INSATS, lambda world: {"date": "2021", "decision": "att vänta"}),
    "change_decision": of_insats(
        (*INSATS, "row:decision"), lambda world: {"decision": "att vänta"}, opened=True
    ),
    "remove_decision": of_insats((*INSATS, "row:decision"), nothing, opened=True),
}


def warning_explained(world: World) -> Values:
    """A field of the page, of a warning that the plan does not have."""
    return {"for-0": sealed(world.plan, Asked("BALANCE", "Underskott"), ""), "text-0": "Därför."}


CHAIRS = (RoleKind.CHAIR, RoleKind.VICE_CHAIR)
WHO_SENDS_BACK = (*EDITORS, *CHAIRS)

OF_THE_WAY: dict[str, Address] = {
    "plan_way": page(BUDGET, EVERY_ROLE, FACTS),
    "explanations": form(BUDGET, EDIT, warning_explained),
    "send_consultation": form(BUDGET, Action.SUBMIT, lambda world: {"seen": "0"}, after_close=0),
    # The plan lacks much, so nothing is sent; what it is sent for is tried in test_sending.py.
    "send_board": Address(within(EDITORS, 200), within(EDITORS, 422), BUDGET, Action.SUBMIT),
    # A draft is not sent back, by those who may send back at all.
    "send_back": Address(
        within(WHO_SENDS_BACK, 409),
        {**within(WHO_SENDS_BACK, 409), **dict.fromkeys(EDITORS, DONE)},
        BUDGET,
        FACTS,
        True,
        lambda world: {"seen": "1", "comment": "Räkna om."},
        first=("send_consultation",),
        after_close=0,
    ),
    # Of a draft's versions, by those who read them always.
    "version_file": page((*BUDGET, "number", "kind:file_kind"), (*EDITORS, RoleKind.AUDITOR), FACTS),
}

WHO_RECORDS = (*EDITORS, *CHAIRS)

OF_DECISIONS: dict[str, Address] = {
    "meeting": Address(
        within(WHO_RECORDS, 200),
        within(WHO_RECORDS, DONE),
        BUDGET,
        Action.RECORD_MEETING,
        True,
        lambda world: {"on": "2020-11-24", "decided_by": "board"},
        after_close=0,
    ),
    # A draft is not adopted; before that is said, the chair is asked to show who they are.
    "adopt_plan": Address(within(CHAIRS, 200), within(CHAIRS, DONE), BUDGET, Action.DECIDE),
    "add_event": Address(
        signed_in(405),
        within(WHO_RECORDS, DONE),
        (*BUDGET, "number"),
        Action.RECORD_MEETING,
        True,
        lambda world: {"kind": "meeting_announced", "on": "2020-11-10"},
        after_close=0,
    ),
    # Nothing is decided; who reads what is decided is tried in test_decision_pages.py.
    "decision": page(BUDGET, EVERY_ROLE, FACTS),
    "decision_of_version": page((*BUDGET, "number"), EVERY_ROLE, FACTS, gives=404),
    "decision_file": page((*BUDGET, "number", "kind:file_kind"), EVERY_ROLE, FACTS, gives=404),
}

BOARD = (*CHAIRS, RoleKind.BOARD_MEMBER, RoleKind.DEPUTY)
CONSULTED = (RoleKind.MEMBER_REPRESENTATIVE, RoleKind.PREPARATORY_GROUP)
VERSION = (*BUDGET, "number")
READERS = (*EDITORS, RoleKind.AUDITOR)
"""Who reads a version sent for samråd and taken back; every state is tried in test_version_pages.py."""

OF_VERSIONS: dict[str, Address] = {
    "version": page(VERSION, READERS, FACTS),
    "version_budget": page(VERSION, READERS, FACTS),
    "version_source": page(VERSION, READERS, FACTS, query=lambda world: {"rad": "cost", "kolumn": 0}),
    "version_findings": page(VERSION, READERS, FACTS),
    "version_changes": page(VERSION, READERS, FACTS),
    "version_comments": page(VERSION, READERS, FACTS),
    # Nobody, until it is sent again; what is commented then is tried in test_version_comments.py.
    "add_comment": Address(within((), 200), within((), 200), VERSION, FACTS),
    "comment": Address(
        within(READERS, 200),
        within(EDITORS, DONE),
        (*VERSION, "pk:comment"),
        FACTS,
        True,
        lambda world: {"do": "close"},
        after_close=0,
    ),
    "comments": page(BUDGET, (*EDITORS, *BOARD, *CONSULTED), FACTS),
}

WHO_IS_CONSULTED = (*EDITORS, *CHAIRS, *CONSULTED, RoleKind.AUDITOR)


def answer_of_member(world: World) -> Values:
    today = localdate().isoformat()
    return {"member": str(world.members[0].pk), "on": today, "who": "Nämnden", "text": "Inget att erinra."}


OF_CONSULTATION: dict[str, Address] = {
    "consultation": page(BUDGET, WHO_IS_CONSULTED, Action.READ_CONSULTATION_VERSION),
    # A draft is not answered, and nobody is reminded of it; each state is tried in test_consultation.py.
    "answer_consultation": Address(
        signed_in(405),
        within((*EDITORS, RoleKind.MEMBER_REPRESENTATIVE), 409),
        BUDGET,
        Action.ANSWER_CONSULTATION,
        data=answer_of_member,
    ),
    "remind_consultation": Address(signed_in(405), within(EDITORS, DONE), BUDGET, Action.SUBMIT),
    "consultation_file": page((*BUDGET, "pk:answer"), WHO_IS_CONSULTED, Action.READ_CONSULTATION_VERSION),
    # Of a draft's versions, by those who read them always.
    "consultation_of_version": page((*BUDGET, "number"), (*EDITORS, RoleKind.AUDITOR), FACTS),
    "calendar_file": page(BUDGET, EVERY_ROLE, FACTS),
}

PUBLIC_YEAR = ("federation:slug", "plan_year")
PUBLIC_VERSION = (*PUBLIC_YEAR, "number")


def for_anybody(answer: int, parts: tuple[str, ...] = ()) -> Address:
    """The same to everybody, signed in or not, and only to read."""
    return Address(dict.fromkeys(EVERYBODY, answer), dict.fromkeys(EVERYBODY, 405), parts)


OF_PUBLISHING: dict[str, Address] = {
    "public_list": for_anybody(200),
    "accessibility": for_anybody(200),
    # Nothing is published; what is then read is tried in test_publishing_pages.py.
    "public_federation": for_anybody(404, ("federation:slug",)),
    "public_year": for_anybody(404, PUBLIC_YEAR),
    "public_year_budget": for_anybody(404, PUBLIC_YEAR),
    "public_year_file": for_anybody(404, (*PUBLIC_YEAR, "name:public_file")),
    "public_version": for_anybody(404, PUBLIC_VERSION),
    "public_budget": for_anybody(404, PUBLIC_VERSION),
    "public_version_file": for_anybody(404, (*PUBLIC_VERSION, "name:public_file")),
    "public_picture": for_anybody(404, (*PUBLIC_VERSION, "key:illustration")),
    "nothing_public": for_anybody(404, ("rest:slug",)),
    "publishing": page(BUDGET, WHO_RECORDS, Action.RECORD_MEETING),
    # A version of a draft cannot be published, and is not public.
    "publish_version": Address(
        within(WHO_RECORDS, 200), within(WHO_RECORDS, 409), VERSION, Action.RECORD_MEETING
    ),
    "withdraw_version": Address(
        within(WHO_RECORDS, 200), within(WHO_RECORDS, DONE), VERSION, Action.RECORD_MEETING
    ),
}

WHO_READS_THE_LOG = (*EDITORS, *CHAIRS, RoleKind.AUDITOR)

OF_THE_LOG: dict[str, Address] = {
    "log": page(("slug",), WHO_READS_THE_LOG, Action.READ_LOG),
    "log_csv": page(("slug",), WHO_READS_THE_LOG, Action.READ_LOG),
    "log_json": page(("slug",), WHO_READS_THE_LOG, Action.READ_LOG),
    "auditors_bundle": page(BUDGET, WHO_READS_THE_LOG, Action.READ_LOG),
}

TABLE = {
    **OF_EVERYBODY,
    **OF_MEMBERS,
    **OF_PLANS,
    **OF_BUDGETS,
    **OF_INSATSER,
    **OF_THE_WAY,
    **OF_DECISIONS,
    **OF_VERSIONS,
    **OF_CONSULTATION,
    **OF_PUBLISHING,
    **OF_THE_LOG,
}

ALLAUTH = ("account_", "mfa_", "socialaccount_", "openid_connect_")
"""The names of its addresses begin so: signing in, one's own account. Its own tests are in tests/members/."""


def place(answer: Answer, address: str) -> str:
    return str(answer).format(address=quote(address, safe="/"))
