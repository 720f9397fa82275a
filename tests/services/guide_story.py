"""What the pictures of the guide show: a plan of 2021 from the draft to the revision, step by step."""

from datetime import date

from playwright.sync_api import Page

from members.models import Federation, Invitation, Role, RoleKind
from plans.exchange.federation_folder import load
from plans.models import Section, Version
from tests.loading import FIXTURES
from tests.members import people
from tests.plans.ready_plans import FINANCIAL_GOALS
from tests.services.guide_camera import WIDE, Camera

HERE = "/gotland/"
BUDGET, PLAN = f"{HERE}budget/2021/", f"{HERE}plan/2021/"
WAY, MEETING, COMMENTS = f"{PLAN}vagen/", f"{PLAN}sammantrade/", f"{PLAN}synpunkter/"
CHIEF, MEMBER, LEDAMOT, CHAIR, AUDITOR = (
    f"{name}@example.se" for name in ("karin.ek", "bo.rung", "cia.berg", "anna.alm", "rolf.lind")
)
PEOPLE = {
    CHIEF: (RoleKind.DIRECTOR, "Karin Ek", ""),
    MEMBER: (RoleKind.MEMBER_REPRESENTATIVE, "Bo Rung", "Region Gotland"),
    LEDAMOT: (RoleKind.BOARD_MEMBER, "Cia Berg", ""),
    CHAIR: (RoleKind.CHAIR, "Anna Alm", ""),
    AUDITOR: (RoleKind.AUDITOR, "Rolf Lind", ""),
    "eva.noren@example.se": (RoleKind.MEMBER_REPRESENTATIVE, "Eva Norén", "Försäkringskassan"),
}
BOARD = ("Anna Alm", "Eva Fors", "Cia Berg", "Fia Gran", "Dan Ek", "Gun Holm", "Bo Al", "Ida Lund")
"""Ledamöter, each followed by a personal deputy, as the federation lists its seats."""
LINE = "JobbSam 3.0"
EDITOR = ".ProseMirror"
DRAFT, SENT, BEFORE_THE_BOARD, MEETING_DAY, AFTERWARDS = (
    date(2020, 9, 15),
    date(2020, 10, 1),
    date(2020, 11, 10),
    date(2020, 11, 24),
    date(2021, 1, 20),
)


def tell(camera: Camera) -> None:
    """All pictures, in the order that the plan comes to them."""
    camera.day(DRAFT)
    _people()
    signing_in(camera)
    the_federation(camera)
    the_draft(camera)
    the_explanations(camera)
    camera.day(SENT)
    the_consultation(camera)
    camera.day(BEFORE_THE_BOARD)
    before_the_board(camera)
    camera.day(MEETING_DAY)
    the_meeting(camera)
    camera.day(AFTERWARDS)
    afterwards(camera)


def _people() -> None:
    """Gotland's plan in a federation for practice, with names on the seats of its board."""
    federation, _ = load(FIXTURES / "gotland")
    federation.name, federation.short_name = "Samordningsförbundet Övning", "Övning"
    federation.save()
    seats = federation.appointments.filter(body="board").order_by("position")
    last = federation.members.get(name="Region Gotland")
    for name, seat in zip(BOARD, seats, strict=True):
        seat.person, seat.note = name, "Personlig ersättare" if seat.post == "deputy" else ""
        seat.post = "chair" if name == BOARD[0] else seat.post
        seat.save()
        if not seat.members.exists():
            seat.members.add(last)
    for email, (kind, name, member) in PEOPLE.items():
        represented = federation.members.get(name=member) if member else None
        user = people.user(email, name=name)
        Role.objects.create(user=user, federation=federation, kind=kind, member=represented)


def signing_in(camera: Camera) -> None:
    page = camera.page("/logga-in/")
    camera.keep(page, "logga-in", last=page.locator("#passkey"))
    page = camera.page("/konto/", LEDAMOT)
    camera.keep(
        page,
        "mitt-konto",
        last=page.get_by_role("link", name="Lägg till en kodapp"),
        press=page.get_by_role("link", name="Lägg till en nyckel"),
    )


def the_federation(camera: Camera) -> None:
    Invitation.objects.create(
        federation=Federation.objects.get(),
        name="Lena Sund",
        email="lena.sund@example.se",
        kind=RoleKind.AUDITOR,
        token_hash="0" * 64,
        made_at=camera.clock(),
        sent_at=camera.clock(),
    )
    page = camera.page(f"{HERE}behorigheter/", CHIEF)
    camera.keep(
        page,
        "behorigheter",
        last=page.locator("#invitation-1"),
        press=page.get_by_role("link", name="Bjud in en person"),
    )
    page = camera.page(f"{HERE}medlemmar/", CHIEF, WIDE)
    camera.keep(page, "medlemmar", last=page.locator("table.board"), highest=1300)


