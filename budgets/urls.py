from django.urls import include, path

from budgets.exchange_urls import exchange_urls
from budgets.views import (
    amounts,
    cell,
    charts,
    columns,
    contributions,
    group_form,
    history,
    lines,
    page,
    undoing,
)

of_budget = [
    path("", page.budget, name="budget"),
    path("belopp/", amounts.save_amount, name="save_amount"),
    path("klistra-in/", amounts.paste, name="paste_amounts"),
    path("fyll/", amounts.fill, name="fill_amounts"),
    path("tom/", amounts.clear, name="clear_amounts"),
    path("andringar/", amounts.changes_since, name="changes_since"),
    path("angra/", undoing.undo_change, name="undo_change"),
    path("gor-om/", undoing.redo_change, name="redo_change"),
    path("del/<int:part>/", group_form.group_form, name="budget_part"),
    path("post/ny/", lines.new_line, name="new_line"),
    path("post/<int:line>/", lines.line, name="line"),
    path("post/<int:line>/flytta/<str:where>/", lines.move, name="move_line"),
    path("post/<int:line>/ta-bort/", lines.remove, name="remove_line"),
    path("post/<int:line>/<int:year>/", cell.cell, name="cell"),
    path("post/<int:line>/<str:level>/namn/", lines.group, name="budget_group"),
    path("kolumn/ny/", columns.new_column, name="new_column"),
    path("kolumn/<int:year>/", columns.column, name="column"),
    path("tryckta-summor/ta-bort/", columns.remove_printed, name="remove_printed"),
    path("varifran/", cell.source, name="source"),
    path("historik/", history.history, name="budget_history"),
    path("historik/jamfor/", history.two_points, name="two_points"),
    path("diagram/", charts.budget_charts, name="budget_charts"),
    *exchange_urls,
]

urlpatterns = [
    path("regler/tangenter/", page.keys, name="budget_help"),
    path("<slug:slug>/medlemmar/bidrag/", contributions.contributions_page, name="contributions"),
    path("<slug:slug>/budget/", page.latest_budget, name="latest_budget"),
    path("<slug:slug>/budget/<int:plan_year>/", include(of_budget)),
]
