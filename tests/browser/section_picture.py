"""Pictures as the tests put them in a text: chosen, described, and what is then stored."""

from playwright.sync_api import FilePayload, Locator, Page

from plans.models import Illustration, Plan
from tests.browser.section_text import EDITOR
from tests.plans.made_illustrations import drawn

FIGURE = f"{EDITOR} .editor-picture"
ALTERNATIVE = "Stapeldiagram: fler deltagare varje år"


def key_of(plan: Plan) -> str:
    return Illustration.objects.get(federation=plan.federation).key


def tag(plan: Plan, alternative: str = ALTERNATIVE, caption: str = "") -> str:
    """The only picture of the federation, as a text has it."""
    more = f' data-caption="{caption}"' if caption else ""
    return f'<img data-picture="{key_of(plan)}" alt="{alternative}"{more}>'


def file(content: bytes | None = None, name: str = "diagram.png", kind: str = "image/png") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": drawn() if content is None else content}


def dialog_button(page: Page, name: str) -> Locator:
    return page.locator("#picture-dialog").get_by_role("button", name=name, exact=True)


def describe(page: Page, alternative: str = ALTERNATIVE, caption: str = "") -> None:
    page.get_by_label("Alternativtext").fill(alternative)
    page.get_by_label("Bildtext").fill(caption)
    dialog_button(page, "Infoga").click()


def choose(page: Page, sent: FilePayload | None = None) -> None:
    page.get_by_role("button", name="Bild", exact=True).click()
    page.get_by_label("Bildfil").set_input_files(sent or file())
