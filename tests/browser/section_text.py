"""A section as the tests write in it: its editor, where the caret stands, what comes into it, and when all is
saved."""

import re
from base64 import b64encode

from playwright.sync_api import FilePayload, Page, expect

from members.models import RoleKind
from plans.models import Plan, Section
from tests.browser import grid
from tests.browser.visits import FIXTURES
from tests.browser.waiting import becomes
from tests.loading import load

KEY = "jobbsam"
ADDRESS = f"/gotland/plan/2021/skriv/{KEY}/"
EDITOR = ".ProseMirror"

CARET = """() => {
    const { selection, doc } = document.querySelector(".ProseMirror").editor.state;
    const { constructor: of } = selection;
    return { "Control+Home": selection.eq(of.atStart(doc)), "Control+End": selection.eq(of.atEnd(doc)) };
}"""
"""At which ends the editor knows its caret to be."""

TRANSFER = """([kind, html, files]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    if (html) data.setData("text/plain", "ord");
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const editor = document.querySelector(".ProseMirror");
    const last = editor.lastElementChild.getBoundingClientRect();
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent("drop", {
            dataTransfer: data, bubbles: true, cancelable: true,
            clientX: last.right - 5, clientY: last.bottom - 5 });
    editor.dispatchEvent(event);
    return event.defaultPrevented;
}"""


def gotlands_plan() -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


def open_as_director(page: Page, server: str, plan: Plan, text: str) -> None:
    """The section, which has this text, opened by Karin Ek, förbundschef."""
    section = Section.objects.get(plan=plan, key=KEY)
    section.text = text
    section.save()
    grid.open_as(page, server, plan.federation, RoleKind.DIRECTOR, "Karin Ek", ADDRESS)
    page.locator(EDITOR).wait_for()


def text(plan: Plan) -> str:
    """What is stored of the section."""
    return Section.objects.get(plan=plan, key=KEY).text


def go(page: Page, key: str) -> None:
    """To one end of the text: pressed again until the editor has taken it in, as a person would."""
    page.locator(EDITOR).click()

    def gone() -> bool:
        page.keyboard.press(key)
        return bool(page.evaluate(CARET)[key])

    becomes(page, gone, True)


def write(page: Page, words: str) -> None:
    """At the end of the text."""
    go(page, "Control+End")
    page.keyboard.type(words)


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(re.compile("^Sparat"))


def bring(page: Page, kind: str, *files: FilePayload, html: str = "") -> None:
    """A paste or a drop, which the page deals with, so that the browser does not."""
    page.locator(EDITOR).wait_for()
    sent = [(each["name"], each["mimeType"], b64encode(each["buffer"]).decode()) for each in files]
    assert page.evaluate(TRANSFER, [kind, html, sent]), f"the {kind} is left to the browser"
