"""The addresses of the outline and of the pictures in texts. What is done to a section stands beside the
sections' own addresses, so that no heading can make a section that hides one."""

from django.urls import path

from plans.views.begin import begin_from_nothing, begin_from_plan, begin_from_word, begin_with_word
from plans.views.illustrations import add_illustration, illustration
from plans.views.outline import (
    move_section,
    new_section,
    outline,
    place_section,
    remove_section,
    rename_section,
    undo_section,
)
from plans.views.section_block import block_preview, section_block
from plans.views.section_picture import add_picture
from plans.views.section_properties import plan_title, section_properties

PLAN = "<slug:slug>/plan/<int:plan_year>"
OUTLINE = f"{PLAN}/disposition"
SECTION = f"{OUTLINE}/avsnitt/<slug:key>"

writing_urls = [
    path(f"{PLAN}/skriv/", outline, name="outline"),
    path(f"{PLAN}/titel/", plan_title, name="plan_title"),
    path(f"{PLAN}/borja/tomt/", begin_from_nothing, name="begin_from_nothing"),
    path(f"{PLAN}/borja/plan/", begin_from_plan, name="begin_from_plan"),
    path(f"{PLAN}/borja/word/", begin_from_word, name="begin_from_word"),
    path(f"{PLAN}/borja/word/spara/", begin_with_word, name="begin_with_word"),
    path(f"{PLAN}/bilder/", add_illustration, name="add_illustration"),
    path("<slug:slug>/bild/<slug:key>/", illustration, name="illustration"),
    path(f"{OUTLINE}/nytt/", new_section, name="new_section"),
    path(f"{OUTLINE}/angra/", undo_section, name="undo_section"),
    path(f"{SECTION}/", section_properties, name="section_properties"),
    path(f"{SECTION}/innehall/", section_block, name="section_block"),
    path(f"{SECTION}/innehall/visning/", block_preview, name="block_preview"),
    path(f"{SECTION}/rubrik/", rename_section, name="rename_section"),
    path(f"{SECTION}/flytta/<slug:where>/", move_section, name="move_section"),
    path(f"{SECTION}/placera/", place_section, name="place_section"),
    path(f"{SECTION}/ta-bort/", remove_section, name="remove_section"),
    path(f"{SECTION}/bild/", add_picture, name="add_picture"),
]
