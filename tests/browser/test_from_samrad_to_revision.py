"""Gotland's plan from samråd to revision, as six people in six browsers: sent, answered, commented, sent back,
corrected, sent again, amended at the meeting, decided and revised.

A screenshot is kept of each page: in the folder of FINSAM_SCREENSHOTS, else in var/screenshots.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from plans.models import Decision, Plan, Version
from tests.browser import grid
from tests.browser.six_people import (
    ADOPT,
    BACK,
    BOARD,
    COMMENTS,
    FOLDER,
    MEETING,
    PLAN,
    REVISE,
    WAY,
    Six,
    six_people,
)
from tests.browser.test_decision import as_if_an_hour_had_passed
from tests.browser.test_writing import EDITOR, wait_until_saved, write
from tests.browser.visits import FIXTURES, GOTLAND
from tests.loading import load
from tests.members.code_app import code
from tests.services import pdf

pytestmark = [pytest.mark.looks, pytest.mark.django_db(transaction=True)]

BOARD_NAMES = ("Anna Alm", "Eva Fors", "Cia Berg", "Fia Gran", "Dan Ek", "Gun Holm", "Bo Al", "Ida Lund")
"""Ledamöter, each followed by a personal deputy, as the federation lists its seats."""
DEFICIT = "Underskott 2021"
LINE = "JobbSam 3.0"


@pytest.fixture
def six(browser: Browser, live_server: LiveServer) -> Iterator[Six]:
    """Gotland as in the fixtures, with names on the seats of its board."""
    cache.clear()
    federation, _ = load(FIXTURES / "gotland")
    seats = federation.appointments.filter(body="board").order_by("position")
    for name, seat in zip(BOARD_NAMES, seats, strict=True):
        seat.person = name
        seat.post = "chair" if name == BOARD_NAMES[0] else seat.post
        seat.save()
    yield from six_people(browser, live_server, federation)


def test_from_samrad_to_revision(six: Six):
    nothing_is_seen_of_the_draft(six)
    financial_goals_are_written(six)
    warnings_are_explained(six)
    sent_to_consultation(six)
    region_gotland_answers(six)
    sent_to_the_board(six)
    the_board_comments(six)
    sent_back(six)
    corrected(six)
    sent_again(six)
    meeting_recorded(six)
    amended_at_the_meeting(six)
    decided(six)
    the_files_say_so(six)
    revised(six)


def nothing_is_seen_of_the_draft(six: Six) -> None:
    six.assert_state("Utkast")
    six.assert_only_the_director_works()
    for who, words in (
        ("director", "Utkast"),
        ("observer", "En verksamhetsplan med budget för 2021 förbereds."),
        ("member", "En verksamhetsplan med budget för 2021 förbereds."),
    ):
        six[who].goto("/gotland/")
        expect(six[who].get_by_role("main")).to_contain_text(words)
        six.keep(who, "oversikt-utkast")


def financial_goals_are_written(six: Six) -> None:
    page = six["director"]
    page.goto(WAY)
    six.keep("director", "vagen-utkast")
    page.goto(f"{PLAN}skriv/")
    six.keep("director", "disposition-saknar")
    page.locator(".lacks").get_by_role("button", name="Lägg till avsnitt").click()
    page.locator(".lacks").get_by_role("link", name="Skriv i").click()
    page.locator(EDITOR).wait_for()
    write(page, "Eget kapital är högst 20 procent av medlemmarnas bidrag vid årets slut.")
    wait_until_saved(page)
    six.keep("director", "finansiella-mal")
    page.goto(f"{PLAN}skriv/")
    expect(page.get_by_text("Att rätta innan planen kan antas")).to_have_count(0)


def explain(page: Page, why: str, for_the_rest: str) -> None:
    """The deficit and the opening equity each for itself, the rest of each rule with one text."""
    page.goto(f"{PLAN}motiveringar/")
    page.get_by_role("textbox", name=f"Motivering {DEFICIT}").fill(why)
    page.get_by_role("textbox", name="Motivering Ingående eget kapital 2021").fill("Prognosen i september.")
    page.get_by_text("Samma motivering för alla 9 som saknar en").click()
    page.get_by_label("Motivering till alla 9").fill(for_the_rest)


def warnings_are_explained(six: Six) -> None:
    page = six["director"]
    explain(page, "Eget kapital används till JobbSam 3.0.", "Raderna är rätt; den tryckta summan är fel.")
    six.keep("director", "motiveringar")
    page.get_by_role("button", name="Spara motiveringarna").click()
    expect(page.get_by_role("status")).to_have_text("Sparat. Alla varningar är motiverade.")


def send(six: Six, number: int, letter: str, to: str = "till styrelsen") -> None:
    """From the page that sends; the version then stands on the page of the plan's way."""
    page = six["director"]
    page.get_by_label("Följebrev").fill(letter)
    six.keep("director", f"skicka-version-{number}")
    page.get_by_role("button", name=f"Skicka version {number}").click()
    expect(page.get_by_role("status")).to_have_text(f"Version {number} är skickad {to}.")
    expect(page.locator(f"#version-{number}")).to_contain_text(letter)
    six.keep("director", f"vagen-version-{number}")


