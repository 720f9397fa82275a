"""A version as its readers see it: the plan, the budget, the findings, what has changed, who has read it."""

from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets.models import BudgetYear
from members.models import RoleKind
from plans.models import Comment, Explanation, Plan, Reading, Section
from plans.review.reading import note_reading
from plans.versions.contents import read
from tests.members import people
from tests.members.shown_page import Element, ids, shown
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers, adopt, put, sent

pytestmark = pytest.mark.django_db

BASE = "/norrby/plan/2021/version"
PAGES = ("", "budget/", "budget/belopp/?rad=cost&kolumn=0", "anmarkningar/", "andringar/", "synpunkter/")
EDITORS = {"director", "administrator"}
CHAIRS = {"chair", "vice_chair"}
BOARD = CHAIRS | {"board_member", "deputy"}
CONSULTED = {"member_representative", "preparatory_group"}
AUDITOR = {"auditor"}
EVERYBODY = {kind.value for kind in RoleKind}


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def readers(plan) -> Readers:
    return Readers(plan.federation)


def page(client, address: str) -> Element:
    return shown(client.get(address))


# -- who reads what ----------------------------------------------------------------------------------


MAY_READ = {
    ("consultation", "current"): EDITORS | CHAIRS | CONSULTED | AUDITOR,
    ("consultation", "sent back"): EDITORS | AUDITOR,
    ("board", "current"): EDITORS | BOARD | AUDITOR,
    ("board", "sent back"): EDITORS | AUDITOR,
    ("board", "adopted"): EVERYBODY,
}


@pytest.mark.parametrize(("purpose", "then"), MAY_READ)
def test_every_page_of_a_version_is_read_by_whom_the_table_says(plan, readers, purpose, then):
    version = sent(plan, purpose)
    if then == "adopted":
        adopt(version)
    if then == "sent back":
        put(plan, "draft", None)
    for kind in RoleKind:
        client = readers.client(kind)
        expected = 200 if kind in MAY_READ[purpose, then] else 403
        assert {client.get(f"{BASE}/1/{each}").status_code for each in PAGES} == {expected}, kind


def test_who_may_not_read_is_told_why_and_sees_nothing_of_it(plan, readers):
    sent(plan, "board")
    refused = shown(readers.client("observer").get(f"{BASE}/1/"), 403)
    assert "ger inte tillgång till det som skickats till styrelsen" in refused.one("main").text
    assert "Post 0" not in refused.text
    assert people.client_of(people.user()).get(f"{BASE}/1/").status_code == 404


# -- the head ----------------------------------------------------------------------------------------


def standing(client, number: int) -> str:
    return page(client, f"{BASE}/{number}/").one("p", css="standing").one("strong").text


def test_the_head_says_how_each_version_stands(plan, readers):
    auditor = readers.client("auditor")
    first = sent(plan, "consultation", "Läs före mötet.\n\nKarin")
    assert standing(auditor, 1) == "På samråd"
    second = sent(plan, "board")
    assert standing(auditor, 1) == "Ersatt av version 2"
    assert standing(auditor, 2) == "Hos styrelsen"
    assert "Läs version 2" in page(auditor, f"{BASE}/1/").one("p", css="later").text
    adopt(second)
    assert standing(auditor, 2) == "Fastställd 2020-11-24 § 45"
    head = page(auditor, f"{BASE}/1/").one("header", css="version-head")
    assert "Följebrev Läs före mötet. Karin" in head.one("div", css="letter").text
    assert first.hash in head.text
    assert first.hash[:12] in head.one("summary").text


def test_a_version_that_was_taken_back_says_so(plan, readers):
    version = sent(plan, "board")
    plan.moves.create(
        number=1,
        action="send_back",
        from_state="board",
        to_state="draft",
        version=version,
        comment="Räkna om.",
        at=timezone.now(),
        by=people.user(),
        by_name="Bo",
    )
    put(plan, "draft", None)
    assert standing(readers.client("director"), 1) == "Återförd till utkast"


