"""Sending a plan on, and back: who may from which state, what is missing, two people at once, its files."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets.models import Amount
from members.models import RoleKind
from plans.models import Plan, PlanMove, Section, Version, VersionFile
from plans.states.table import refusal
from plans.versions.contents import hash_of, read
from tests.members import people
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, shown
from tests.plans.access_world import budget_of, federation_of
from tests.plans.ready_plans import FILE, gotland, gotland_ready, in_state, version_of

pytestmark = pytest.mark.django_db

HERE = "/gotland/plan/2021/"
WAY, CONSULT, SUBMIT, BACK = (
    f"{HERE}{page}/" for page in ("vagen", "skicka/samrad", "skicka/styrelsen", "aterfor")
)
PAGES = {"consult": CONSULT, "submit": SUBMIT, "send_back": BACK}
NAMES = {
    "consult": "på samråd",
    "submit": "till styrelsen",
    "send_back": "Återför till utkast",
    "adopt": "Fastställ",
}

EDITORS = {RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR}
CHAIRS = {RoleKind.CHAIR, RoleKind.VICE_CHAIR}
NOBODY: set[RoleKind] = set()
SENDS = "Förbundschef och administratör skickar planen {}."
IS_DRAFT, IS_CONSULTED, IS_BEFORE_BOARD = (
    "Planen är ett utkast.",
    "Planen är på samråd.",
    "Planen ligger hos styrelsen.",
)
IS_ADOPTED = "Planen är fastställd och ändras inte mer. Revidera den i stället."
SENDS_BACK = (
    "Förbundschef och administratör tar tillbaka planen från samrådet; från styrelsen återför "
    "ordföranden den (återremiss)."
)
ADOPTS = "Ordföranden, eller vice ordföranden i ordförandens ställe, fastställer planen."

TABLE = {
    ("draft", "consult"): (EDITORS, SENDS.format("på samråd")),
    ("draft", "submit"): (EDITORS, SENDS.format("till styrelsen")),
    ("draft", "send_back"): (NOBODY, IS_DRAFT),
    ("draft", "adopt"): (NOBODY, IS_DRAFT),
    ("consultation", "consult"): (EDITORS, SENDS.format("på samråd")),
    ("consultation", "submit"): (EDITORS, SENDS.format("till styrelsen")),
    ("consultation", "send_back"): (EDITORS, SENDS_BACK),
    ("consultation", "adopt"): (NOBODY, IS_CONSULTED),
    ("board", "consult"): (NOBODY, IS_BEFORE_BOARD),
    ("board", "submit"): (EDITORS, SENDS.format("till styrelsen")),
    ("board", "send_back"): (CHAIRS, SENDS_BACK),
    ("board", "adopt"): (CHAIRS, ADOPTS),
    ("adopted", "consult"): (NOBODY, IS_ADOPTED),
    ("adopted", "submit"): (NOBODY, IS_ADOPTED),
    ("adopted", "send_back"): (NOBODY, IS_ADOPTED),
    ("adopted", "adopt"): (NOBODY, IS_ADOPTED),
}
"""From each state each move: who makes it, and what everybody else is told."""
STATES = list(dict.fromkeys(state for state, _ in TABLE))
ACTIONS = list(NAMES)


@pytest.fixture
def plan() -> Plan:
    return gotland()


@pytest.fixture
def small() -> Plan:
    """With a text, and so little else that it is sent in no time."""
    return budget_of(federation_of("norrby", "Norr"), 2021, "Norr")


@pytest.fixture
def ready() -> Plan:
    return gotland_ready()


def director(plan: Plan, name: str = "Karin Ek") -> Client:
    return client_of(with_role(plan.federation, RoleKind.DIRECTOR, people.user(name=name)))


def client_with(plan: Plan, kind: RoleKind, name: str = "Någon") -> Client:
    return client_of(with_role(plan.federation, kind, people.user(name=name)))


def nothing_frozen() -> bool:
    return not Version.objects.exists() and not PlanMove.objects.exists()


def said(page: Element) -> str:
    return page.one("main").one(role="alert").text


# -- the table: state × action × role ----------------------------------------------------------------


def test_the_table_is_whole():
    assert {(state, action) for state in Plan.State for action in PlanMove.Action} == TABLE.keys()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", RoleKind)
def test_the_way_offers_each_role_its_moves_and_tells_why_not_the_others(small, state, kind):
    plan = in_state(small, state)
    page = shown(client_with(plan, kind).get("/norrby/plan/2021/vagen/")).one("main")
    steps = page.all("ul", css="steps")
    offered = steps[0].text if steps else ""
    links = {link.href for link in page.all("a")}
    told = {item.text for item in page.one("details", css="others").all("li")}
    for action in ACTIONS:
        may, reason = TABLE[state, action]
        refused = refusal(PlanMove.Action(action), Plan.State(state), frozenset({kind}))
        address = {**PAGES, "adopt": f"{HERE}faststall/"}[action].replace("gotland", "norrby")
        if kind in may:
            assert refused == ""
            assert NAMES[action] in offered
            if action == "submit":  # a small plan, which lacks much
                assert "saknas" in offered
            else:
                assert address in links
        else:
            assert refused == reason
            assert any(NAMES[action] in each and reason in each for each in told)
            assert address not in links


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", PAGES)
def test_who_may_not_move_it_does_not(small, state, action):
    plan = in_state(small, state)
    may, _ = TABLE[state, action]
    ever = set().union(*(TABLE[each, action][0] for each in STATES))
    address = PAGES[action].replace("gotland", "norrby")
    for kind in RoleKind:
        client = client_with(plan, kind)
        answer = client.get(address)
        if kind in may:
            assert answer.status_code == 200
            continue
        # 409: not now, by nobody. 403: not by this one.
        assert answer.status_code == (409 if kind in ever and not may else 403), kind
        posted = client.post(address, {"seen": "0", "comment": "Därför."})
        assert posted.status_code == answer.status_code
        plan.refresh_from_db()
        assert plan.state == state
        assert not PlanMove.objects.exists()


def test_each_move_from_each_state_through_the_pages(ready):
    karin, anna = director(ready), client_with(ready, RoleKind.CHAIR, "Anna Berg")
    way = [
        (karin, CONSULT, "consultation", 1),
        (karin, CONSULT, "consultation", 2),
        (karin, SUBMIT, "board", 3),
        (karin, SUBMIT, "board", 4),
        (anna, BACK, "draft", None),
        (karin, SUBMIT, "board", 5),
        (anna, BACK, "draft", None),
        (karin, CONSULT, "consultation", 6),
        (karin, BACK, "draft", None),
    ]
    for seen, (client, address, state, number) in enumerate(way):
        page = shown(client.get(address))
        assert page.one("input", name="seen").attributes["value"] == str(seen)
        answer = client.post(address, {"seen": seen, "comment": "Räkna om."})
        assert answer["Location"] == WAY  # where the page begins with what was done
        ready.refresh_from_db()
        assert ready.state == state
        assert (ready.version.number if ready.version else None) == number
        assert ready.state_by_name == ("Anna Berg" if client is anna else "Karin Ek")
    moves = [item.text for item in shown(karin.get(WAY)).one("ol", css="moves").all("li")]
    assert len(moves) == len(way)
    assert "Återförd till utkast av Karin Ek, version 6 Räkna om." in moves[0]
    assert "Skickad till styrelsen av Karin Ek, version 5" in moves[3]
    assert "Återförd till utkast av Anna Berg, version 4 Räkna om." in moves[4]


# -- twice, and two at once --------------------------------------------------------------------------


def test_clicking_twice_sends_once(ready):
    client = director(ready)
    answers = [client.post(SUBMIT, {"seen": "0", "note": "Läs."})["Location"] for _ in range(3)]
    assert answers == [WAY] * 3
    assert Version.objects.count() == PlanMove.objects.count() == 1
    anna = client_with(ready, RoleKind.CHAIR)
    for _ in range(2):
        assert anna.post(BACK, {"seen": "1", "comment": "Räkna om."})["Location"] == WAY
    assert PlanMove.objects.count() == 2


def test_the_second_of_two_is_told_what_the_first_did_and_keeps_the_letter(ready):
    karin, anna = director(ready), client_with(ready, RoleKind.ADMINISTRATOR, "Anna Berg")
    assert karin.get(SUBMIT).status_code == anna.get(CONSULT).status_code == 200
    karin.post(SUBMIT, {"seen": "0"})
    page = shown(anna.post(CONSULT, {"seen": "0", "note": "Kära medlemmar."}), 409)
    assert "Karin Ek har redan gjort något annat: skickad till styrelsen" in said(page)
    assert "Planen är inte skickad" in said(page)
    assert IS_BEFORE_BOARD in page.one("main").text
    assert page.one("textarea", name="note").text == "Kära medlemmar."
    assert Version.objects.count() == 1


def test_who_has_been_told_may_send_all_the_same(ready):
    karin, anna = director(ready), client_with(ready, RoleKind.ADMINISTRATOR, "Anna Berg")
    karin.post(CONSULT, {"seen": "0"})
    page = shown(anna.post(SUBMIT, {"seen": "0", "note": "Till styrelsen."}), 409)
    assert "Karin Ek har redan gjort något annat: skickad på samråd" in said(page)
    seen = page.one("input", name="seen").attributes["value"]
    note = page.one("textarea", name="note").text
    assert anna.post(SUBMIT, {"seen": seen, "note": note})["Location"] == WAY
    told = [each.text for each in shown(anna.get(WAY)).all("div", css="message")]
    assert told == ["Version 2 är skickad till styrelsen."]


def test_who_sends_back_what_was_sent_anew_meanwhile_is_told_and_keeps_the_comment(ready):
    karin, anna = director(ready), client_with(ready, RoleKind.CHAIR, "Anna Berg")
    karin.post(SUBMIT, {"seen": "0"})
    assert anna.get(BACK).status_code == 200
    karin.post(SUBMIT, {"seen": "1"})
    page = shown(anna.post(BACK, {"seen": "1", "comment": "Räkna om."}), 409)
    assert "Karin Ek har redan gjort något annat: skickad till styrelsen" in said(page)
    assert page.one("textarea", name="comment").text == "Räkna om."
    assert Plan.objects.get(pk=ready.pk).state == "board"


@pytest.mark.django_db(transaction=True)
def test_of_several_at_the_same_moment_one_sends_and_the_others_are_told():
    plan = gotland_ready()
    clients = [director(plan, f"Person {n}") for n in range(4)]
    begin = Barrier(len(clients))

    def act(client: Client, address: str) -> tuple[int, str]:
        try:
            begin.wait(timeout=30)
            answer = client.post(address, {"seen": "0"})
            return answer.status_code, answer.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        waiting = [pool.submit(act, each, (CONSULT, SUBMIT)[n % 2]) for n, each in enumerate(clients)]
        answers = sorted(each.result(timeout=120) for each in waiting)
    assert answers == [(302, WAY)] + [(409, "")] * 3
    assert Version.objects.count() == PlanMove.objects.count() == 1


# -- what is missing, and what cannot be sent --------------------------------------------------------


def test_what_is_missing_is_told_with_where_to_mend_it_and_nothing_is_frozen(plan):
    client = director(plan)
    page = shown(client.get(SUBMIT)).one("main")
    assert not page.all("button")
    answer = shown(client.post(SUBMIT, {"seen": "0", "note": "Kära styrelse."}), 422).one("main")
    for each in (page, answer):
        lacks = [item.text for item in each.one("ul", css="lacks").all("li")]
        assert lacks[0].startswith("Planen saknar finansiella mål")
        assert lacks[1].startswith("11 varningar saknar motivering.")
        links = [link.href for link in each.one("ul", css="lacks").all("a")]
        assert links == [f"{HERE}skriv/", f"{HERE}motiveringar/"]
    assert answer.one("textarea", name="note").text == "Kära styrelse."
    assert nothing_frozen()
    assert client.post(CONSULT, {"seen": "0"}).status_code == 302  # for samråd a text is enough


def test_an_error_in_a_section_leads_to_the_section_and_one_in_the_budget_to_the_budget(ready):
    section = Section.objects.filter(plan=ready).exclude(text="").first()
    section.text += '<p><span data-figure="what=line&amp;of=999999"></span></p>'
    section.save()
    Amount.objects.filter(line__budget=ready.budget, line__section="cost").update(amount=9_000_000)
    links = {link.href for link in shown(director(ready).get(WAY)).one("ul", css="lacks").all("a")}
    assert {f"{HERE}skriv/{section.key}/", "/gotland/budget/2021/"} <= links


def test_a_plan_without_text_is_sent_nowhere(plan):
    Section.objects.filter(plan=plan).delete()
    client = director(plan)
    for address in (CONSULT, SUBMIT):
        page = shown(client.post(address, {"seen": "0"}), 422)
        assert "Planen har ingen text än." in page.one("ul", css="lacks").text
    assert nothing_frozen()


def test_a_sign_that_cannot_be_printed_is_named_and_nothing_is_frozen(ready):
    Section.objects.filter(plan=ready, key="finansiella-mal").update(text="<p>Högst 20 procent 𓀀 bidrag</p>")
    page = shown(director(ready).post(CONSULT, {"seen": "0", "note": "Läs."}), 422)
    assert "𓀀" in said(page) and "U+13000" in said(page)
    assert page.one("textarea", name="note").text == "Läs."
    assert nothing_frozen()


# -- the letter --------------------------------------------------------------------------------------


def test_the_letter_goes_with_the_version_and_says_when_to_answer(plan):
    by = timezone.localdate() + timedelta(days=400)
    client = director(plan)
    client.post(
        CONSULT, {"seen": "0", "note": " Läs avsnitt 5.\r\n\r\nTack!\r\n", "answer_by": by.isoformat()}
    )
    version = Version.objects.get()
    first, last = version.note.rsplit("\n\n", 1)
    assert first == "Läs avsnitt 5.\n\nTack!"
    assert re.fullmatch(rf"Svara senast {by.day} [a-z]+ {by.year}\.", last)
    assert read(version.content).head.note == version.note
    page = shown(client.get(WAY))
    assert "Svara senast" in page.one("li", id="version-1").text
    assert "Svara senast" not in page.one("ol", css="moves").text


def test_without_a_letter_only_the_day_is_told(plan):
    director(plan).post(CONSULT, {"seen": "0", "answer_by": "2099-10-15"})
    assert Version.objects.get().note == "Svara senast 15 oktober 2099."


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("answer_by", "2020-10-15", "Den dagen har redan varit."),
        ("answer_by", "i höst", "Skriv dagen som ÅÅÅÅ-MM-DD."),
        ("note", "a" * 5001, "Texten är 5001 tecken. Skriv högst 5000."),
        ("note", "Läs \x07", "styrtecken (U+0007)"),
    ],
)
def test_a_fault_in_the_letter_is_told_beside_it_and_nothing_is_sent(plan, field, value, fault):
    page = shown(director(plan).post(CONSULT, {"seen": "0", "note": "Läs.", field: value}), 422)
    assert fault in page.one("ul", css="errorlist").text
    if field == "answer_by":
        assert page.one("textarea", name="note").text == "Läs."
        assert page.one("input", name="answer_by").attributes["value"] == value
    assert nothing_frozen()


# -- against the last version ------------------------------------------------------------------------


def test_whether_the_plan_has_changed_since_the_last_version_is_told(plan):
    client = director(plan)
    assert "version 1, den första" in shown(client.get(CONSULT)).one("main").text
    client.post(CONSULT, {"seen": "0"})
    assert "Ingenting har ändrats sedan version 1" in shown(client.get(CONSULT)).one("main").text
    assert "har ändrats sedan" not in shown(client.get(WAY)).one("main").text
    assert Amount.objects.filter(line__budget=plan.budget, amount=2_203_500).update(amount=2_203_501) == 1
    assert "Den har ändrats sedan version 1" in shown(client.get(CONSULT)).one("main").text
    assert "Planen har ändrats sedan version 1" in shown(client.get(WAY)).one("main").text


def test_the_page_names_the_files_that_the_version_then_has_and_who_will_read_it(ready):
    with_role(ready.federation, RoleKind.CHAIR)
    for address, number in ((CONSULT, 1), (SUBMIT, 2)):
        client = director(ready)
        files, readers = shown(client.get(address)).one("dl", css="sent").all("dd")
        client.post(address, {"seen": number - 1})
        kinds = VersionFile.objects.filter(version__number=number).values_list("kind", flat=True)
        assert {item.text.lower() for item in files.all("li")} == {
            VersionFile.Kind(kind).label.lower() for kind in kinds
        }
        who = {item.text for item in readers.all("li")}
        assert {"Ordförande 1", f"Förbundschef {number}"} <= who
        assert ("Medlemsrepresentant ingen än" in who) == (address == CONSULT)
        assert ("Ledamot ingen än" in who) == (address == SUBMIT)


# -- sending back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("comment", ["", "  \r\n ", "Räkna om \x07", "a" * 5001])
def test_sending_back_demands_a_comment_that_can_be_read(small, comment):
    plan = in_state(small, "consultation")
    page = shown(director(plan).post("/norrby/plan/2021/aterfor/", {"seen": "0", "comment": comment}), 422)
    field = page.one("textarea", name="comment")
    fault = page.one("p", id=field.attributes["aria-describedby"].split()[-1])
    assert fault.text
    assert Plan.objects.get(pk=plan.pk).state == "consultation"


def test_the_chair_sends_back_with_a_second_factor_where_one_is_demanded(small):
    plan = in_state(small, "board")
    plan.federation.second_factor_demanded = True
    plan.federation.save()
    client = client_with(plan, RoleKind.CHAIR)
    for answer in (client.get("/norrby/plan/2021/aterfor/"), client.post("/norrby/plan/2021/aterfor/")):
        assert answer["Location"] == "/konto/"
    assert Plan.objects.get(pk=plan.pk).state == "board"


# -- what each sees of the way -----------------------------------------------------------------------


def test_others_see_the_state_and_the_versions_that_they_may_read(small):
    plan = small
    version_of(plan, "consultation")
    in_state(plan, "board")
    read_by = {
        RoleKind.DIRECTOR: [2, 1],
        RoleKind.AUDITOR: [2, 1],
        RoleKind.CHAIR: [2, 1],
        RoleKind.BOARD_MEMBER: [2],
        RoleKind.DEPUTY: [2],
        RoleKind.MEMBER_REPRESENTATIVE: [1],
        RoleKind.PREPARATORY_GROUP: [1],
        RoleKind.OBSERVER: [],
    }
    for kind, numbers in read_by.items():
        page = shown(client_with(plan, kind).get("/norrby/plan/2021/vagen/")).one("main")
        assert page.one("li", aria_current="step").text == "Till styrelsen, läget nu"
        versions = [each.id for each in page.all("li") if each.id.startswith("version-")]
        assert versions == [f"version-{number}" for number in numbers], kind
        files = [link.href for each in page.all("ul", css="version-files") for link in each.all("a")]
        assert files == [f"/norrby/plan/2021/version/{number}/plan_pdf/" for number in numbers]
        assert bool(page.all("ul", css="lacks")) == (kind == RoleKind.DIRECTOR)
        log = kind in (RoleKind.DIRECTOR, RoleKind.CHAIR, RoleKind.AUDITOR)
        assert ("Det som har hänt" in page.text) == log


@pytest.mark.parametrize(
    ("state", "page", "kinds"), [("board", "sammantrade", EDITORS | CHAIRS), ("adopted", "revidera", EDITORS)]
)
def test_what_comes_after_the_moves_is_offered_too(small, state, page, kinds):
    in_state(small, state)
    for kind in RoleKind:
        links = {
            link.href for link in shown(client_with(small, kind).get("/norrby/plan/2021/vagen/")).all("a")
        }
        assert (f"/norrby/plan/2021/{page}/" in links) == (kind in kinds), kind


def test_the_meeting_comes_before_the_decision(small):
    plan = in_state(small, "board")
    for first in ("sammantrade", "faststall"):
        page = shown(client_with(plan, RoleKind.CHAIR).get("/norrby/plan/2021/vagen/"))
        assert page.one("ul", css="steps").all("a")[0].href == f"/norrby/plan/2021/{first}/"
        assert [each.href for each in page.one("ul", css="steps").all("a", css="primary")] == [
            f"/norrby/plan/2021/{first}/"
        ]
        plan.meetings.get_or_create(on=timezone.localdate())


def test_why_the_plan_came_back_stands_first_for_those_who_mend_it(small):
    plan = in_state(small, "board")
    PlanMove.objects.create(
        plan=plan,
        number=1,
        action="send_back",
        from_state="board",
        to_state="draft",
        comment="Höj frukostmötena.",
        at=timezone.now(),
        by=people.user(),
        by_name="Anna Alm",
    )
    plan = in_state(plan, "draft")
    told = shown(director(plan).get("/norrby/plan/2021/vagen/")).one("div", css="said-of-plan").text
    assert "Planen är återförd av Anna Alm." in told
    assert "Höj frukostmötena." in told
    chair = shown(client_with(plan, RoleKind.CHAIR).get("/norrby/plan/2021/vagen/"))
    assert not chair.all("div", css="said-of-plan")


def test_a_stranger_finds_no_page(small):
    in_state(small, "board")
    stranger = client_of(people.user())
    for page in (
        "vagen",
        "skicka/samrad",
        "skicka/styrelsen",
        "aterfor",
        "motiveringar",
        "version/1/plan_pdf",
    ):
        assert stranger.get(f"/norrby/plan/2021/{page}/").status_code == 404


def test_as_many_queries_whatever_has_happened(small):
    client = director(small)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            version = version_of(small)
            PlanMove.objects.create(
                plan=small,
                number=version.number,
                action="consult",
                from_state="draft",
                to_state="consultation",
                version=version,
                at=timezone.now(),
                by=version.made_by,
                by_name="Karin Ek",
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/norrby/plan/2021/vagen/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# -- the files of a version --------------------------------------------------------------------------


def test_each_file_as_it_was_made(ready):
    client = director(ready)
    client.post(SUBMIT, {"seen": "0"})
    names = {
        "plan_pdf": ("gotland-plan-2021-version-1.pdf", b"%PDF"),
        "plan_docx": ("gotland-plan-2021-version-1.docx", b"PK"),
        "budget_pdf": ("gotland-budget-2021-version-1.pdf", b"%PDF"),
        "budget_xlsx": ("gotland-budget-2021-version-1.xlsx", b"PK"),
        "board_pdf": ("gotland-styrelseunderlag-2021-version-1.pdf", b"%PDF"),
        "board_docx": ("gotland-styrelseunderlag-2021-version-1.docx", b"PK"),
    }
    links = [link.href for link in shown(client.get(WAY)).one("ul", css="version-files").all("a")]
    assert sorted(links) == sorted(f"{HERE}version/1/{kind}/" for kind in names)
    for file in VersionFile.objects.all():
        answer = client.get(f"{HERE}version/1/{file.kind}/")
        name, begins = names[file.kind]
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.content.startswith(begins)
        assert answer["ETag"] == f'"{file.hash}"' == f'"{hash_of(answer.content)}"'
        assert "private" in answer["Cache-Control"]
        assert answer["Content-Type"].startswith("application/")


def test_a_browser_that_has_the_file_is_not_sent_it_again(small):
    version_of(small)
    client = director(small)
    address = "/norrby/plan/2021/version/1/plan_pdf/"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.content, again.status_code, again.content) == (FILE, 304, b"")


def test_a_file_is_for_those_who_read_the_version(small):
    in_state(small, "board")
    address = "/norrby/plan/2021/version/1/plan_pdf/"
    assert client_with(small, RoleKind.DEPUTY).get(address).status_code == 200
    for kind in (RoleKind.OBSERVER, RoleKind.MEMBER_REPRESENTATIVE):
        page = shown(client_with(small, kind).get(address), 403)
        assert "Din behörighet ger inte tillgång till det som skickats till styrelsen." in page.text


@pytest.mark.parametrize("path", ["1/board_pdf", "2/plan_pdf", "1/planen", "0/plan_pdf"])
def test_a_file_that_is_not_there_is_not_found(small, path):
    version_of(small)
    assert director(small).get(f"/norrby/plan/2021/version/{path}/").status_code == 404
