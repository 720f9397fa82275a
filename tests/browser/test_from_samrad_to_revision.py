"""Gotland's plan from samråd to revision, as six people in six browsers: sent, answered, commented, sent
back, corrected, sent again, amended at the meeting, decided and revised.

A screenshot is kept of each page: in the folder of FINSAM_SCREENSHOTS, else in var/screenshots.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from plans.models import Version
from tests.browser.section_text import wait_until_saved, write
from tests.browser.six_decide import (
    amended_at_the_meeting,
    decided,
    meeting_recorded,
    revised,
    the_files_say_so,
)
from tests.browser.six_people import BACK, COMMENTS, PLAN, WAY, Six, six_people
from tests.browser.six_work import (
    DEFICIT,
    LINE,
    change_jobbsam,
    expect_refused,
    explain,
    explain_again,
    say,
    send,
    told,
)
from tests.browser.visits import FIXTURES
from tests.browser.waiting import follow
from tests.loading import load

pytestmark = [pytest.mark.looks, pytest.mark.django_db(transaction=True)]

BOARD_NAMES = ("Anna Alm", "Eva Fors", "Cia Berg", "Fia Gran", "Dan Ek", "Gun Holm", "Bo Al", "Ida Lund")
"""Ledamöter, each followed by a personal deputy, as the federation lists its seats."""


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


@pytest.mark.long
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
    write(page, "Eget kapital är högst 20 procent av medlemmarnas bidrag vid årets slut.")
    wait_until_saved(page)
    six.keep("director", "finansiella-mal")
    page.goto(f"{PLAN}skriv/")
    expect(page.get_by_text("Att rätta innan planen kan antas")).to_have_count(0)


def warnings_are_explained(six: Six) -> None:
    page = six["director"]
    explain(page, "Eget kapital används till JobbSam 3.0.", "Raderna är rätt; den tryckta summan är fel.")
    six.keep("director", "motiveringar")
    page.get_by_role("button", name="Spara motiveringarna").click()
    expect(page.get_by_role("status")).to_have_text("Sparat. Alla varningar är motiverade.")


def sent_to_consultation(six: Six) -> None:
    page = six["director"]
    page.goto(WAY)
    follow(page.get_by_role("link", name="Skicka på samråd"))
    page.get_by_label("Svara senast").fill(f"{timezone.localdate() + timedelta(days=20)}")
    send(six, 1, "Läs särskilt avsnittet om JobbSam.", "på samråd")
    six.assert_state("Samråd")
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
    follow(page.get_by_role("button", name="Skicka svaret"))
    expect(page.get_by_role("status")).to_contain_text("Svaret från Region Gotland är inlagt.")
    expect(page.get_by_role("button", name="Skicka svaret")).to_be_hidden()  # it is not what to do next
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


def the_board_comments(six: Six) -> None:
    page = six["ledamot"]
    page.goto("/gotland/")
    follow(page.get_by_role("link", name="Läs version 2 inför sammanträdet"))
    six.keep("ledamot", "version-2")
    heading = page.get_by_role("link", name="Synpunkt på").filter(has_text="Modell för resultatmätning")
    say(page, heading.last.inner_text(), "Vem mäter?")
    six.keep("ledamot", "synpunkt-pa-avsnitt")
    follow(page.get_by_role("link", name="Budgeten", exact=True))
    page.get_by_role("row", name="Summa Projekt").get_by_role("link").nth(1).click()
    expect(page.get_by_role("dialog")).to_contain_text(LINE)
    six.keep("ledamot", "belopp-oppnat")
    page.get_by_role("dialog").get_by_role("button", name="Stäng").click()
    say(page, f"Synpunkt på {LINE}", "Går det att sänka?")
    six.keep("ledamot", "synpunkt-pa-post")
    follow(page.get_by_role("link", name="Anmärkningar"))
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
    follow(page.get_by_role("link", name="Återför till utkast"))
    page.get_by_label("Varför?").fill("Sänk JobbSam och skriv vem som mäter resultatet.")
    six.keep("chair", "aterfor")
    page.get_by_role("button", name="Återför till utkast").click()
    expect(page.get_by_role("status")).to_have_text("Planen är återförd till utkast.")
    six.keep("chair", "aterford")
    assert "Anna Alm" in told("director@example.se")
    six.assert_state("Utkast")
    six.assert_reads(director="12", auditor="12")


def corrected(six: Six) -> None:
    page = six["director"]
    page.goto(WAY)
    expect(page.locator(".moves > li").first).to_contain_text("Sänk JobbSam")
    six.keep("director", "vagen-aterford")
    change_jobbsam(page, "2 153 500")
    page.get_by_role("button", name="Ta bort de tryckta summorna").click()
    expect(page.get_by_role("button", name="Ta bort de tryckta summorna")).to_have_count(0)
    six.keep("director", "budget-rattad")
    page.goto(f"{PLAN}skriv/resultatmatning-mer/")
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


def sent_again(six: Six) -> None:
    explain_again(six, "Eget kapital används till JobbSam 3.0, 50 000 kronor mindre än först.")
    send(six, 3, "Rättad efter återremissen.")
    six.assert_state("Till styrelsen")
    six.assert_reads(director="123", member="1", ledamot="23", chair="123", auditor="123")
    page = six["ledamot"]
    page.goto("/gotland/plan/")
    page.get_by_role("link", name="Läs version 3 inför sammanträdet").click()
    follow(page.get_by_role("link", name="Vad som har ändrats sedan version 2"))
    row = page.get_by_role("row", name=LINE).first
    expect(row).to_contain_text("2\u00a0153\u00a0500")
    expect(page.locator("ins", has_text="mäter varje halvår")).to_be_visible()
    six.keep("ledamot", "andringar-sedan-version-2")
    page.get_by_role("link", name="Budgeten", exact=True).click()
    expect(page.get_by_text("Ja, med 50 000 kronor.")).to_be_visible()
    six.keep("ledamot", "version-3-budget")
