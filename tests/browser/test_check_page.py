"""A file is checked in the browser: its hash is asked for, and nothing of the file leaves it."""

import pytest
from playwright.sync_api import Page, Request, expect

from plans.models import DecisionFile
from plans.versions.contents import hash_of
from tests.plans.adoption_world import a_plan
from tests.plans.made_versions import adopt, sent

pytestmark = pytest.mark.looks
CHECK = "/kontrollera/"
PROTOCOL = b"%PDF-1.7 protokollsutdrag " + bytes(range(256)) * 40

DROP = """([name, content]) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([content], name, { type: "application/pdf" }));
    const details = { dataTransfer: dropped, bubbles: true, cancelable: true };
    for (const kind of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, details));
}"""


@pytest.fixture
def adopted(transactional_db) -> None:
    version = sent(a_plan())
    adopt(version)
    DecisionFile.objects.create(
        decision=version.decision,
        kind="protocol_pdf",
        content=PROTOCOL,
        size=len(PROTOCOL),
        hash=hash_of(PROTOCOL),
    )


def choose(page: Page, content: bytes, name: str = "protokoll.pdf") -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Välj en fil").set_input_files(file)


def test_a_chosen_file_is_told_of_and_never_sent(page: Page, adopted):
    page.goto(CHECK)
    # What the browser itself asks for when it pleases: what the page named before there was a file, an icon.
    own = page.evaluate(
        """() => [...document.querySelectorAll("link[href], script[src]")]
            .map((each) => each.href || each.src).concat(new URL("/favicon.ico", location).href)"""
    )
    sent_requests: list[Request] = []
    page.on("request", lambda each: sent_requests.append(each))
    answer = page.get_by_role("status")
    choose(page, PROTOCOL)
    expect(answer).to_contain_text("Styrelsen fastställde planen den 24 november 2020, § 45.")
    expect(answer).to_contain_text("protokoll.pdf")
    expect(answer).to_contain_text("Samordningsförbundet Gotland")
    choose(page, PROTOCOL + b" ", "annan.pdf")
    expect(answer).to_contain_text("Känns inte igen")
    expect(answer).not_to_contain_text("protokoll.pdf")
    page.evaluate(DROP, ["dragen.pdf", "hej"])
    expect(answer).to_contain_text("dragen.pdf")
    expect(answer).to_contain_text(hash_of(b"hej"))
    expect(page.get_by_role("textbox", name="Kontrollsumma")).to_have_value(hash_of(b"hej"))
    assert {(each.method, each.post_data_buffer) for each in sent_requests} == {("GET", None)}
    asked = [each.url.partition(CHECK)[2] for each in sent_requests if each.url not in own]
    assert asked == [f"?summa={hash_of(content)}" for content in (PROTOCOL, PROTOCOL + b" ", b"hej")]


def test_what_cannot_be_asked_is_told(page: Page, adopted, page_errors):
    page.goto(CHECK)
    page.route("**/kontrollera/?summa=*", lambda route: route.abort())
    choose(page, PROTOCOL)
    expect(page.get_by_role("status")).to_contain_text("Ingen förbindelse med Finsam.")
    page_errors.clear()  # the browser notes the connection that was refused
    page.unroute_all()
    page.get_by_role("button", name="Kontrollera").click()
    expect(page.get_by_role("status")).to_contain_text("Fastställd")


def test_without_https_the_page_says_how_to_do_it(page: Page, adopted):
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { get: () => false });")
    page.goto(CHECK)
    expect(page.get_by_text("Sidan är inte öppnad med https")).to_be_visible()
    expect(page.get_by_label("Välj en fil")).to_be_hidden()
    expect(page.get_by_text("Get-FileHash plan.pdf")).to_be_visible()