def the_draft(camera: Camera) -> None:
    page = camera.page(f"{HERE}ny-plan/", CHIEF)
    camera.keep(page, "ny-plan", last=page.locator("table.proposal"))
    page = camera.page(BUDGET, CHIEF, WIDE)
    camera.keep(page, "budget", highest=860)
    page = camera.page(f"{PLAN}skriv/", CHIEF)
    camera.keep(page, "disposition", highest=820)
    page = camera.page(f"{PLAN}skriv/uppfoljning/", CHIEF, WIDE)
    page.locator(EDITOR).wait_for()
    camera.keep(page, "skriva", highest=760)
    page = camera.page(f"{PLAN}mal/", CHIEF, WIDE)
    camera.keep(page, "mal", highest=800)
    page = camera.page(f"{HERE}insatser/", CHIEF, WIDE)
    camera.keep(page, "insatser", last=page.get_by_role("row", name="Frukostmöten"))
    page.get_by_role("link", name=LINE).first.click()
    camera.keep(page, "insats", last=page.locator("section[aria-labelledby=pengar]"), highest=1150)


def the_explanations(camera: Camera) -> None:
    """What the law asks for is written, what the rules warn of is explained, and the picture taken before."""
    section = {"heading": "Finansiella mål", "role": "financial_goals", "text": FINANCIAL_GOALS}
    plan = Federation.objects.get().plans.get()
    Section.objects.create(plan=plan, key="finansiella-mal", position=99, **section)
    page = camera.page(BUDGET, CHIEF, WIDE)
    page.get_by_role("button", name="Ta bort de tryckta summorna").click()
    page.get_by_role("button", name="Ta bort de tryckta summorna").wait_for(state="detached")
    page = camera.page(f"{PLAN}motiveringar/", CHIEF)
    for box in page.locator("textarea[name^='text-']").all():
        box.fill("Enligt prognosen i september, som är säkrare än budgeten för 2020.")
    first = "Det egna kapitalet är större än det behöver vara. Det används till JobbSam 3.0."
    page.get_by_role("textbox", name="Motivering Underskott 2021").fill(first)
    save = page.get_by_role("button", name="Spara motiveringarna")
    camera.keep(page, "motiveringar", highest=780)
    save.click()
    page.get_by_text("Alla varningar är motiverade.").wait_for()


def the_consultation(camera: Camera) -> None:
    page = camera.page(f"{PLAN}skicka/samrad/", CHIEF)
    page.get_by_label("Följebrev").fill("Läs särskilt avsnittet om JobbSam 3.0 och det egna kapitalet.")
    page.get_by_label("Svara senast").fill("2020-10-23")
    send = page.get_by_role("button", name="Skicka version 1")
    camera.keep(page, "skicka-samrad", last=send, press=send, highest=1100)
    send.click()
    page = camera.page(f"{PLAN}samrad/", MEMBER)
    page.get_by_label("Vem svarade").fill("Regionstyrelsen § 112")
    answer = page.get_by_label("Svar", exact=False).and_(page.locator("textarea"))
    answer.fill("Regionen tillstyrker planen, och vill följa hur deltagarna i JobbSam 3.0 går vidare.")
    press = page.get_by_role("button", name="Skicka svaret")
    camera.keep(page, "svara", last=press, press=press, highest=1100)
    press.click()
    page = camera.page(f"{PLAN}samrad/", CHIEF)
    camera.keep(page, "samradet", last=page.locator("section[aria-labelledby=svar]"), highest=900)


def before_the_board(camera: Camera) -> None:
    _send_to_the_board(camera, "Inför sammanträdet den 24 november.")
    page = camera.page(WAY, CHIEF)
    camera.keep(page, "vagen", last=page.locator("#version-2"), highest=1000)
    page = camera.page(f"{PLAN}version/2/", LEDAMOT, WIDE)
    camera.keep(page, "version", highest=800)
    page = camera.page(f"{PLAN}version/2/budget/", LEDAMOT, WIDE)
    page.get_by_role("link", name=f"Synpunkt på {LINE}").first.click()
    page.get_by_role("textbox").fill("Går det att sänka? Jag undrar hur länge det egna kapitalet räcker.")
    camera.keep(page, "synpunkt", first=page.get_by_role("row", name=LINE).first, highest=420)
    page.get_by_role("button", name="Lämna synpunkten").click()
    page.get_by_text("Din synpunkt är lämnad.").wait_for()
    page = camera.page(BUDGET, CHIEF, WIDE)
    row = page.locator("#table tr", has=page.get_by_role("rowheader", name=LINE, exact=True))
    row.locator("td[id]").nth(1).click()
    page.keyboard.type("2 153 500")
    page.keyboard.press("Enter")
    page.locator("#said", has_text="Sparat.").wait_for(state="attached")
    page = camera.page(f"{PLAN}skriv/resultatmatning-mer/", CHIEF, WIDE)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Förbundschefen mäter varje halvår.")
    page.get_by_text("Sparat").first.wait_for()
    _explain_the_deficit(camera)
    _send_to_the_board(camera, "JobbSam 3.0 är sänkt efter synpunkterna.")
    page = camera.page(f"{PLAN}version/3/andringar/?sedan=senast", LEDAMOT, WIDE)
    camera.keep(page, "andringar", last=page.locator(".text-change").first, highest=1200)
    page = camera.page(f"{PLAN}version/3/publicera/", CHIEF)
    page.get_by_label("Sammanträdet kungjordes").fill(f"{BEFORE_THE_BOARD}")
    publish = page.get_by_role("button", name="Publicera", exact=True)
    camera.keep(page, "publicera", last=publish, press=publish)
    publish.click()


