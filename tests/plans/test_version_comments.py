"""Comments on a version: made, answered, closed, opened again, carried to the next, gathered in a list."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from members.models import RoleKind
from plans.models import Comment, CommentEntry, Notice, Plan
from plans.versions.contents import read
from tests.members import people
from tests.members.page_forms import values_of
from tests.members.shown_page import Element, shown
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers, adopt, put, sent

pytestmark = pytest.mark.django_db

BASE = "/norrby/plan/2021/version"
LIST = "/norrby/plan/2021/synpunkter/"
EDITORS = {"director", "administrator"}
CHAIRS = {"chair", "vice_chair"}
BOARD = CHAIRS | {"board_member", "deputy"}
CONSULTED = {"member_representative", "preparatory_group"}


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def readers(plan) -> Readers:
    return Readers(plan.federation)


def word(plan: Plan, what: str = "section") -> str:
    """The word of a place in addresses."""
    if what == "section":
        return f"avsnitt-andra-{plan.pk}"
    return f"post-{plan.budget.lines.first().pk}"


def say(client, plats: str, text: str = "För långt.", number: int = 1):
    return client.post(f"{BASE}/{number}/synpunkter/ny/", {"plats": plats, "text": text})


def at(comment: Comment, number: int = 1) -> str:
    return f"{BASE}/{number}/synpunkter/{comment.pk}/"


def answer(client, comment: Comment, text: str = "Det kortas.", number: int = 1, seen: int | None = None):
    known = comment.entries.count() if seen is None else seen
    return client.post(at(comment, number), {"do": "write", "text": text, "seen": known})


def threads(client, address: str) -> list[Element]:
    return shown(client.get(address)).all("article", css="comment")


# -- who ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "allowed"), [("consultation", EDITORS | CHAIRS | CONSULTED), ("board", EDITORS | BOARD)]
)
def test_a_comment_is_made_by_those_the_version_was_sent_to(plan, readers, purpose, allowed):
    sent(plan, purpose)
    for kind in RoleKind:
        client = readers.client(kind)
        expected = (200, 302) if kind in allowed else (403, 403)
        form = client.get(f"{BASE}/1/synpunkter/ny/?plats={word(plan)}")
        assert (form.status_code, say(client, word(plan)).status_code) == expected, kind
    assert Comment.objects.count() == len(allowed)


@pytest.mark.parametrize("state", ["draft", "adopted"])
def test_nobody_comments_on_what_is_taken_back_or_adopted(plan, readers, state):
    version = sent(plan, "board")
    if state == "adopted":
        adopt(version)
    else:
        put(plan, "draft", None)
    for kind in RoleKind:
        refused = say(readers.client(kind), word(plan), "Något jag skrev länge på.")
        assert refused.status_code == 403
        assert "Något jag skrev länge på." in shown(refused, 403).one("main").text
    assert not Comment.objects.exists()


def test_who_only_reads_adopted_plans_sees_no_comments(plan, readers):
    version = sent(plan, "board")
    say(readers.client("board_member"), word(plan), "Inom styrelsen.")
    adopt(version)
    assert "Inom styrelsen." in shown(readers.client("deputy").get(f"{BASE}/1/")).text
    for each in ("", "synpunkter/"):
        assert "Inom styrelsen." not in shown(readers.client("observer").get(f"{BASE}/1/{each}")).text
    assert readers.client("observer").get(at(Comment.objects.get())).status_code == 404
    assert readers.client("observer").get(LIST).status_code == 403


def test_what_the_board_says_is_not_shown_to_those_consulted_on_the_next_version(plan, readers):
    sent(plan, "board")
    say(readers.client("board_member"), word(plan), "Inom styrelsen.")
    sent(plan, "consultation")
    assert not threads(readers.client("preparatory_group"), f"{BASE}/2/synpunkter/")
    assert len(threads(readers.client("chair"), f"{BASE}/2/synpunkter/")) == 1
    assert readers.client("preparatory_group").get(at(Comment.objects.get(), 2)).status_code == 404
    assert "Inom styrelsen." not in shown(readers.client("preparatory_group").get(LIST)).text


# -- where -------------------------------------------------------------------------------------------


def test_a_comment_is_shown_at_its_place_after_it_is_made(plan, readers):
    version = sent(plan, "board")
    client = readers.client("board_member")
    sentence = read(version.content).findings[0].sentence
    finding = shown(client.get(f"{BASE}/1/anmarkningar/")).all("a", css="add-comment")[0].href.split("=")[1]
    for place, page in (
        (word(plan), f"{BASE}/1/"),
        (word(plan, "line"), f"{BASE}/1/budget/"),
        (finding, f"{BASE}/1/anmarkningar/"),
        ("helheten", f"{BASE}/1/synpunkter/"),
    ):
        done = say(client, place, f"Om {place}")
        comment = Comment.objects.latest("pk")
        assert done["Location"] == f"{page}#synpunkt-{comment.pk}"
        (thread,) = [each for each in threads(client, page) if each.id == f"synpunkt-{comment.pk}"]
        assert f"Om {place}" in thread.text
    places = [(each.section_key, each.line, each.finding) for each in Comment.objects.order_by("pk")]
    line = str(plan.budget.lines.first().pk)
    assert places == [(f"andra-{plan.pk}", "", ""), ("", line, ""), ("", "", sentence), ("", "", "")]


def test_a_comment_on_a_section_stands_after_its_heading(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    say(client, word(plan), "Mitt i planen.")
    text = shown(client.get(f"{BASE}/1/")).one("article", css="document").text
    assert text.index("1.2 andra Norr") < text.index("Mitt i planen.")
    assert text.rindex("1.2 andra Norr", 0, text.index("Mitt i planen.")) > text.index("1.1 forsta Norr")


def test_a_place_that_is_not_there_is_not_commented_on(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    assert client.get(f"{BASE}/1/synpunkter/ny/?plats=avsnitt-finns-inte").status_code == 404
    page = shown(say(client, "avsnitt-finns-inte", "Min text"), 409)
    assert page.one("textarea").text == "Min text"
    assert values_of(page.one("form", css="comment-box"))["plats"] == "helheten"


# -- what --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n ", "å" * 5001, "ett\x00tecken"])
def test_what_cannot_be_saved_is_given_back_with_the_reason(plan, readers, text):
    sent(plan, "board")
    page = shown(say(readers.client("board_member"), word(plan), text), 422)
    assert page.one("p", css="field-error").text
    assert page.one("textarea").attributes["aria-invalid"] == "true"
    assert not Comment.objects.exists()


def test_as_many_signs_as_it_says_are_saved(plan, readers):
    sent(plan, "board")
    assert say(readers.client("board_member"), word(plan), "å" * 5000).status_code == 302


def test_words_are_words_whatever_they_look_like(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    say(client, word(plan), "<script>alert(1)</script>\r\n\r\nEtt <b>nytt</b> stycke.\r\nNy rad.")
    (thread,) = threads(client, f"{BASE}/1/")
    paragraphs = thread.one("div", css="words").all("p")
    assert [each.text for each in paragraphs] == [
        "<script>alert(1)</script>",
        "Ett <b>nytt</b> stycke.Ny rad.",
    ]
    assert not thread.all("script") and not thread.all("b")


def test_the_same_sent_twice_is_one_comment_and_one_notice(plan, readers):
    sent(plan, "board")
    readers.user("director")
    client = readers.client("board_member")
    first, second = say(client, word(plan)), say(client, word(plan))
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == Notice.objects.count() == 1
    say(client, word(plan, "line"))
    assert Comment.objects.count() == 2
    Comment.objects.update(at=timezone.now() - timedelta(minutes=2))
    say(client, word(plan))
    assert Comment.objects.count() == 3


def test_what_was_written_while_the_plan_was_sent_again_can_be_left_on_the_new_version(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    sent(plan, "board")
    page = shown(say(client, word(plan), "Skrivet medan planen skickades."), 409)
    form = page.one("form", css="comment-box")
    assert form.attributes["action"] == f"{BASE}/2/synpunkter/ny/"
    assert page.one("textarea").text == "Skrivet medan planen skickades."
    values = {**values_of(form), "text": page.one("textarea").text}
    assert client.post(form.attributes["action"], values).status_code == 302
    assert Comment.objects.get().version.number == 2


# -- answers -----------------------------------------------------------------------------------------


@pytest.fixture
def comment(plan, readers) -> Comment:
    sent(plan, "board")
    say(readers.client("board_member"), word(plan))
    return Comment.objects.get()


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


def test_an_editor_answers_and_the_author_is_told(readers, comment):
    done = answer(readers.client("director"), comment)
    assert done["Location"] == f"{BASE}/1/#synpunkt-{comment.pk}"
    assert status(comment) == "answered"
    (thread,) = threads(readers.client("board_member"), f"{BASE}/1/")
    assert "besvarad" in thread.one("span", css="status").text
    assert "Förbundschef besvarade" in thread.text and "Det kortas." in thread.text
    told = Notice.objects.get(user=readers.user("board_member"))
    assert told.sentence == "Förbundschef har besvarat din synpunkt på planen för 2021."
    assert told.address == f"http://testserver{BASE}/1/#synpunkt-{comment.pk}"
    assert (told.kind, told.version) == ("news", comment.version)


def test_those_who_answer_are_told_of_a_comment_but_not_of_their_own(plan, readers):
    sent(plan, "board")
    director, administrator = readers.user("director"), readers.user("administrator")
    say(readers.client("board_member"), word(plan))
    assert {each.user for each in Notice.objects.all()} == {director, administrator}
    assert Notice.objects.first().sentence == (
        "Ledamot har lämnat en synpunkt på planen för 2021, version 1."
    )
    say(readers.client("director"), "helheten", "Till mig själv.")
    assert Notice.objects.filter(user=director).count() == 1


def test_what_others_add_to_an_answered_comment_opens_it_again(readers, comment):
    answer(readers.client("director"), comment)
    answer(readers.client("board_member"), comment, "Det räcker inte.")
    assert status(comment) == "open"
    actions = list(comment.entries.values_list("action", "by_name"))
    assert actions == [("answer", "Förbundschef"), ("reply", "Ledamot")]


def test_the_author_the_chair_and_the_editors_close_and_nobody_else(readers, comment):
    for kind in ("board_member", "chair", "vice_chair", "director", "administrator"):
        client = readers.client(kind)
        assert client.post(at(comment), {"do": "close"}).status_code == 302
        assert status(comment) == "closed"
        assert client.post(at(comment), {"do": "reopen"}).status_code == 302
        assert status(comment) == "open"
    for kind in ("deputy", "auditor", "observer"):
        assert readers.client(kind).post(at(comment), {"do": "close"}).status_code == 403
    assert status(comment) == "open"


def test_closing_twice_is_told_and_written_once(readers, comment):
    for kind in ("director", "chair"):
        said = readers.client(kind).post(at(comment), {"do": "close"}, follow=True)
        assert said.status_code == 200
    assert "Synpunkten är avslutad redan." in shown(said).text
    assert comment.entries.count() == 1


def test_an_answer_sent_twice_is_one(readers, comment):
    client = readers.client("director")
    assert answer(client, comment, seen=0).status_code == answer(client, comment, seen=0).status_code == 302
    assert comment.entries.count() == 1


def test_two_who_answer_at_once_see_each_other_and_lose_nothing(readers, comment):
    answer(readers.client("administrator"), comment, "Redan gjort.", seen=0)
    page = shown(answer(readers.client("director"), comment, "Jag tar det.", seen=0), 409)
    assert "Administratör besvarade medan du skrev." in page.one("div", role="alert").text
    assert "Redan gjort." in page.text
    form = page.one("form", css="comment-box")
    assert page.one("textarea").text == "Jag tar det."
    again = readers.client("director").post(
        form.attributes["action"], {**values_of(form), "do": "write", "text": "Jag tar det."}
    )
    assert again.status_code == 302
    assert comment.entries.count() == 2


def test_a_closed_comment_is_not_written_to_until_it_is_opened(readers, comment):
    readers.client("board_member").post(at(comment), {"do": "close"})
    page = shown(answer(readers.client("director"), comment, "För sent?"), 409)
    assert "Synpunkten är avslutad. Öppna den igen" in page.text
    assert page.one("textarea").text == "För sent?"
    assert not comment.entries.filter(action="answer").exists()


@pytest.mark.parametrize("posted", [{}, {"do": "remove"}, {"do": "write", "text": "a", "seen": "x"}])
def test_what_no_form_of_ours_sends_is_refused(readers, comment, posted):
    assert readers.client("director").post(at(comment), posted).status_code == 400
    assert not comment.entries.exists()


def test_after_the_decision_the_comments_stand_as_they_were(plan, readers, comment):
    put(plan, "adopted", comment.version)
    assert answer(readers.client("director"), comment).status_code == 403
    assert readers.client("director").post(at(comment), {"do": "close"}).status_code == 403
    (thread,) = threads(readers.client("director"), f"{BASE}/1/")
    assert not thread.all("form")


# -- carried -----------------------------------------------------------------------------------------


def test_open_and_answered_comments_go_on_to_the_next_version_and_closed_ones_stay(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    for text in ("Öppen", "Besvarad", "Avslutad"):
        say(client, word(plan), text)
    answer(readers.client("director"), Comment.objects.get(text="Besvarad"))
    client.post(at(Comment.objects.get(text="Avslutad")), {"do": "close"})
    sent(plan, "board")
    carried = threads(client, f"{BASE}/2/")
    assert [
        each.one("div", css="words").text for each in carried if not each.all(css="entry-of-comment")
    ] == ["Öppen"]
    assert len(carried) == 2
    assert all("lämnad på version 1" in each.text for each in carried)
    assert len(threads(client, f"{BASE}/1/")) == 3


def test_a_comment_follows_a_line_that_was_made_anew_by_its_name(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    line = plan.budget.lines.get(name="Post 0 Norr")
    say(client, f"post-{line.pk}", "Om posten")
    line.delete()
    plan.budget.lines.create(section="cost", line_class="insats", name="post 0 norr", position=9)
    sent(plan, "board")
    (thread,) = threads(client, f"{BASE}/2/budget/")
    assert "Om posten" in thread.text


def test_a_comment_follows_a_finding_whose_amounts_have_changed(plan, readers):
    income = plan.budget.lines.create(section="income", line_class="other", name="Ränta", position=9)
    for year in plan.budget.years.all():
        income.amounts.create(year=year, amount=100)
    version = sent(plan, "board")
    client = readers.client("board_member")
    (deficit,) = [
        each.sentence
        for each in read(version.content).findings
        if each.code == "BALANCE" and each.column == 0
    ]
    links = shown(client.get(f"{BASE}/1/anmarkningar/")).all("a", css="add-comment")
    (link,) = [each for each in links if deficit.replace("\u00a0", " ") in each.text]
    say(client, link.href.split("=")[1], "Varför så stort?")
    income.amounts.update(amount=200)
    sent(plan, "board")
    (thread,) = threads(client, f"{BASE}/2/anmarkningar/")
    assert "Varför så stort?" in thread.text
    assert thread.one("p", css="was").text == f"Gällde: {deficit}".replace("\u00a0", " ")


def test_what_has_lost_its_place_is_kept_under_a_heading_of_its_own(plan, readers):
    sent(plan, "board")
    client = readers.client("board_member")
    say(client, word(plan), "Om ett avsnitt som togs bort")
    plan.sections.get(heading="andra Norr").delete()
    sent(plan, "board")
    assert not threads(client, f"{BASE}/2/")
    page = shown(client.get(f"{BASE}/2/synpunkter/")).one("main")
    assert "Platsen finns inte längre" in [each.text for each in page.all("h3")]
    (thread,) = page.all("article", css="comment")
    assert "lämnad på version 1" in thread.text
    assert "Gällde: 1.2 andra Norr" in thread.text


# -- the list ----------------------------------------------------------------------------------------


@pytest.fixture
def many(plan, readers) -> None:
    sent(plan, "board")
    say(readers.client("board_member"), word(plan, "line"), "På posten")
    say(readers.client("chair"), word(plan), "På avsnittet")
    say(readers.client("chair"), "helheten", "På helheten")
    readers.client("chair").post(at(Comment.objects.get(text="På helheten")), {"do": "close"})
    answer(readers.client("director"), Comment.objects.get(text="På posten"))


def listed(client, query: str = "") -> list[str]:
    return [each.all("div", css="words")[0].text for each in threads(client, f"{LIST}{query}")]


def test_the_list_has_the_open_ones_first_and_then_by_place(many, readers):
    assert listed(readers.client("director")) == ["På avsnittet", "På posten", "På helheten"]


def test_the_list_is_narrowed_by_state_and_person(many, readers):
    client = readers.client("director")
    assert listed(client, "?lage=answered") == ["På posten"]
    assert listed(client, f"?vem={readers.user('chair').pk}") == ["På avsnittet", "På helheten"]
    assert listed(client, f"?lage=closed&vem={readers.user('board_member').pk}") == []
    assert listed(client, "?lage=annat&vem=x") == []


def test_an_answer_from_the_list_comes_back_to_the_list(many, readers):
    client = readers.client("director")
    thread = threads(client, LIST)[0]
    form = thread.one("form", css="comment-box")
    done = client.post(form.attributes["action"], {**values_of(form), "do": "write", "text": "Ja."})
    assert done["Location"].startswith(f"{LIST}#synpunkt-")


def test_an_answer_from_all_comments_of_a_version_comes_back_to_them(plan, readers):
    sent(plan, "board")
    say(readers.client("board_member"), word(plan, "line"), "På posten")
    director, all_of_version = readers.client("director"), f"{BASE}/1/synpunkter/"
    (thread,) = threads(director, all_of_version)
    writes, closes = thread.all("form")
    for form, what in ((writes, {"do": "write", "text": "Ja."}), (closes, {"do": "close"})):
        done = director.post(form.attributes["action"], {**values_of(form), **what})
        assert done["Location"] == f"{all_of_version}#{thread.attributes['id']}"
    assert threads(director, all_of_version)[0].attributes["id"] == thread.attributes["id"]


def test_a_fault_in_an_answer_keeps_where_it_came_from(plan, readers):
    sent(plan, "board")
    say(readers.client("board_member"), word(plan, "line"), "På posten")
    director, all_of_version = readers.client("director"), f"{BASE}/1/synpunkter/"
    form = threads(director, all_of_version)[0].all("form")[0]
    again = shown(
        director.post(form.attributes["action"], {**values_of(form), "do": "write", "text": ""}), 422
    )
    assert again.one("a", css="way-on").href.startswith(f"{all_of_version}#synpunkt-")
    assert values_of(again.all("form", css="comment-box")[0])["back"] == "synpunkter"


def test_closing_what_an_earlier_version_was_told_shows_it_on_its_own_page(plan, readers):
    sent(plan, "consultation")
    say(readers.client("preparatory_group"), "helheten")
    sent(plan, "board")
    comment = Comment.objects.get()
    posted = {"do": "close", "back": "synpunkter"}
    done = readers.client("director").post(at(comment, 2), posted)
    assert done["Location"] == f"{at(comment, 2)}#synpunkt-{comment.pk}".partition("#")[0]


def test_the_list_is_for_those_who_answer_and_comment(plan, readers):
    sent(plan, "board")
    allowed = EDITORS | BOARD | CONSULTED
    for kind in RoleKind:
        assert readers.client(kind).get(LIST).status_code == (200 if kind in allowed else 403), kind


# -- at the same time --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_comment_and_its_notice_are_stored_together_or_not_at_all(plan, readers, monkeypatch):
    sent(plan, "board")
    readers.user("director")
    client = readers.client("board_member")

    def broken(*_: object) -> None:
        raise RuntimeError("the notice cannot be written")

    monkeypatch.setattr("plans.views.review.commenting.tell_of_comment", broken)
    with pytest.raises(RuntimeError):
        say(client, word(plan))
    assert not Comment.objects.exists() and not CommentEntry.objects.exists()
    assert not transaction.get_connection().in_atomic_block