def told(email: str) -> str:
    """The last letter to somebody."""
    return str([each for each in mail.outbox if email in each.to][-1].body)


def sent_to_consultation(six: Six) -> None:
    page = six["director"]
    page.goto(WAY)
    page.get_by_role("link", name="Skicka på samråd").click()
    page.get_by_label("Svara senast").fill(f"{timezone.localdate() + timedelta(days=20)}")
    send(six, 1, "Läs särskilt avsnittet om JobbSam.", "på samråd")
    six.assert_state("På samråd")
    six.assert_reads(director="1", member="1", chair="1", auditor="1")
    six.assert_only_the_director_works()
    six["ledamot"].goto("/gotland/plan/")
    six.keep("ledamot", "planer-att-lasa-under-samradet")
    six["ledamot"].goto(f"{PLAN}version/1/")
    six.keep("ledamot", "far-inte-lasa-samradet")
    six.errors.clear()  # the browser notes the 403
    six["auditor"].goto(WAY)
    six.keep("auditor", "vagen-samrad")


def region_gotland_answers(six: Six) -> None:
    letter = told("member@example.se")
    assert "lämna ditt svar" in letter
    assert Version.objects.get().hash[:12] in letter
    [address] = [word for word in letter.split() if "/samrad/" in word]
    page = six["member"]
    page.goto("/gotland/")
    six.keep("member", "oversikt-samrad")
    page.get_by_role("link", name="Läs version 1 och svara på samrådet").click()
    expect(page.get_by_role("heading", name="Finansiella mål")).to_be_visible()
    six.keep("member", "version-1")
    page.goto(address)
    six.keep("member", "samrad")
    page.get_by_label("Vem svarade").fill("Regionstyrelsen § 12")
    page.get_by_label("Svar", exact=False).and_(page.locator("textarea")).fill("Vi tillstyrker planen.")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret från Region Gotland är inlagt.")
    six.keep("member", "samrad-besvarat")
    director = six["director"]
    director.goto(WAY)
    director.get_by_role("link", name="Samrådet och svaren").click()
    expect(director.get_by_text("Vi tillstyrker planen.")).to_be_visible()
    six.keep("director", "samrad")


def sent_to_the_board(six: Six) -> None:
    page = six["director"]
    page.goto(WAY)
    page.get_by_role("link", name="Skicka till styrelsen", exact=True).click()
    expect(page.get_by_text("Ingenting har ändrats sedan version 1")).to_be_visible()
    send(six, 2, "Inför sammanträdet.")
    six.assert_state("Till styrelsen")
    six.assert_reads(director="12", member="1", ledamot="2", chair="12", auditor="12")
    for who in ("auditor", "observer", "member"):
        six[who].goto("/gotland/plan/")
        six.keep(who, "planer-att-lasa-hos-styrelsen")


def say(page: Page, place: str, text: str) -> None:
    page.get_by_role("link", name=place, exact=True).first.click()
    box = page.get_by_role("textbox")
    box.fill(text)
    page.get_by_role("button", name="Lämna synpunkten").click()
    expect(page.get_by_role("status")).to_contain_text("Din synpunkt är lämnad.")


