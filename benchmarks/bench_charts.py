"""The charts as the page gets them, against reportlab's own SVG of the same pictures, in the same run.

For 60 lines of 4 columns and 300 of 6: the median time of geometry, words and tables for all charts from a
new sheet; of the template with them; and of reportlab's renderSVG of the same pictures as Drawings (both
widths, as the template renders both). Sizes are bytes. Growth is the time per cell of the whole page
compared with the size before: 1 or less is linear.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import django
from reportlab.graphics import renderSVG

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.settings")
django.setup()

from django.template.loader import render_to_string

from budgets.charts import Chart, charts
from budgets.charts.drawing import drawing
from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet
from tests.budgets.made_sheets import large_sheet

SIZES = ((60, 4), (300, 6))
REPEATS = 15
UNIT = "SEK"


def made(sheet: BudgetSheet) -> tuple[Chart, ...]:
    """From a sheet that has added nothing yet."""
    return charts(replace(sheet), Circumstances(), "SEK")


def page(shown: tuple[Chart, ...]) -> str:
    return render_to_string("budgets/charts/charts.html", {"charts": shown, "unit": UNIT})


def by_reportlab(shown: tuple[Chart, ...]) -> str:
    pictures = [picture for chart in shown for picture in (chart.wide, chart.narrow)]
    return "".join(
        renderSVG.drawToString(drawing(picture, "Helvetica", "Helvetica-Bold")) for picture in pictures
    )


def milliseconds(run: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    print(
        f"{'lines':>9} {'charts':>10} {'template':>10} {'together':>10} {'renderSVG':>10} {'ratio':>6} "
        f"{'growth':>7} {'bytes':>8} {'renderSVG':>10}"
    )
    before = None
    for lines, columns in SIZES:
        sheet = large_sheet(lines, columns)
        shown = made(sheet)
        geometry = milliseconds(partial(made, sheet))
        template = milliseconds(partial(page, shown))
        peer = milliseconds(partial(by_reportlab, shown))
        together = geometry + template
        growth = together / (lines * columns) / (before or together / (lines * columns))
        before = together / (lines * columns)
        print(
            f"{lines:>5} × {columns} {geometry:>7.1f} ms {template:>7.1f} ms {together:>7.1f} ms "
            f"{peer:>7.1f} ms {together / peer:>6.2f} {growth:>7.2f} {len(page(shown)):>8} "
            f"{len(by_reportlab(shown)):>10}"
        )


if __name__ == "__main__":
    main()