def the_meeting(camera: Camera) -> None:
    page = camera.page(MEETING, CHIEF, WIDE)
    _fill_in_the_meeting(page)
    people_there = page.locator("section[aria-labelledby=deltagare]")
    camera.keep(page, "sammantradet", first=people_there, last=people_there, highest=1200)
    page.locator("#sammantrade .primary").click()
    page.get_by_text("Sammanträdet är sparat.").wait_for()
    page = camera.page(f"{PLAN}faststall/", CHAIR)
    page.get_by_role("button", name="Bekräfta att det är du").click()
    page.get_by_label("Lösenord").fill(people.PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    for box in page.locator(".asked textarea").all():
        box.fill("De har tillstyrkt planen muntligt, på medlemsmötet den 20 november.")
    adopt = page.get_by_role("button", name="Fastställ version 3")
    held = page.locator("section[aria-labelledby=sammantradet]")
    camera.keep(page, "faststall", first=held, last=adopt, press=adopt, highest=1000)
    adopt.click()
    page.get_by_text("är fastställd").first.wait_for()
    page = camera.page(f"{PLAN}beslut/", CHIEF)
    camera.keep(page, "beslutet", last=page.locator("section[aria-labelledby=beslutande]"))


def afterwards(camera: Camera) -> None:
    page = camera.page(f"{PLAN}version/3/publicera/", CHIEF)
    page.get_by_role("button", name="Publicera", exact=True).click()
    page.get_by_text("Version 3 är publicerad som fastställd.").wait_for()
    page = camera.page("/publicerat/gotland/2021/", window=WIDE)
    camera.keep(page, "publicerad", highest=700)
    version = Version.objects.get(number=3)
    page = camera.page(f"/kontrollera/?summa={version.hash}")
    camera.keep(page, "kontrollera", last=page.locator("#svar"))
    page = camera.page(f"{HERE}logg/", AUDITOR)
    camera.keep(page, "loggen", highest=760)
    page = camera.page(f"{PLAN}revidera/", CHIEF)
    why = "Statens medel blev 2 130 000 kronor, mindre än i förhandsbeskedet."
    page.get_by_label("Varför planen revideras").fill(why)
    begin = page.get_by_role("button", name="Börja revideringen")
    camera.keep(page, "revidera", last=begin, press=begin)


def _send_to_the_board(camera: Camera, letter: str) -> None:
    page = camera.page(f"{PLAN}skicka/styrelsen/", CHIEF)
    page.get_by_label("Följebrev").fill(letter)
    page.get_by_role("button", name="Skicka version").click()
    page.get_by_text("är skickad till styrelsen").wait_for()


def _explain_the_deficit(camera: Camera) -> None:
    """Its figure is another, so that it asks anew."""
    page = camera.page(f"{PLAN}motiveringar/", CHIEF)
    for box in page.locator("textarea[name^='text-']").all():
        if not box.input_value():
            box.fill("Det egna kapitalet används till JobbSam 3.0, sänkt efter styrelsens synpunkter.")
    page.get_by_role("button", name="Spara motiveringarna").click()
    page.get_by_text("Alla varningar är motiverade.").wait_for()


def _fill_in_the_meeting(page: Page) -> None:
    page.get_by_label("Datum").fill(f"{MEETING_DAY}")
    page.get_by_label("Plats").fill("Visby")
    page.get_by_label("Paragraf").fill("45")
    page.get_by_label("Sammanträdet är offentligt").check()
    page.get_by_label("Kungjort den").fill("2020-11-10")
    page.get_by_role("button", name="Alla ledamöter är på plats").click()
    page.get_by_label("Leder sammanträdet, Anna Alm").check()
    page.get_by_label("Närvaro, Bo Al").select_option("frånvarande")
    page.get_by_label("Närvaro, Cia Berg").select_option("på distans")
    page.get_by_label("Närvaro, Ida Lund").select_option("på plats")
    page.get_by_role("button", name="Låt ersättarna träda in").click()
