"""A gallery to look through before what is made is shown to anybody.

`python -m tests.services.gallery [FOLDER]` (var/gallery when none is said) writes each demo plan in every
kind as PDF with a picture of every page, and the reading view as Chromium shows it, wide and narrow, light
and dark; index.html shows them all. The plans come from fixtures/ by a database of their own, made anew.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from html import escape
from io import StringIO
from pathlib import Path

import django
import pypdfium2
from django.core.management import CommandError, call_command
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from plans.compose import KIND_NAMES, Kind
from tests.services import chromium, environment

ROOT = Path(__file__).parents[2]
MADE_AT = "2021-11-02T14:10"
PAGE_WIDTH = 827
"""Pixels of an A4 page: 100 per inch."""
WIDTHS, THEMES = (1280, 360), ("light", "dark")
PIECE_HEIGHT = 1600
"""Pixels of the long reading view that one picture holds."""
SHEET_WIDTH, GAP = 1560, 12
PAGES_ACROSS, PAGES_DOWN = 3, 2

STYLE = """body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; background: #e4e4e4 }
section { border-top: 1px solid #888; margin-top: 2rem }
img { display: block; width: 100%; max-width: 1560px; margin-block: 12px }
.fault { color: #a00000; font-weight: 600 }"""


@dataclass(frozen=True)
class Shown:
    """A plan of a fixture, and where its pictures stand."""

    slug: str
    year: int
    gallery: Path

    @cached_property
    def folder(self) -> Path:
        return self.gallery / f"{self.slug}-{self.year}"

    @cached_property
    def page(self) -> Path:
        """The reading view as a file of its own."""
        return self.folder / "plan.html"

    def pdf(self, kind: Kind) -> Path:
        return self.folder / f"{kind}.pdf"

    def write(self, kind: Kind, form: str, file: Path) -> str:
        """Writes the document, and answers with what was wrong with it, if anything."""
        options = (f"--kind={kind}", f"--format={form}", f"--time={MADE_AT}", f"--out={file}")
        try:
            call_command("render_plan", self.slug, str(self.year), *options, stdout=StringIO())
        except CommandError as fault:
            return str(fault)
        return ""


def make(gallery: Path) -> Path:
    """The index of the new gallery; what an earlier one left of the same plans is gone."""
    files = sorted(ROOT.glob("fixtures/*/plan-*.json"))
    plans = [
        Shown(file.parent.name, int(file.stem.removeprefix("plan-")), gallery.absolute()) for file in files
    ]
    _fill_database(files)
    faults = dict(_write_documents(plans))
    pdfs = [plan.pdf(kind) for plan in plans for kind in Kind if plan.pdf(kind).exists()]
    with ProcessPoolExecutor() as pool:
        drawn = pool.map(draw_pages, pdfs)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find_or_install(),
                args=chromium.LAUNCH_FLAGS,
                chromium_sandbox=False,
            )
            for plan in plans:
                draw_reading_view(browser, plan)
            browser.close()
        list(drawn)
    index = gallery / "index.html"
    index.write_text("".join(_index(plans, faults)), encoding="utf-8")
    return index


def _fill_database(files: Iterable[Path]) -> None:
    call_command("migrate", verbosity=0)
    folders = sorted({str(file.parent) for file in files})
    call_command("load_federation", *folders, stdout=StringIO())


def _write_documents(plans: Iterable[Shown]) -> Iterator[tuple[Path, str]]:
    """Each file, with what was wrong."""
    for plan in plans:
        shutil.rmtree(plan.folder, ignore_errors=True)
        plan.folder.mkdir(parents=True)
        for kind in Kind:
            yield plan.pdf(kind), plan.write(kind, "pdf", plan.pdf(kind))
        yield plan.page, plan.write(Kind.PLAN, "html", plan.page)


# -- pictures --------------------------------------------------------------------------------------


def draw_pages(file: Path) -> None:
    """Every page of a PDF as a picture beside it (plan/page-01.png), and the contact sheets of them."""
    folder = file.with_suffix("")
    folder.mkdir()
    pages = []
    with pypdfium2.PdfDocument(file) as pdf:
        for number, page in enumerate(pdf, start=1):
            picture = page.render(scale=PAGE_WIDTH / page.get_width()).to_pil()
            picture.save(folder / f"page-{number:02}.png", compress_level=1)
            pages.append(picture)
    _draw_sheets(pages, PAGES_ACROSS, PAGES_DOWN, folder)


def draw_reading_view(browser: Browser, plan: Shown) -> None:
    """The page in every width and theme, in pieces (reading/360-dark/piece-01.png) and contact sheets."""
    for width in WIDTHS:
        for theme in THEMES:
            folder = plan.folder / "reading" / f"{width}-{theme}"
            folder.mkdir(parents=True)
            page = browser.new_page(
                viewport={"width": width, "height": PIECE_HEIGHT},
                color_scheme="dark" if theme == "dark" else "light",
            )
            page.goto(plan.page.as_uri())
            height = page.evaluate("document.documentElement.scrollHeight")
            pieces = []
            for number, top in enumerate(range(0, height, PIECE_HEIGHT), start=1):
                file = folder / f"piece-{number:02}.png"
                page.evaluate("top => scrollTo(0, top)", top)
                page.screenshot(path=file)
                pieces.append(Image.open(file))
            page.close()
            _draw_sheets(pieces, 4 if width < 600 else 2, 1, folder)


def _draw_sheets(pictures: Sequence[Image.Image], across: int, down: int, folder: Path) -> None:
    """Contact sheets: so many pictures beside and beneath each other, at the same width."""
    width = (SHEET_WIDTH - GAP) // across - GAP
    for number, first in enumerate(range(0, len(pictures), across * down), start=1):
        small = [
            picture.convert("RGB").resize(
                (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
            )
            for picture in pictures[first : first + across * down]
        ]
        height = max(each.height for each in small) + GAP
        rows = -(-len(small) // across)
        sheet = Image.new("RGB", (SHEET_WIDTH, rows * height + GAP), "#8a8a8a")
        for place, picture in enumerate(small):
            row, column = divmod(place, across)
            sheet.paste(picture, (GAP + column * (width + GAP), GAP + row * height))
        sheet.save(folder / f"sheet-{number:02}.png", compress_level=1)


# -- the index -------------------------------------------------------------------------------------


def _index(plans: Iterable[Shown], faults: dict[Path, str]) -> Iterator[str]:
    yield f"<!doctype html><html lang=sv><meta charset=utf-8><title>Galleri</title><style>{STYLE}</style>"
    yield "<h1>Galleri</h1>"
    for plan in plans:
        yield f"<h2>{plan.slug} {plan.year}</h2>"
        for kind in Kind:
            yield from _part(plan, plan.pdf(kind), KIND_NAMES[kind], faults, [plan.pdf(kind).with_suffix("")])
        views = [plan.folder / "reading" / f"{width}-{theme}" for theme in THEMES for width in sorted(WIDTHS)]
        yield from _part(plan, plan.page, "att läsa på skärmen", faults, views)


def _part(
    plan: Shown, file: Path, name: str, faults: dict[Path, str], folders: Iterable[Path]
) -> Iterator[str]:
    """A document: a link to it, what was wrong with it, and its contact sheets."""
    yield f"<section><h3><a href='{file.relative_to(plan.gallery)}'>{plan.slug}: {name}</a></h3>"
    if faults[file]:
        yield f"<p class=fault>{escape(faults[file])}</p>"
    for folder in folders:
        for sheet in sorted(folder.glob("sheet-*.png")):
            source = sheet.relative_to(plan.gallery)
            yield f"<p>{source.parent}</p><img loading=lazy src='{source}' alt='{source}'>"
    yield "</section>"


def main() -> None:
    started = time.monotonic()
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")
    django.setup()
    try:
        index = make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "gallery")
    finally:
        environment.data_dir.cleanup()
    print(f"{index} ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