def the_board_comments(six: Six) -> None:
    page = six["ledamot"]
    page.goto("/gotland/")
    page.get_by_role("link", name="Läs version 2 inför sammanträdet").click()
    six.keep("ledamot", "version-2")
    heading = page.get_by_role("link", name="Synpunkt på").filter(has_text="Modell för resultatmätning")
    say(page, heading.last.inner_text(), "Vem mäter?")
    six.keep("ledamot", "synpunkt-pa-avsnitt")
    page.get_by_role("link", name="Budgeten", exact=True).click()
    page.get_by_role("row", name="Summa Projekt").get_by_role("link").nth(1).click()
    expect(page.get_by_role("dialog")).to_contain_text(LINE)
    six.keep("ledamot", "belopp-oppnat")
    page.get_by_role("dialog").get_by_role("button", name="Stäng").click()
    say(page, f"Synpunkt på {LINE}", "Går det att sänka?")
    six.keep("ledamot", "synpunkt-pa-post")
    page.get_by_role("link", name="Anmärkningar").click()
    finding = page.locator("li.remark", has_text=DEFICIT)
    finding.get_by_role("link", name="Synpunkt").click()
    finding.get_by_role("textbox").fill("Hur länge räcker kapitalet?")
    finding.get_by_role("button", name="Lämna synpunkten").click()
    expect(page.get_by_text("Hur länge räcker kapitalet?")).to_be_visible()
    six.keep("ledamot", "synpunkt-pa-anmarkning")
    auditor = six["auditor"]
    auditor.goto(f"{PLAN}version/2/synpunkter/")
    six.keep("auditor", "synpunkter")
    assert six.status("auditor", f"{PLAN}version/2/synpunkter/ny/?plats=helheten")[0] == 403


def sent_back(six: Six) -> None:
    for who in ("director", "ledamot", "auditor", "observer", "member"):
        expect_refused(six, who, BACK)
    page = six["chair"]
    page.goto(WAY)
    six.keep("chair", "vagen-hos-styrelsen")
    page.get_by_role("link", name="Återför till utkast").click()
    page.get_by_label("Varför?").fill("Sänk JobbSam och skriv vem som mäter resultatet.")
    six.keep("chair", "aterfor")
    page.get_by_role("button", name="Återför till utkast").click()
    expect(page.get_by_role("status")).to_have_text("Planen är återförd till utkast.")
    six.keep("chair", "aterford")
    assert "Anna Alm" in told("director@example.se")
    six.assert_state("Utkast")
    six.assert_reads(director="12", auditor="12")


def expect_refused(six: Six, who: str, path: str) -> None:
    """Either not allowed at all, or shown why the move cannot be made by them."""
    status, said = six.status(who, path)
    assert status in (403, 409), (who, path, status)
    assert "Din behörighet ger inte" in said or "ordföranden" in said, (who, path)


def corrected(six: Six) -> None:
    page = six["director"]
    page.goto(WAY)
    expect(page.locator(".moves > li").first).to_contain_text("Sänk JobbSam")
    six.keep("director", "vagen-aterford")
    change_jobbsam(page, "2 153 500")
    six.keep("director", "budget-rattad")
    page.goto(f"{PLAN}skriv/resultatmatning-mer/")
    page.locator(EDITOR).wait_for()
    write(page, " Förbundschefen mäter varje halvår.")
    wait_until_saved(page)
    six.keep("director", "text-rattad")
    page.goto(COMMENTS)
    comment = page.locator("article.comment", has_text="Går det att sänka?")
    comment.get_by_text("Svara").click()
    comment.get_by_label("Ditt svar").fill("Ja, med 50 000 kronor.")
    comment.get_by_role("button", name="Skicka svaret").click()
    expect(comment.locator(".status")).to_contain_text("besvarad")
    six.keep("director", "synpunkter-besvarade")
    assert "/version/2/" in told("ledamot@example.se")


def change_jobbsam(page: Page, amount: str) -> None:
    page.goto(GOTLAND)
    grid.write(page, LINE, 1, amount)
    grid.wait_for_figure(page, LINE, 1, amount)
    grid.wait_until_saved(page)


