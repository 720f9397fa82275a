"""The addresses of a plan's board of goals."""

from django.urls import path

from plans.views.goals.moving import copy_plan_goals, place_goal_row, remove_goal_row, undo_goals
from plans.views.goals.page import goals
from plans.views.goals.rows import add_goal_row, change_goal_row

GOALS = "<slug:slug>/plan/<int:plan_year>/mal"
ROW = f"{GOALS}/<slug:word>/<int:row>"

goal_urls = [
    path(f"{GOALS}/", goals, name="goals"),
    path(f"{GOALS}/hamta/", copy_plan_goals, name="copy_plan_goals"),
    path(f"{GOALS}/angra/", undo_goals, name="undo_goals"),
    path(f"{GOALS}/<slug:word>/ny/", add_goal_row, name="add_goal_row"),
    path(f"{ROW}/", change_goal_row, name="change_goal_row"),
    path(f"{ROW}/placera/", place_goal_row, name="place_goal_row"),
    path(f"{ROW}/ta-bort/", remove_goal_row, name="remove_goal_row"),
]
