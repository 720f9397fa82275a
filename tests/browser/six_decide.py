"""From the meeting to the revision, as the six see it."""

import hashlib
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Decision, Notice, Plan, Version
from tests.browser.six_people import ADOPT, MEETING, PLAN, REVISE, WAY, Six
from tests.browser.six_work import (
    LINE,
    change_jobbsam,
    downloaded,
    expect_refused,
    explain_again,
    send,
)
from tests.browser.test_decision import as_if_an_hour_had_passed
from tests.browser.waiting import follow
from tests.members.code_app import code
from tests.services import pdf


def meeting_recorded(six: Six) -> None:
    for who in ("ledamot", "member", "auditor", "observer"):
        expect_refused(six, who, MEETING)
    page = six["director"]
    page.goto(WAY)
    follow(page.get_by_role("link", name="Skriv in sammanträdet"))
    six.keep("director", "sammantrade-tomt")
    page.get_by_label("Plats").fill("Visby")
    page.get_by_label("Paragraf").fill("45")
    page.get_by_label("Sammanträdet är offentligt").check()
    page.get_by_label("Kungjort den").fill(f"{timezone.localdate() - timedelta(days=10)}")
    follow(page.get_by_role("button", name="Alla ledamöter är på plats"))
    page.get_by_label("Leder sammanträdet, Anna Alm").check()
    page.get_by_label("Närvaro, Bo Al").select_option("frånvarande")
    page.get_by_label("Närvaro, Ida Lund").select_option("på distans")
    follow(page.get_by_role("button", name="Låt ersättarna träda in"))
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
    expect(page.locator(".outdated")).to_contain_text("600 000 kr, täcks av eget kapital")
    six.keep("director", "sammantrade-efter-andringen")
    six["chair"].goto(ADOPT)
    expect(six["chair"].get_by_text("Planen kan inte fastställas än")).to_be_visible()
    six.keep("chair", "faststall-gammal-att-sats")
    follow(page.get_by_role("button", name="Byt till förslagen i version 4"))
    expect(page.locator(".outdated")).to_have_count(0)
    page.locator("#sammantrade .primary").click()
    expect(page.get_by_role("status").first).to_contain_text("Sammanträdet är sparat.")
    six.keep("director", "sammantrade-att-satserna-bytta")


def decided(six: Six) -> None:
    for who in ("director", "ledamot", "member", "auditor", "observer"):
        expect_refused(six, who, ADOPT)
    page = six["chair"]
    page.goto("/konto/")
    page.get_by_role("link", name="Lägg till en kodapp").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_role("textbox", name="Kod").fill(code(secret))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    as_if_an_hour_had_passed(page)
    page.goto(WAY)
    follow(page.get_by_role("link", name="Fastställ", exact=True))
    expect(page.get_by_role("main")).to_contain_text(Version.objects.get(number=4).hash)
    six.keep("chair", "faststall")
    for field in page.locator(".asked textarea").all():
        field.fill("Statens besked kom sent.")
    follow(page.get_by_role("button", name="Bekräfta att det är du"))
    six.keep("chair", "andra-faktor")
    page.get_by_role("textbox", name="Kod").fill(code(secret, 1))
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.locator(".asked textarea").first).to_have_value("Statens besked kom sent.")
    six.keep("chair", "faststall-bekraftad")
    page.get_by_role("button", name="Fastställ version 4").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 45")
    six.keep("chair", "beslut")
    assert Decision.objects.get().by_name == "Anna Alm"
    said = Notice.objects.get(user__email="observer@example.se").sentence
    assert said == "Planen för 2021 är fastställd: version 4."
    six.assert_state("Fastställd")
    six.assert_reads(director="1234", member="14", ledamot="234", chair="1234", auditor="1234", observer="4")
    for who in ("director", "observer", "member", "auditor"):
        six[who].goto("/gotland/")
        six.keep(who, "oversikt-faststalld")
    six["observer"].goto("/gotland/plan/")
    six["observer"].get_by_role("link", name="Läs den fastställda planen för 2021").click()
    expect(six["observer"].get_by_text("Fastställd").first).to_be_visible()
    six.keep("observer", "version-4")


def the_files_say_so(six: Six) -> None:
    """What the observer takes out is valid, and says what was decided."""
    version = Version.objects.get(number=4)
    page = six["observer"]
    page.goto(f"{PLAN}beslut/")
    plan = downloaded(page, "Den fastställda planen som PDF", "samrad-faststalld-plan")
    protocol = downloaded(page, "Protokollsutdrag", "samrad-protokollsutdrag")
    pdf.check(plan)
    pdf.check(protocol)
    of_plan, of_protocol = pdf.text(plan), pdf.text(protocol)
    first, *_ = pdf.pages(plan)
    assert f"Fastställd {timezone.localdate()} § 45 (version 4)" in first
    assert "Förbundschefen mäter varje halvår." in of_plan
    for words in (
        version.hash,
        "version 4",
        "§ 45",
        "Ida Lund",
        "kostnader på 4 874 000 kr",
        "sänkt på sammanträdet",
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
    follow(page.get_by_role("link", name="Revidera planen"))
    page.get_by_label("Varför planen revideras").fill("Statens medel blev mindre än i förhandsbeskedet.")
    six.keep("director", "revidera")
    page.get_by_role("button", name="Börja revideringen").click()
    expect(page.get_by_role("status").first).to_contain_text("är ett utkast")
    six.keep("director", "oversikt-revideringen-borjad")
    change_jobbsam(page, "2 003 500")
    explain_again(six, "Eget kapital används till JobbSam 3.0, mindre än fastställt.")
    send(six, 5, "Reviderad plan.")
    everybody = {"member": "14", "observer": "4", "ledamot": "2345"}
    six.assert_reads(**everybody, director="12345", chair="12345", auditor="12345")
    for who in ("observer", "chair"):
        six[who].goto("/gotland/")
        six.keep(who, "oversikt-under-revideringen")
    chair = six["chair"]
    chair.goto(f"{PLAN}version/5/anmarkningar/")
    expect(chair.locator(".version-findings > li")).to_have_count(8)  # as in the adopted version
    six.keep("chair", "anmarkningar-i-revideringen")
    chair.goto(f"{PLAN}version/5/andringar/?sedan=beslut")
    expect(chair.get_by_role("main")).to_contain_text("version 4 av planen för 2021")
    row = chair.get_by_role("row", name=LINE).first
    for words in ("2\u00a0103\u00a0500", "2\u00a0003\u00a0500"):
        expect(row).to_contain_text(words)
    six.keep("chair", "andringar-i-revideringen")
    assert Plan.objects.get(federation__slug="gotland").revision == 1