def explain_again(six: Six, why: str) -> None:
    """The figure of the deficit is another, so that it asks anew; what was said before stands beside."""
    page = six["director"]
    page.goto(BOARD)
    expect(page.get_by_text("Motivering saknas").or_(page.get_by_text("saknar motivering")).first).to_be_visible()
    page.goto(f"{PLAN}motiveringar/")
    six.keep("director", "motivering-galler-inte-langre")
    page.get_by_role("textbox", name=f"Motivering {DEFICIT}").fill(why)
    page.get_by_role("button", name="Spara motiveringarna").click()
    expect(page.get_by_role("status")).to_have_text("Sparat. Alla varningar är motiverade.")
    page.goto(BOARD)


def sent_again(six: Six) -> None:
    explain_again(six, "Eget kapital används till JobbSam 3.0, 50 000 kronor mindre än först.")
    send(six, 3, "Rättad efter återremissen.")
    six.assert_state("Till styrelsen")
    six.assert_reads(director="123", member="1", ledamot="23", chair="123", auditor="123")
    page = six["ledamot"]
    page.goto("/gotland/plan/")
    page.get_by_role("link", name="Läs version 3 inför sammanträdet").click()
    page.get_by_role("link", name="Vad som har ändrats sedan version 2").click()
    row = page.get_by_role("row", name=LINE).first
    expect(row).to_contain_text("2\u00a0153\u00a0500")
    expect(page.locator("ins", has_text="mäter varje halvår")).to_be_visible()
    six.keep("ledamot", "andringar-sedan-version-2")
    page.get_by_role("link", name="Budgeten", exact=True).click()
    expect(page.get_by_text("Ja, med 50 000 kronor.")).to_be_visible()
    six.keep("ledamot", "version-3-budget")


def meeting_recorded(six: Six) -> None:
    for who in ("ledamot", "member", "auditor", "observer"):
        expect_refused(six, who, MEETING)
    page = six["director"]
    page.goto(WAY)
    page.get_by_role("link", name="Skriv in sammanträdet").click()
    six.keep("director", "sammantrade-tomt")
    page.get_by_label("Plats").fill("Visby")
    page.get_by_label("Paragraf").fill("45")
    page.get_by_label("Sammanträdet är offentligt").check()
    page.get_by_label("Kungjort den").fill(f"{timezone.localdate() - timedelta(days=10)}")
    page.get_by_role("button", name="Alla ledamöter är på plats").click()
    page.get_by_label("Leder sammanträdet, Anna Alm").check()
    page.get_by_label("Närvaro, Bo Al").select_option("frånvarande")
    page.get_by_label("Närvaro, Ida Lund").select_option("på distans")
    page.get_by_role("button", name="Låt ersättarna träda in").click()
    expect(page.locator("#raknat")).to_contain_text("4 av 4 tjänstgör")
    expect(page.locator("#raknat")).to_contain_text("Styrelsen är beslutför.")
    page.get_by_label("Reservation, Dan Ek").fill("JobbSam borde ha sänkts mer.")
    six.keep("director", "sammantrade-ifyllt")
    page.locator("#sammantrade .primary").click()
    expect(page.get_by_role("status").first).to_contain_text("Sammanträdet är sparat.")


def amended_at_the_meeting(six: Six) -> None:
    change_jobbsam(six["director"], "2 103 500")
    explain_again(six, "Eget kapital används till JobbSam 3.0, sänkt på sammanträdet.")
    send(six, 4, "Ändrad på sammanträdet: JobbSam 2 103 500 kronor.")
    six.assert_reads(director="1234", member="1", ledamot="234", chair="1234", auditor="1234")
    page = six["director"]
    page.goto(MEETING)
    six.keep("director", "sammantrade-efter-andringen")


