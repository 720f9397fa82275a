"""The charts of a budget: geometry and words, for the page (a template) and the PDF (drawing.py) alike."""

from budgets.charts.costs import costs
from budgets.charts.equity import equity
from budgets.charts.income import income
from budgets.charts.projects import projects
from budgets.charts.shapes import Chart, Picture
from budgets.rules.circumstances import Circumstances
from budgets.sheet import BudgetSheet
from finsam.swedish import Unit

__all__ = ["Chart", "Picture", "charts"]


def charts(sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> tuple[Chart, ...]:
    """The charts that have something to show, in the order they are read. Amounts in words and tables are
    in `unit`; each picture says its own."""
    if not sheet.columns:
        return ()
    made = (chart(sheet, circumstances, unit) for chart in (equity, income, costs, projects))
    return tuple(chart for chart in made if chart is not None)
