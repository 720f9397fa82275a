"""A plan of about 40 pages, 8 tables and 6 charts as PDF, against two other ways to it, in the same run.

Ours goes from the plan's picture to the file: composed, laid out, tagged (PDF/UA-1 and PDF/A-2a). WeasyPrint
makes an untagged file of our HTML page of the same document; LibreOffice one of our Word file, its start
included. The claims are ratios of at least 6 and 2.5; whoever is not installed is left out. Then the time per
page of 10 to 400 pages (growth: against the smallest; 1 or less is linear), and the most memory that a
process of its own holds as it makes 400 pages. Queries are counted in tests/plans/test_document_queries.py.
"""

import logging
import multiprocessing
import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import django
import pypdfium2

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")
django.setup()

from benchmarks.made_plan import made_plan
from benchmarks.measuring import peak_memory, seconds
from plans.compose import compose
from plans.document import Document, Figure, Table
from plans.picture import PlanPicture
from plans.render import docx, html, pdf
from tests.services import libreoffice

MADE_AT = datetime(2021, 11, 2, 13, 10, tzinfo=UTC)
SIZES = (10, 40, 100, 400)
WEASYPRINT_GOAL, LIBREOFFICE_GOAL = 6.0, 2.5
MOST_MEMORY, MOST_GROWTH = 300_000_000, 2.0


def ours(plan: PlanPicture) -> bytes:
    return pdf.render(compose(plan, MADE_AT))


def by_weasyprint(source: str) -> bytes:
    import weasyprint

    return bytes(weasyprint.HTML(string=source).write_pdf())


def by_libreoffice(program: Path, word_file: bytes, profile: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.docx"
        source.write_bytes(word_file)
        command = (program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf")
        subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=300)
        return source.with_suffix(".pdf").read_bytes()


def pages(file: bytes) -> int:
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def row(name: str, made: Callable[[], bytes], repeats: int) -> float:
    """Prints a way's figures, and answers with its seconds."""
    file = made()
    took = seconds(made, repeats)
    print(f"{name:<12} {took * 1000:>8.0f} ms   {pages(file):>3} pages   {len(file) / 1000:>6.0f} kB")
    return took


def compared(document: Document, plan: PlanPicture) -> None:
    """The three ways, and how much longer the others take. The goals are held."""
    own = row("ours", lambda: ours(plan), 7)
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:  # OSError: it is there, but not the Pango that it needs
        print(f"WeasyPrint: not here ({error}); `pip install weasyprint`, and Debian's libpangoft2-1.0-0")
    else:
        logging.getLogger("weasyprint").setLevel(
            logging.CRITICAL
        )  # it tells of all CSS that it does not know
        source = html.page(document)
        other = row("WeasyPrint", lambda: by_weasyprint(source), 3)
        told("WeasyPrint", other / own, WEASYPRINT_GOAL)
    program = libreoffice.find()
    if program is None:
        print("LibreOffice: not here; Debian's libreoffice-writer-nogui")
        return
    word_file = docx.render(document)
    with tempfile.TemporaryDirectory() as profile:
        other = row("LibreOffice", lambda: by_libreoffice(program, word_file, profile), 3)
    told("LibreOffice", other / own, LIBREOFFICE_GOAL)


def told(name: str, ratio: float, goal: float) -> None:
    print(f"{name} takes {ratio:.1f} times as long as ours; the goal is at least {goal}")
    assert ratio >= goal, f"{name}: only {ratio:.1f} times as long"


def growth() -> None:
    smallest = 0.0
    print(f"\n{'pages':>6} {'composed':>12} {'PDF':>12} {'per page':>12} {'growth':>7}")
    for size in SIZES:
        plan = made_plan(size)
        document = compose(plan, MADE_AT)
        number = pages(pdf.render(document))
        repeats = 7 if size < 100 else 3
        composing = seconds(lambda plan=plan: compose(plan, MADE_AT), repeats)  # type: ignore[misc]
        rendering = seconds(lambda document=document: pdf.render(document), repeats)  # type: ignore[misc]
        each = (composing + rendering) / number
        print(
            f"{number:>6} {composing * 1000:>9.0f} ms {rendering * 1000:>9.0f} ms {each * 1000:>9.2f} ms "
            f"{each / (smallest or each):>7.2f}"
        )
        smallest = smallest or each
        assert each / smallest <= MOST_GROWTH, f"{number} pages: not linear"


def most_held(size: int) -> int:
    """Bytes that this process has held at most so far, after a plan of that size is made."""
    ours(made_plan(size))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kilobytes,) = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(kilobytes) * 1024


def memory(size: int) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        nothing, held = pool.apply(most_held, (1,)), pool.apply(most_held, (size,))
    allocated = peak_memory(lambda: ours(made_plan(size)))
    print(
        f"\nabout {size} pages: a process of its own holds {held / 1e6:.0f} MB, and {nothing / 1e6:.0f} MB "
        f"with one chapter; Python allocates {allocated / 1e6:.0f} MB; at most {MOST_MEMORY / 1e6:.0f} MB"
    )
    assert held <= MOST_MEMORY, "too much memory"


def main() -> None:
    plan = made_plan(40)
    document = compose(plan, MADE_AT)
    tables = sum(isinstance(block, Table) for block in document.blocks)
    figures = sum(isinstance(block, Figure) for block in document.blocks)
    print(f"{tables} tables and {figures} charts, each of which has a table more")
    compared(document, plan)
    growth()
    memory(SIZES[-1])


if __name__ == "__main__":
    main()
