"""A browser for each person of the guide, and pictures of what they see."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from members.models import User
from tests.members import people
from tests.plans.adoption_world import Clock

PICTURES = Path(__file__).parents[2] / "docs" / "guide" / "pictures"
NARROW, WIDE = (850, 1.5), (1280, 1)
"""Width of the window, and pixels of the picture for each of its: never more than 1280."""
HEIGHT = 800
AROUND = 9
"""Pixels left around what is shown."""
COLOURS = 255
MINUTES = timedelta(minutes=7)
"""From one page to the next."""
MARKED = "outline: 3px solid #c2410c; outline-offset: 3px; border-radius: 3px"
BOX = """(it) => { scrollTo(0, 0); const box = it.getBoundingClientRect();
    return { x: box.x, y: box.y + scrollY, width: box.width, height: box.height } }"""

AS_IN_SWEDISH = """() => {
    for (const it of document.querySelectorAll("input[type=date]")) {
        it.style.width = `${it.offsetWidth}px`;
        it.type = "text";
        it.placeholder = "åååå-mm-dd";
    }
    for (const it of document.querySelectorAll("input[type=file]")) {
        const { border, borderRadius, padding, width } = getComputedStyle(it);
        const shown = document.createElement("span"), button = document.createElement("span");
        Object.assign(shown.style, { border, borderRadius, padding, width, display: "inline-block" });
        button.style.cssText = "border: 1px solid #767676; border-radius: 3px; background: #efefef; " +
            "color: #000; font: 13px Arial, sans-serif; padding: 2px 6px; margin-right: 6px";
        button.textContent = "Välj fil";
        shown.append(button, "Ingen fil har valts");
        it.style.display = "none";
        it.after(shown);
    }
}"""
"""What a browser itself writes, as one in Swedish has it: the browser here may know English only."""


@dataclass
class Camera:
    """`clock` is what time it is in Finsam."""

    browser: Browser
    address: str
    clock: Clock
    contexts: dict[tuple[str, float], BrowserContext] = field(default_factory=dict)

    def day(self, on: date) -> None:
        """Another day: all are signed out."""
        self.clock.set(on)
        for context in self.contexts.values():
            context.close()
        self.contexts.clear()

    def page(self, path: str, email: str = "", window: tuple[int, float] = NARROW) -> Page:
        """The page as this person sees it; without a person, as everybody does."""
        self.clock.time += MINUTES
        key = email, window[1]
        if key not in self.contexts:
            self.contexts[key] = self._context(email, *window)
        pages = self.contexts[key].pages
        page = pages[0] if pages else self.contexts[key].new_page()
        answer = page.goto(path)
        assert answer is None or answer.ok, f"{path}: {answer.status}"
        return page

    def _context(self, email: str, width: int, density: float) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.address,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            viewport={"width": width, "height": HEIGHT},
            device_scale_factor=density,
            reduced_motion="reduce",
        )
        if email:
            for name, morsel in people.client_of(User.objects.get(email=email)).cookies.items():
                context.add_cookies([{"name": name, "value": morsel.value, "url": self.address}])
        return context

    def keep(
        self,
        page: Page,
        name: str,
        first: Locator | None = None,
        last: Locator | None = None,
        press: Locator | None = None,
        highest: float = 900,
    ) -> None:
        """From above `first` (else the top of the window, its head and menu too) to below `last`, at most
        `highest` pixels of the page, with a line around what to `press`."""
        page.evaluate("document.activeElement.blur()")
        page.evaluate(AS_IN_SWEDISH)
        if press:
            press.evaluate("(it, style) => { it.style.cssText += style }", MARKED)
        assert page.viewport_size
        left, top, width = 0.0, 0.0, float(page.viewport_size["width"])
        if first:
            left, top = _box(page.get_by_role("main"))["x"], _box(first)["y"] - AROUND
        height = highest
        if last:
            height = min(_box(last)["y"] + _box(last)["height"] + AROUND - top, highest)
        shot = page.screenshot(
            full_page=True,
            clip={"x": left, "y": top, "width": width - left, "height": height},
            animations="disabled",
        )
        density = page.evaluate("devicePixelRatio")
        _store(shot, PICTURES / f"{name}.png", density)


def _box(of: Locator) -> dict[str, float]:
    """Where it is on the page, in pixels of the page."""
    found: dict[str, float] = of.evaluate(BOX)
    return found


def _store(shot: bytes, file: Path, density: float) -> None:
    """In the colours that are used most, and saying how dense it is: the page of the guide shows it as large
    as it was."""
    full = Image.open(BytesIO(shot)).convert("RGB")
    used = sorted(full.getcolors(full.width * full.height) or [], reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in used for part in colour])  # type: ignore[attr-defined]
    few = full.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(file, optimize=True, dpi=(96 * density, 96 * density))