def decided(six: Six) -> None:
    for who in ("director", "ledamot", "member", "auditor", "observer"):
        expect_refused(six, who, ADOPT)
    page = six["chair"]
    page.goto("/konto/")
    page.get_by_role("link", name="Lägg till en kodapp").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_role("textbox", name="Kod").fill(code(secret))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("textbox", name="Kod")).to_have_count(0)
    as_if_an_hour_had_passed(page)
    page.goto(WAY)
    page.get_by_role("link", name="Fastställ", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(Version.objects.get(number=4).hash)
    six.keep("chair", "faststall")
    for field in page.locator(".asked textarea").all():
        field.fill("Statens besked kom sent.")
    page.get_by_role("button", name="Bekräfta att det är du").click()
    six.keep("chair", "andra-faktor")
    page.get_by_role("textbox", name="Kod").fill(code(secret, 1))
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.locator(".asked textarea").first).to_have_value("Statens besked kom sent.")
    six.keep("chair", "faststall-bekraftad")
    page.get_by_role("button", name="Fastställ version 4").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 45")
    six.keep("chair", "beslut")
    assert Decision.objects.get().by_name == "Anna Alm"
    assert "version 4" in told("observer@example.se")
    six.assert_state("Fastställd")
    six.assert_reads(
        director="1234", member="14", ledamot="234", chair="1234", auditor="1234", observer="4"
    )
    for who in ("director", "observer", "member", "auditor"):
        six[who].goto("/gotland/")
        six.keep(who, "oversikt-faststalld")
    six["observer"].goto("/gotland/plan/")
    six["observer"].get_by_role("link", name="Läs den fastställda planen för 2021").click()
    expect(six["observer"].get_by_text("Fastställd").first).to_be_visible()
    six.keep("observer", "version-4")


def downloaded(page: Page, name: str, kept_as: str) -> bytes:
    """A file by its link, kept beside the screenshots too."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).first.click()
    content = download.value.path().read_bytes()
    (FOLDER / f"{kept_as}.pdf").write_bytes(content)
    return content


def the_files_say_so(six: Six) -> None:
    """The observer takes out the adopted plan and the protocol extract: valid, and they say what was decided."""
    version = Version.objects.get(number=4)
    page = six["observer"]
    page.goto(f"{PLAN}beslut/")
    plan = downloaded(page, "Den fastställda planen", "samrad-faststalld-plan")
    protocol = downloaded(page, "Protokollsutdrag", "samrad-protokollsutdrag")
    pdf.check(plan)
    pdf.check(protocol)
    of_plan, of_protocol = pdf.text(plan), pdf.text(protocol)
    first, *_ = pdf.pages(plan)
    assert "Fastställd" in first
    assert "§ 45" in first
    for words in ("Förbundschefen mäter varje halvår.", "sänkt på sammanträdet"):
        assert words in of_plan
    for words in (
        version.hash,
        "version 4",
        "§ 45",
        "Ida Lund",
        "JobbSam borde ha sänkts mer.",
        "Statens besked kom sent.",
    ):
        assert words in of_protocol
    stored = {file.hash for file in version.decision.files.all()}
    assert {hashlib.sha256(each).hexdigest() for each in (plan, protocol)} <= stored


def revised(six: Six) -> None:
    for who in ("ledamot", "chair", "member", "auditor", "observer"):
        assert six.status(who, REVISE)[0] == 403
    page = six["director"]
    page.goto(WAY)
    six.keep("director", "vagen-faststalld")
    page.get_by_role("link", name="Revidera planen").click()
    page.get_by_label("Varför planen revideras").fill("Statens medel blev mindre än i förhandsbeskedet.")
    six.keep("director", "revidera")
    page.get_by_role("button", name="Börja revideringen").click()
    expect(page.get_by_role("status").first).to_contain_text("är ett utkast")
    six.keep("director", "revideringen-borjad")
    change_jobbsam(page, "2 003 500")
    explain_again(six, "Eget kapital används till JobbSam 3.0, mindre än fastställt.")
    send(six, 5, "Reviderad plan.")
    everybody = {"member": "14", "observer": "4", "ledamot": "2345"}
    six.assert_reads(**everybody, director="12345", chair="12345", auditor="12345")
    for who in ("observer", "chair"):
        six[who].goto("/gotland/")
        six.keep(who, "oversikt-under-revideringen")
    chair = six["chair"]
    chair.goto(f"{PLAN}version/5/andringar/?sedan=beslut")
    expect(chair.get_by_role("main")).to_contain_text("version 4 av planen för 2021")
    row = chair.get_by_role("row", name=LINE).first
    for words in ("2\u00a0103\u00a0500", "2\u00a0003\u00a0500"):
        expect(row).to_contain_text(words)
    six.keep("chair", "andringar-i-revideringen")
    assert Plan.objects.get(federation__slug="gotland").revision == 1