def test_the_ways_between_the_pages_lead_somewhere(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    for each in PAGES:
        main = page(client, f"{BASE}/1/{each}").one("main")
        for link in main.all("a"):
            address, _, fragment = urljoin(f"{BASE}/1/{each}", link.href).partition("#")
            answer = client.get(address)
            assert answer.status_code == 200, link.href
            if fragment:
                assert fragment in ids(shown(answer)), link.href


# -- the plan ----------------------------------------------------------------------------------------


def test_what_was_sent_stands_whatever_is_changed_afterwards(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    before = page(client, f"{BASE}/1/").one("article", css="document").text
    Section.objects.filter(plan=plan).update(heading="Ändrad rubrik", text="<p>Ändrad text</p>")
    plan.budget.lines.update(name="Ändrad post")
    assert page(client, f"{BASE}/1/").one("article", css="document").text == before
    assert "Ändrad" not in page(client, f"{BASE}/1/budget/").text


def test_every_section_has_a_way_to_comment_on_it_for_who_may(plan, readers):
    sent(plan, "board")
    document = page(readers.client("board_member"), f"{BASE}/1/").one("article", css="document")
    assert [link.text for link in document.all("a", css="add-comment")] == [
        "Synpunkt på 1 Hela Norr",
        "Synpunkt på 1.1 forsta Norr",
        "Synpunkt på 1.2 andra Norr",
    ]
    read_only = page(readers.client("auditor"), f"{BASE}/1/")
    assert not read_only.all("a", css="add-comment")


# -- the budget --------------------------------------------------------------------------------------


def test_a_sum_opens_into_its_parts_until_what_was_entered(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    budget = page(client, f"{BASE}/1/budget/")
    (cost,) = [row for row in budget.one("table").all("tr", css="total") if "Summa kostnader" in row.text]
    link = cost.all("td")[0].one("a")
    assert link.text == "3 003"
    source = page(client, link.href)
    assert source.one("h1").text == "Summa kostnader, 2021 budget"
    rows = [(row.one("th").text, row.one("td").text) for row in source.one("table").all("tr")]
    assert rows == [
        ("Post 0 Norr", "1 000"),
        ("Post 1 Norr", "1 001"),
        ("Post 2 Norr", "1 002"),
        ("Summa kostnader", "3 003 kr"),
    ]
    assert client.get(f"{BASE}/1/budget/belopp/?rad=finns-inte&kolumn=0").status_code == 404
    assert client.get(f"{BASE}/1/budget/belopp/?rad=cost&kolumn=9").status_code == 404
    assert client.get(f"{BASE}/1/budget/belopp/?rad=cost&kolumn=²").status_code == 404


def test_where_it_is_narrow_the_budget_begins_at_the_plan_year(plan, readers):
    plan.budget.years.update(position=F("position") + 1)
    BudgetYear.objects.create(budget=plan.budget, year=2020, kind="budget", position=0)
    sent(plan, "board")
    heads = page(readers.client("board_member"), f"{BASE}/1/budget/").one("thead").all("th")
    assert [each.text for each in heads] == ["Post", "2020 budget", "2021 budget", "2022 plan"]
    assert ["plan-year" in each.attributes.get("class", "") for each in heads] == [False, False, True, False]


def test_a_version_leads_to_the_samrad_before_it(plan, readers):
    sent(plan, "consultation")
    sent(plan, "board")
    client = readers.client("board_member")
    ways = [link.href for link in page(client, f"{BASE}/2/").one("main").all("a")]
    assert f"{BASE}/2/samrad/" in ways
    assert "Version 1 skickades på samråd" in page(client, f"{BASE}/2/samrad/").text


def test_nothing_in_the_budget_of_a_version_can_be_changed(plan, readers):
    sent(plan, "board")
    table = page(readers.client("director"), f"{BASE}/1/budget/").one("table")
    assert not table.all("input") and not table.all("form")


def test_the_budget_has_the_marks_of_the_findings_that_were_frozen(plan, readers, monkeypatch):
    version = sent(plan, "board")
    marked = {each.code for each in read(version.content).findings if each.column is not None}
    assert marked

    def nothing_found(*_: object) -> list[object]:
        raise AssertionError("the rules are asked again")

    monkeypatch.setattr("budgets.page.check", nothing_found)
    monkeypatch.setattr("plans.compose.writing.check", nothing_found)
    table = page(readers.client("board_member"), f"{BASE}/1/budget/").one("table")
    assert table.all("svg", css="state")


# -- the findings ------------------------------------------------------------------------------------


def test_each_finding_with_its_severity_and_its_explanation(plan, readers):
    (first, *_) = read(sent(plan, "board").content).findings
    found = page(readers.client("board_member"), f"{BASE}/1/anmarkningar/").all("li", css="remark")
    assert [row.one("span", css="severity").text for row in found[:1]] == ["Fel."]
    assert first.sentence.replace("\u00a0", " ") in found[0].text
    assert all(row.one("a", css="add-comment") for row in found)


def test_the_findings_are_shown_the_worst_first_as_they_stand_within_each_severity(plan, readers):
    plan.budget.lines.filter(position=0).update(section="income", line_class="other")
    kept = read(sent(plan, "board").content).findings
    wanted = [
        each.sentence
        for severity in ("error", "warning", "notice")
        for each in kept
        if each.severity == severity
    ]
    assert wanted != [each.sentence for each in kept], "what the document lacks is kept last"
    found = page(readers.client("board_member"), f"{BASE}/1/anmarkningar/").all("li", css="remark")
    for row, sentence in zip(found, wanted, strict=True):
        assert sentence.replace("\u00a0", " ") in row.text
    assert [row.one("span", css="severity").text for row in found] == sorted(
        (row.one("span", css="severity").text for row in found), key=["Fel.", "Varning.", "Upplysning."].index
    )


def test_an_explanation_stands_with_its_finding(plan, readers):
    from plans.explaining import asking
    from plans.reading import read_plan

    plan.budget.lines.filter(position=0).update(section="income", line_class="other")
    (asked, *_) = asking(plan, read_plan(plan)).asked
    Explanation.objects.create(
        plan=plan, code=asked.code, sentence=asked.sentence, text="Kapitalet räcker.", made_by_name="Karin Ek"
    )
    sent(plan, "board")
    rows = page(readers.client("board_member"), f"{BASE}/1/anmarkningar/").all("li", css="remark")
    (row,) = [each for each in rows if asked.sentence.replace("\u00a0", " ") in each.text]
    assert row.one("div", css="letter").text.startswith("Motivering, Karin Ek")
    assert "Kapitalet räcker." in row.text


# -- what has changed --------------------------------------------------------------------------------


def changed(plan: Plan) -> None:
    line = plan.budget.lines.get(name="Post 0 Norr")
    line.amounts.filter(year__year=2021).update(amount=1500)
    plan.sections.filter(heading="andra Norr").update(text="<p>Söder</p>")


def test_the_changes_since_this_reader_last_looked(plan, readers):
    client = readers.client("chair")
    sent(plan, "consultation")
    client.get(f"{BASE}/1/")
    changed(plan)
    sent(plan, "board")
    told = page(client, f"{BASE}/2/").one("header", css="version-head").text
    assert "Vad som har ändrats sedan version 1, som du läste senast" in told
    main = page(client, f"{BASE}/2/andringar/?sedan=senast").one("main")
    rows = [[cell.text for cell in row if cell.tag in ("th", "td")] for row in main.one("table").all("tr")]
    assert rows[1] == ["Post 0 Norr", "1 000", "1 500", "+500", "50,0 %"]
    assert rows[2] == ["Summa kostnader", "3 003", "3 503", "+500", "16,7 %"]
    (text,) = main.all("div", css="text-change")
    assert text.one("h4").text == "andra Norr ändrat"
    assert text.one("del").text == "Borttaget: Norr Slut på det borttagna."
    assert text.one("ins").text == "Tillagt: Söder Slut på tillägget."


def test_who_has_opened_no_earlier_version_is_told_so(plan, readers):
    sent(plan, "consultation")
    sent(plan, "board")
    main = page(readers.client("board_member"), f"{BASE}/2/andringar/?sedan=senast").one("main")
    assert "Du har inte öppnat någon tidigare version" in main.text


def test_what_somebody_may_no_longer_read_is_not_shown_as_a_change(plan, readers):
    member = readers.user("board_member")
    consulted = sent(plan, "consultation")
    note_reading(consulted, member, None)
    changed(plan)
    sent(plan, "board")
    main = page(readers.client("board_member"), f"{BASE}/2/andringar/?sedan=senast").one("main")
    assert "1 500" not in main.text


def test_the_changes_since_the_last_adopted_plan(plan, readers):
    earlier = budget_of(plan.federation, 2020, "Norr")
    adopt(sent(earlier, "board"), "2019-11-20", "61")
    sent(plan, "board")
    client = readers.client("board_member")
    main = page(client, f"{BASE}/1/andringar/?sedan=beslut").one("main")
    assert "version 1 av planen för 2020, fastställd 2019-11-20 § 61" in main.text
    nothing = page(client, "/norrby/plan/2020/version/1/andringar/?sedan=beslut").one("main")
    assert "ingen fastställd plan i Finsam att jämföra med" in nothing.text


def test_who_reads_for_the_first_time_is_shown_what_has_changed_since_the_decision(plan, readers):
    def begins_with() -> str:
        main = page(readers.client("board_member"), f"{BASE}/1/andringar/").one("main")
        return main.one("nav", css="since").one("a", **{"aria-current": "true"}).text

    sent(plan, "board")
    assert begins_with() == "Sedan senast fastställda plan", "none is adopted yet, and none was read"
    adopt(sent(budget_of(plan.federation, 2020, "Norr"), "board"), "2019-11-20", "61")
    assert begins_with() == "Sedan senast fastställda plan"


def test_a_changed_text_without_a_heading_is_found_by_the_heading_above_it(plan, readers):
    client = readers.client("chair")
    above = plan.sections.get(heading="andra Norr")
    Section.objects.create(
        plan=plan, key="mer", parent=above.parent, position=above.position + 1, text="<p>Mer.</p>"
    )
    sent(plan, "consultation")
    client.get(f"{BASE}/1/")
    plan.sections.filter(key="mer").update(text="<p>Mindre.</p>")
    sent(plan, "board")
    (text,) = page(client, f"{BASE}/2/andringar/").one("main").all("div", css="text-change")
    assert text.one("h4").text == "Text under 1.2 andra Norr ändrat"
    assert text.one("a").href == f"{BASE}/2/#avsnitt-{above.key}"


def test_why_a_plan_is_revised_stands_over_its_version(plan, readers):
    client = readers.client("board_member")
    sent(plan, "board")
    assert "Reviderad plan." not in page(client, f"{BASE}/1/").text
    plan.revision, plan.revision_reason = 1, "Staten sänker sitt bidrag."
    plan.save()
    for address in (f"{BASE}/1/", "/norrby/"):
        assert "Reviderad plan. Staten sänker sitt bidrag." in page(client, address).text
    assert "Reviderad plan. Staten sänker sitt bidrag." in page(readers.client("director"), "/norrby/").text


def test_the_way_to_comment_on_a_line_says_what_it_is(plan, readers):
    sent(plan, "board")
    may = page(readers.client("board_member"), f"{BASE}/1/budget/").one("main")
    assert "Med + vid en post skriver du en synpunkt på den." in may.text
    (row,) = [
        each for each in may.all("tr") if each.attributes.get("class", "") and "Post 0 Norr" in each.text
    ]
    assert row.one("a", css="line-comment").attributes["title"] == "Skriv en synpunkt på Post 0 Norr"
    may_not = page(readers.client("auditor"), f"{BASE}/1/budget/").one("main")
    assert "Med + vid en post" not in may_not.text


def test_no_change_is_said(plan, readers):
    client = readers.client("chair")
    sent(plan, "consultation")
    client.get(f"{BASE}/1/")
    sent(plan, "board")
    assert "Inget skiljer dem åt." in page(client, f"{BASE}/2/andringar/?sedan=senast").text


# -- who has read ------------------------------------------------------------------------------------


def test_opening_a_version_is_noted_once_with_the_first_and_the_last_time(plan, readers):
    version = sent(plan, "board")
    client = readers.client("board_member")
    client.head(f"{BASE}/1/")
    client.get(f"{BASE}/1/", headers={"Sec-Purpose": "prefetch;prerender"})
    client.get(f"{BASE}/1/budget/belopp/?rad=cost&kolumn=0")
    assert not Reading.objects.exists()
    client.get(f"{BASE}/1/")
    first = Reading.objects.get(version=version, user=readers.user("board_member"))
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Reading.objects.update(first_at=an_hour_ago, last_at=an_hour_ago)
    client.get(f"{BASE}/1/budget/")
    again = Reading.objects.get(pk=first.pk)
    assert again.first_at == an_hour_ago
    assert again.last_at > an_hour_ago


@pytest.mark.django_db(transaction=True)
def test_two_pages_opened_at_the_same_time_are_one_reading(plan, readers):
    version, user = sent(plan, "board"), readers.user("board_member")
    together, faults = Barrier(2), []

    def opened() -> None:
        together.wait()
        try:
            note_reading(version, user, None)
        except Exception as fault:  # told in the test's own thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=opened) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert Reading.objects.count() == 1


def test_who_has_read_and_who_of_the_board_has_not(plan, readers):
    sent(plan, "board")
    for kind in ("chair", "board_member", "deputy", "observer"):
        readers.user(kind)
    readers.client("board_member").get(f"{BASE}/1/")
    said = page(readers.client("director"), "/norrby/plan/2021/synpunkter/")
    part = next(each for each in said.all("section") if each.all("h2", id="lasare"))
    assert part.one("tbody").one("th").text == "Ledamot ledamot"
    (missing,) = [each.text for each in part.all("p") if "Har inte öppnat" in each.text]
    assert missing == "Har inte öppnat den: Ersättare (ersättare), Ordförande (ordförande)"
    assert (
        "Vem som har läst" not in page(readers.client("board_member"), "/norrby/plan/2021/synpunkter/").text
    )


# -- where one lands ---------------------------------------------------------------------------------


def test_who_does_not_write_lands_on_what_they_may_read(plan, readers):
    sent(plan, "consultation")
    version = sent(plan, "board")
    for address in ("/norrby/", "/norrby/plan/"):
        main = page(readers.client("board_member"), address).one("main")
        links = [(link.text, link.href) for link in main.one("ul", css="versions-to-read").all("a")]
        assert links == [("Läs version 2 inför sammanträdet", f"{BASE}/2/")]
    assert "inget för dig att läsa än" in page(readers.client("observer"), "/norrby/plan/").text
    adopt(version)
    (link,) = page(readers.client("observer"), "/norrby/plan/").one("ul", css="versions-to-read").all("a")
    assert (link.text, link.href) == ("Läs den fastställda planen för 2021", f"{BASE}/2/")
    assert readers.client("director").get("/norrby/plan/")["Location"] == "/norrby/plan/2021/"


# -- the number of queries ---------------------------------------------------------------------------


def queries(client, address: str) -> int:
    client.get(address)  # the reading is noted, and the content read
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_as_many_queries_however_many_sections_and_comments(plan, readers):
    client = readers.client("director")
    version = sent(plan, "board")
    addresses = [f"{BASE}/1/{each}" for each in PAGES] + ["/norrby/plan/2021/synpunkter/"]
    few = {address: queries(client, address) for address in addresses}
    by = people.user()
    places = [{"section_key": key} for key in plan.sections.values_list("key", flat=True)]
    places += [{"line": str(key)} for key in plan.budget.lines.values_list("pk", flat=True)] + [{}]
    comments = Comment.objects.bulk_create(
        Comment(
            plan=plan, version=version, text=f"Synpunkt {n}", at=timezone.now(), by=by, by_name="Bo", **place
        )
        for n in range(30)
        for place in places
    )
    for comment in comments[:40]:
        comment.entries.create(action="answer", text="Ja.", at=timezone.now(), by=by, by_name="Bo")
    many = {address: queries(client, address) for address in addresses}
    # Once there are comments, they are read with one query more, and what was said to them with another.
    assert all(many[address] <= few[address] + 2 for address in addresses), (few, many)
    assert max(many.values()) <= 15
