"""The samråd: who answers what and when, who is reminded, and which files come with an answer."""

import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO
from threading import Barrier

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets.models import Budget
from finsam.swedish import MONTHS
from members.models import Member, Role, RoleKind, User
from plans.consultation.files import LARGEST, UnusableFileError, checked_name
from plans.consultation.standing import takes_part
from plans.models import ConsultationAnswer, Notice, Plan, PlanMove, Version
from plans.revising import revise
from tests.members import people
from tests.members.page_forms import Values, faults, values_of
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, shown
from tests.plans.adoption_world import a_plan
from tests.plans.made_illustrations import drawing, file_of
from tests.plans.made_versions import adopt
from tests.plans.ready_plans import in_state, version_of

pytestmark = pytest.mark.django_db

HERE = "/gotland/plan/2021/samrad/"
ANSWER, REMIND = f"{HERE}svara/", f"{HERE}paminn/"
PDF = b"%PDF-1.7 ett svar"


def zipped(**files: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


DOCX = zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<o/>"})
PNG = file_of(drawing(30, 20))


@pytest.fixture
def plan() -> Plan:
    return in_state(a_plan(), "consultation")


def member(plan: Plan, name: str = "Region Gotland") -> Member:
    return plan.federation.members.get(name=name)


def director(plan: Plan) -> Client:
    return client_of(with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek")))


def representative(plan: Plan, name: str = "Region Gotland", person: str = "Bo Ask") -> User:
    user = people.user(name=person)
    Role.objects.create(
        user=user, federation=plan.federation, kind="member_representative", member=member(plan, name)
    )
    return user


def form(page: Element) -> Values:
    """What the form of an answer holds, as it is shown."""
    (found,) = [each for each in page.all("form") if each.attributes.get("action") == ANSWER]
    return {
        name: value for name, value in values_of(found).items() if name not in ("csrfmiddlewaretoken", "file")
    }


def answered(client: Client, **said: object):
    """The page is opened, the form filled in and sent."""
    return client.post(ANSWER, {**form(shown(client.get(HERE))), "text": "Inget att erinra.", **said})


def of(page: Element, plan: Plan, name: str = "Region Gotland") -> Element:
    """What the page says of a member."""
    return page.one("li", id=f"medlem-{member(plan, name).pk}")


def swedish(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# -- a member answers --------------------------------------------------------------------------------


def test_a_representative_answers_for_the_member_and_everybody_concerned_reads_it(plan):
    bo = client_of(representative(plan))
    page = shown(bo.get(HERE))
    assert "0 av 3 medlemmar har svarat" in page.one("main").text
    assert "Har inte svarat" in of(page, plan).text
    sent = SimpleUploadedFile("Vårt svar.PDF", PDF)
    answer = answered(bo, who="Regionstyrelsen § 12", text="Vi tillstyrker.\r\n\r\nMed tack", file=sent)
    assert answer["Location"] == HERE
    stored = ConsultationAnswer.objects.get()
    assert (stored.member_name, stored.who, stored.text) == (
        "Region Gotland",
        "Regionstyrelsen § 12",
        "Vi tillstyrker.\n\nMed tack",
    )
    assert (stored.on, stored.by_name, stored.version) == (timezone.localdate(), "Bo Ask", plan.version)
    for kind in (RoleKind.DIRECTOR, RoleKind.CHAIR, RoleKind.PREPARATORY_GROUP, RoleKind.AUDITOR):
        reader = client_of(with_role(plan.federation, kind))
        page = shown(reader.get(HERE))
        assert "1 av 3 medlemmar har svarat" in page.one("main").text
        said = of(page, plan).text
        assert f"{swedish(stored.on)}, Regionstyrelsen § 12. Inlagt" in said and "Vi tillstyrker." in said
        link = of(page, plan).one("a", download="")
        assert link.text == "Vårt svar.pdf"
        assert reader.get(link.href).content == PDF


def test_neither_the_text_nor_the_file_is_said_to_be_optional(plan):
    client = client_of(representative(plan))
    labels = [each.text for each in shown(client.get(HERE)).one("form", css="fields").all("label")]
    assert labels[-2:] == ["Svar (svar eller fil behövs)", "Fil (svar eller fil behövs)"]


def test_a_representative_answers_for_no_other_member(plan):
    bo = client_of(representative(plan))
    other = member(plan, "Försäkringskassan").pk
    answered(bo, member=str(other))
    assert ConsultationAnswer.objects.get().member == member(plan)
    links = [link.href for link in shown(bo.get(HERE)).one("main").all("a")]
    assert not [link for link in links if "medlem=" in link or "behorigheter" in link]


def test_who_represents_two_members_chooses(plan):
    bo = representative(plan)
    Role.objects.create(
        user=bo,
        federation=plan.federation,
        kind="member_representative",
        member=member(plan, "Försäkringskassan"),
    )
    client = client_of(bo)
    choices = [each.text for each in shown(client.get(HERE)).one("select", name="member").all("option")]
    assert choices == ["Välj …", "Försäkringskassan", "Region Gotland"]
    assert faults(shown(answered(client), 422)) == {"member": "Välj något för ”Medlem”."}
    answered(client, member=str(member(plan, "Försäkringskassan").pk))
    assert ConsultationAnswer.objects.get().member_name == "Försäkringskassan"
    third = answered(client, member=str(member(plan, "Arbetsförmedlingen").pk))
    assert "member" in faults(shown(third, 422))


def test_the_kansli_enters_what_came_on_paper_for_any_member(plan):
    karin = director(plan)
    for name in ("Försäkringskassan", "Arbetsförmedlingen", "Region Gotland"):
        answer = answered(karin, member=str(member(plan, name).pk), who=f"Chefen för {name}")
        assert answer.status_code == 302
    page = shown(karin.get(HERE))
    assert "3 av 3 medlemmar har svarat" in page.one("main").text
    assert "Chefen för Försäkringskassan. Inlagt" in of(page, plan, "Försäkringskassan").text
    assert "av Karin Ek" in of(page, plan, "Försäkringskassan").text
    assert not [each for each in page.all("form") if each.attributes.get("action") == REMIND]


def test_the_link_by_a_member_chooses_it_in_the_form(plan):
    karin = director(plan)
    page = shown(karin.get(HERE))
    (link,) = [each for each in of(page, plan).all("a") if each.text.startswith("Lägg in svar")]
    assert form(shown(karin.get(f"{HERE}{link.href.partition('#')[0]}")))["member"] == str(member(plan).pk)


def test_a_later_answer_counts_and_the_earlier_is_kept_below(plan):
    bo = client_of(representative(plan))
    answered(bo, text="Vi avstyrker.")
    answered(bo, text="Vi tillstyrker.")
    said = of(shown(bo.get(HERE)), plan)
    earlier = said.one("details").text
    assert "Vi avstyrker." in earlier and "Vi tillstyrker." not in earlier
    assert "Vi tillstyrker." in said.text and "(1)" in said.one("summary").text
    assert "1 av 3" in shown(bo.get(HERE)).one("main").text


# -- the members that are asked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined", "left", "asked"),
    [
        ("", "", True),
        ("2015", "", True),
        ("2021-07-01", "", True),  # joins during the plan year
        ("2022", "", False),
        ("", "2019", False),
        ("", "2020-10", True),  # still a member when it was sent
        ("", "2020-09-30", False),
    ],
)
def test_who_is_a_member_from_the_samrad_to_the_end_of_the_plan_year_is_asked(joined, left, asked):
    assert takes_part(joined, left, date(2020, 10, 1), date(2021, 12, 31)) is asked


def test_a_member_that_has_left_is_not_asked(plan):
    Member.objects.create(federation=plan.federation, name="Gamla kommunen", kind="municipality", left="2019")
    assert "Gamla kommunen" not in shown(director(plan).get(HERE)).one("main").text


# -- faults: nothing typed is lost -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "where", "sentence"),
    [
        ({"text": ""}, "text", "Skriv svaret eller bifoga en fil."),
        ({"text": "Svar \x07"}, "text", "styrtecken (U+0007)"),
        ({"text": "a" * 20_001}, "text", "Skriv högst 20000."),
        ({"on": "2199-01-01"}, "on", "Den dagen har inte varit än."),
        ({"on": "2019-01-01"}, "on", "Svaret kom efter."),
        ({"on": "i går"}, "on", "Skriv dagen som ÅÅÅÅ-MM-DD."),
        ({"on": ""}, "on", "Fyll i ”Datum”."),
        ({"who": ""}, "who", "Skriv vem som svarade."),
        ({"who": "a" * 201}, "who", "högst 200 tecken"),
        ({"text": "Vi tillstyrker \U0001f44d"}, "text", "går inte att skriva ut"),
        ({"who": "Anna \U0001f642"}, "who", "går inte att skriva ut"),
    ],
)
def test_a_fault_is_told_at_its_field_and_the_rest_stands(plan, said, where, sentence):
    bo = client_of(representative(plan))
    page = shown(answered(bo, **{"text": "Vårt svar.", "who": "Anna Alm", **said}), 422)
    assert sentence in faults(page)[where]
    values = {**form(page), "text": page.one("textarea", name="text").text}
    first = page.one(role="alert")
    assert sentence in first.text, "the fault may be far down: it is told first on the page too"
    assert first.one("a").href == f"#id_{where}"
    expected = {"text": "Vårt svar.", "who": "Anna Alm", **said}
    assert {name: values[name] for name in expected} == expected
    assert not ConsultationAnswer.objects.exists()


def test_a_file_that_was_sent_with_a_fault_is_asked_for_again(plan):
    page = shown(
        answered(client_of(representative(plan)), who="", file=SimpleUploadedFile("svar.pdf", PDF)), 422
    )
    assert "Välj svar.pdf igen." in faults(page)["file"]


def test_a_file_with_a_fault_of_its_own_is_not_asked_for_again(plan):
    sent = SimpleUploadedFile("svar.pdf", b"MZ program")
    page = shown(answered(client_of(representative(plan)), who="", file=sent), 422)
    assert "går att bifoga" in faults(page)["file"]
    assert "igen" not in faults(page)["file"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("svar.pdf", b"MZ\x90 program", "Filen är inte av ett slag som går att bifoga."),
        ("svar.html", b"<script>1</script>", "Filen är inte av ett slag som går att bifoga."),
        ("svar.docx", zipped(**{"a.txt": b"text"}), "Filen är inte av ett slag som går att bifoga."),
        ("svar.docx", b"PK\x03\x04 trasig", "Filen är inte av ett slag som går att bifoga."),
        ("svar.pdf", b"", "Filen är tom."),
        ("\u5831\u544a.pdf", PDF, "Filens namn går inte att skriva ut."),
        ("svar.pdf", PDF.ljust(LARGEST + 1), "Den får vara högst 10 MB."),
    ],
)
def test_a_file_that_is_not_taken_is_told_why(plan, name, content, sentence):
    bo = client_of(representative(plan))
    page = shown(answered(bo, file=SimpleUploadedFile(name, content)), 422)
    assert sentence in faults(page)["file"]
    assert page.one("textarea", name="text").text == "Inget att erinra."
    assert not ConsultationAnswer.objects.exists()


def test_a_name_in_a_macs_signs_keeps_its_letters():
    assert checked_name("Svar pa\u030a samra\u030ad.pdf", PDF) == "Svar på samråd.pdf"


def test_a_word_file_with_a_program_in_it_is_not_taken():
    content = zipped(
        **{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"program"}
    )
    with pytest.raises(UnusableFileError, match="makron"):
        checked_name("svar.docx", content)


@pytest.mark.parametrize(
    ("name", "content", "called", "media_type"),
    [
        ("svar.pdf", PDF, "svar.pdf", "application/pdf"),
        ("svar.exe", PDF, "svar.pdf", "application/pdf"),
        (
            "Yttrande (2).docx",
            DOCX,
            "Yttrande (2).docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("svar.zip", ODT, "svar.odt", "application/vnd.oasis.opendocument.text"),
        ("skannat.jpeg", b"\xff\xd8\xff\xe0 bild", "skannat.jpg", "image/jpeg"),
        ("bild", PNG, "bild.png", "image/png"),
        ('a"b\u202e;.pdf', PDF, "ab.pdf", "application/pdf"),
    ],
)
def test_a_file_is_what_it_holds_and_only_ever_saved(plan, name, content, called, media_type):
    bo = client_of(representative(plan))
    assert answered(bo, text="", file=SimpleUploadedFile(name, content)).status_code == 302
    stored = ConsultationAnswer.objects.get()
    assert stored.file_name == called
    answer = bo.get(f"{HERE}svar/{stored.pk}/fil/")
    assert (answer.content, answer["Content-Type"]) == (content, media_type)
    assert answer["Content-Disposition"] == f'attachment; filename="{called}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


def test_a_file_of_another_plan_or_of_no_answer_is_not_found(plan):
    bo = client_of(representative(plan))
    answered(bo, file=SimpleUploadedFile("svar.pdf", PDF))
    answered(bo, text="Utan fil.")
    first, second = ConsultationAnswer.objects.order_by("pk")
    elsewhere = a_plan("lund")
    other = client_of(with_role(elsewhere.federation, RoleKind.DIRECTOR))
    assert other.get(f"/lund/plan/2021/samrad/svar/{first.pk}/fil/").status_code == 404
    assert other.get(f"{HERE}svar/{first.pk}/fil/").status_code == 404
    assert bo.get(f"{HERE}svar/{second.pk}/fil/").status_code == 404
    board_member = client_of(with_role(plan.federation, RoleKind.BOARD_MEMBER))
    assert board_member.get(f"{HERE}svar/{first.pk}/fil/").status_code == 403


def with_file(plan: Plan, text: str = "Vi tillstyrker.") -> ConsultationAnswer:
    answered(client_of(representative(plan)), text=text, file=SimpleUploadedFile("svar.pdf", PDF))
    return ConsultationAnswer.objects.latest("pk")


def before_board(plan: Plan) -> Version:
    """What the board reads now, with the papers that name the answers so far."""
    in_state(plan, "board")
    assert plan.version is not None
    return plan.version


def file_address(answer: ConsultationAnswer) -> str:
    return f"{HERE}svar/{answer.pk}/fil/"


def test_who_reads_the_boards_papers_opens_the_file_that_they_name(plan):
    answer = with_file(plan)
    readers = [
        client_of(with_role(plan.federation, kind)) for kind in (RoleKind.BOARD_MEMBER, RoleKind.DEPUTY)
    ]
    observer = client_of(with_role(plan.federation))
    assert {each.get(file_address(answer)).status_code for each in (*readers, observer)} == {403}
    version = before_board(plan)
    there = f"/gotland/plan/2021/version/{version.number}/samrad/"
    for reader in readers:
        page = shown(reader.get(there))
        assert "Vi tillstyrker." in of(page, plan).text and "Här är svaren som hade kommit" in page.text
        assert reader.get(of(page, plan).one("a", download="").href).content == PDF
        assert not page.one("main").all("form") and reader.get(HERE).status_code == 403
    assert observer.get(file_address(answer)).status_code == observer.get(there).status_code == 403
    adopt(version)
    assert observer.get(file_address(answer)).content == PDF
    assert file_address(answer) in [link.href for link in shown(observer.get(there)).all("a")]


def test_an_answer_that_the_boards_papers_do_not_have_is_for_those_who_read_the_samrad(plan):
    version = before_board(plan)
    late = with_file(plan, "För sent.")
    there = f"/gotland/plan/2021/version/{version.number}/samrad/"
    ledamot, chair = (
        client_of(with_role(plan.federation, kind)) for kind in (RoleKind.BOARD_MEMBER, RoleKind.CHAIR)
    )
    assert ledamot.get(file_address(late)).status_code == 403
    assert "För sent." not in shown(ledamot.get(there)).text
    assert chair.get(file_address(late)).content == PDF
    assert "För sent." in shown(chair.get(there)).text


def test_the_samrad_of_an_adopted_plan_is_read_when_it_is_revised(plan):
    answer = with_file(plan)
    version = before_board(plan)
    adopt(version)
    Budget.objects.update(is_open=False)  # as the adoption does
    karin = director(plan)
    revise(Plan.objects.select_related("budget", "federation").get(), people.user(), "Nya besked.")
    there = f"/gotland/plan/2021/version/{version.number}/samrad/"
    page = shown(karin.get(HERE)).one("main")
    assert "Planen har inte varit på samråd än." in page.text
    assert there in [link.href for link in page.all("a")]
    for client in (
        karin,
        client_of(representative(plan, "Försäkringskassan")),
        client_of(with_role(plan.federation)),
    ):
        page = shown(client.get(there))
        assert "Vi tillstyrker." in of(page, plan).text
        assert client.get(of(page, plan).one("a", download="").href).content == PDF
    assert karin.get(file_address(answer).replace("2021", "2022")).status_code == 404


# -- versions and states -----------------------------------------------------------------------------


def test_an_answer_to_an_earlier_version_counts_and_says_which(plan):
    bo = client_of(representative(plan))
    answered(bo)
    assert "version 1" not in of(shown(bo.get(HERE)), plan).text
    in_state(plan, "consultation")
    page = shown(bo.get(HERE))
    assert "Version 2 skickades på samråd" in page.one("main").text
    assert "Svaret gäller version 1." in of(page, plan).text
    assert "1 av 3 medlemmar har svarat" in page.one("main").text
    answered(bo, text="Samma igen.")
    assert ConsultationAnswer.objects.latest("pk").version.number == 2


def test_the_kansli_says_which_version_an_answer_is_about(plan):
    karin = director(plan)
    in_state(plan, "consultation")
    assert form(shown(karin.get(HERE)))["version"] == "2"
    answered(karin, member=str(member(plan).pk), version="1", who="Regionen")
    assert ConsultationAnswer.objects.get().version.number == 1


@pytest.mark.parametrize(("state", "sentence"), [("draft", "Planen är ett utkast."), ("adopted", "avslutat")])
def test_no_answer_is_taken_before_or_after(plan, state, sentence):
    bo = client_of(representative(plan))
    values = form(shown(bo.get(HERE)))
    in_state(plan, state)
    page = shown(bo.get(HERE))
    assert sentence in page.one("main").text and not page.all("textarea")
    answer = shown(bo.post(ANSWER, {**values, "text": "Vårt svar."}), 409)
    assert sentence in answer.one("main").one(role="alert").text
    assert answer.one("textarea", name="text").text == "Vårt svar."
    assert not ConsultationAnswer.objects.exists()
    karin = director(plan)
    assert sentence in shown(karin.post(REMIND, follow=True)).one("main").text
    assert not Notice.objects.exists()


def test_an_answer_that_comes_when_the_board_has_the_plan_is_taken_and_marked(plan):
    bo = client_of(representative(plan))
    answered(client_of(representative(plan, "Försäkringskassan")))
    in_state(plan, "board")
    PlanMove.objects.create(
        plan=plan,
        number=1,
        action="submit",
        from_state="consultation",
        to_state="board",
        version=plan.version,
        at=timezone.now(),
        by=people.user(),
        by_name="Karin Ek",
    )
    answered(bo)
    page = shown(bo.get(HERE))
    assert "Efter samrådet." in of(page, plan).text
    assert "Efter samrådet." not in of(page, plan, "Försäkringskassan").text
    assert ConsultationAnswer.objects.latest("pk").version.number == 1


def test_a_plan_that_went_straight_to_the_board_has_nothing_to_answer():
    plan = in_state(a_plan(), "board")
    karin = director(plan)
    page = shown(karin.get(HERE))
    assert "Planen har inte varit på samråd än." in page.one("main").text
    assert not page.all("textarea")
    said = shown(karin.post(ANSWER, {"text": "Svar"}), 409).one("main").one(role="alert").text
    assert "Planen har inte varit på samråd." in said


# -- two at once -------------------------------------------------------------------------------------


def test_sending_twice_stores_one_answer(plan):
    bo = client_of(representative(plan))
    values = {**form(shown(bo.get(HERE))), "text": "Vårt svar."}
    for _ in range(3):
        assert bo.post(ANSWER, values)["Location"] == HERE
    assert ConsultationAnswer.objects.count() == 1


def test_the_second_of_two_reads_what_the_first_entered_and_chooses(plan):
    bo, karin = client_of(representative(plan)), director(plan)
    values = form(shown(karin.get(HERE)))
    answered(bo, text="Vi tillstyrker.")
    values |= {"member": str(member(plan).pk), "text": "Brev från regionen.", "who": "Regionen"}
    page = shown(karin.post(ANSWER, values), 409)
    assert "Bo Ask har lagt in ett svar från Region Gotland" in page.one("main").one(role="alert").text
    assert "Vi tillstyrker." in of(page, plan).text
    assert page.one("textarea", name="text").text == "Brev från regionen."
    again = {**form(page), "text": page.one("textarea", name="text").text}
    assert karin.post(ANSWER, again)["Location"] == HERE
    assert [each.text for each in ConsultationAnswer.objects.order_by("pk")] == [
        "Vi tillstyrker.",
        "Brev från regionen.",
    ]


def test_who_has_another_version_before_them_than_the_one_sent_now_is_told(plan):
    bo = client_of(representative(plan))
    values = {**form(shown(bo.get(HERE))), "text": "Vårt svar."}
    in_state(plan, "consultation")
    page = shown(bo.post(ANSWER, values), 409)
    assert "Version 2 har skickats på samråd" in page.one("main").one(role="alert").text
    assert page.one("textarea", name="text").text == "Vårt svar."
    assert bo.post(ANSWER, {**form(page), "text": "Vårt svar."})["Location"] == HERE
    assert ConsultationAnswer.objects.get().version.number == 2


@pytest.mark.django_db(transaction=True)
def test_of_several_that_answer_for_a_member_at_once_one_is_stored_and_the_others_are_told():
    plan = in_state(a_plan(), "consultation")
    clients = [client_of(representative(plan, person=f"Person {n}")) for n in range(4)]
    values = [form(shown(each.get(HERE))) for each in clients]
    begin = Barrier(len(clients))

    def send(number: int) -> int:
        try:
            begin.wait(timeout=30)
            return clients[number].post(ANSWER, {**values[number], "text": f"Svar {number}"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = sorted(pool.map(send, range(len(clients))))
    assert statuses == [302, 409, 409, 409]
    assert ConsultationAnswer.objects.count() == 1


# -- reminders ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_has_not_answered_is_reminded_once_a_day():
    plan = in_state(a_plan(), "consultation")
    bo, eva = representative(plan), representative(plan, "Försäkringskassan", "Eva Fors")
    answered(client_of(eva))
    karin = director(plan)
    page = shown(karin.get(HERE))
    assert "Region Gotland" in page.one("form", action=REMIND).text
    assert "Försäkringskassan" not in page.one("form", action=REMIND).text
    for _ in range(3):
        assert karin.post(REMIND)["Location"] == HERE
    (notice,) = Notice.objects.filter(kind="reminder")
    assert (notice.user, notice.sentence) == (
        bo,
        "Region Gotland har inte svarat på samrådet om planen för 2021.",
    )
    assert notice.address == f"http://testserver{HERE}"
    (letter,) = mail.outbox
    assert letter.to == [bo.email] and notice.address in letter.body
    page = shown(karin.get(HERE))
    assert f"Påmind {swedish(timezone.localdate())}." in of(page, plan).text
    assert "Påmind" not in of(page, plan, "Arbetsförmedlingen").text
    assert "Ingen att påminna i dag" in page.one("main").text
    Notice.objects.update(
        key=notice.key.replace(str(timezone.localdate()), "2020-01-01"),
        made_at=timezone.now() - timedelta(days=3),
    )
    karin.post(REMIND)
    assert Notice.objects.filter(user=bo).count() == len(mail.outbox) == 2


def test_a_member_without_a_representative_is_named_with_where_to_give_the_right(plan):
    karin = director(plan)
    page = shown(karin.get(HERE))
    said = of(page, plan)
    assert "Ingen har behörighet att svara för Region Gotland." in said.text
    assert "/gotland/behorigheter/" in [link.href for link in said.all("a")]
    representative(plan)
    assert "Bo Ask svarar för Region Gotland." in of(shown(karin.get(HERE)), plan).text


# -- who may, and how it is read ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - {RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR}))
def test_only_the_kansli_reminds_and_only_who_may_answers(plan, kind):
    with_role(plan.federation, kind, someone := people.user())
    client = client_of(someone)
    assert client.post(REMIND).status_code == 403
    if kind != RoleKind.MEMBER_REPRESENTATIVE:
        assert client.post(ANSWER, {"text": "Svar"}).status_code == 403
    page = client.get(HERE)
    reads = kind in (
        RoleKind.CHAIR,
        RoleKind.VICE_CHAIR,
        RoleKind.MEMBER_REPRESENTATIVE,
        RoleKind.PREPARATORY_GROUP,
        RoleKind.AUDITOR,
    )
    assert page.status_code == (200 if reads else 403)
    if reads and kind != RoleKind.MEMBER_REPRESENTATIVE:
        assert not shown(page).all("textarea")
    assert not ConsultationAnswer.objects.exists() and not Notice.objects.exists()


def test_what_a_member_says_is_text_and_no_markup(plan):
    bo = client_of(representative(plan))
    answered(bo, text="<script>alert(1)</script>", who="<b>Bo</b>")
    page = shown(bo.get(HERE))
    assert "<script>alert(1)</script>" in of(page, plan).text and "<b>Bo</b>" in of(page, plan).text


def people_and_answers(plan: Plan, number: int) -> Iterator[None]:
    version = Version.objects.get(plan=plan, number=1)
    for n in range(number):
        made = Member.objects.create(
            federation=plan.federation, name=f"Kommun {number}-{n}", kind="municipality"
        )
        user = representative(plan, made.name, f"Person {number}-{n}")
        for _ in range(2):
            ConsultationAnswer.objects.create(
                version=version,
                member=made,
                member_name=made.name,
                on=timezone.localdate(),
                who="En",
                text="Ett svar.",
                at=timezone.now(),
                by=user,
                by_name=str(user),
            )
        yield


def test_as_many_queries_with_few_members_as_with_many(plan):
    version_of(plan)
    karin = director(plan)
    counts = []
    for number in (1, 12):
        list(people_and_answers(plan, number))
        with CaptureQueriesContext(connection) as queries:
            page = shown(karin.get(HERE))
        assert f"{number if number == 1 else 13} av" in page.one("main").text
        counts.append(len(queries))
    assert counts[0] == counts[1]
