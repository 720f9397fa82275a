"""The guide holds together, speaks of what is on the screen, and is shown to everybody."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from finsam.guide.reading import FOLDER, INDEX, PICTURES, links, pages
from tests.finsam.screen_words import screen_words, spoken

FILES = sorted(FOLDER.glob("*.md"))
PICTURE_FILES = sorted((FOLDER / PICTURES).iterdir())
of_each_page = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
WIDEST, LARGEST, ALL_PICTURES = 1280, 200_000, 3_000_000
"""Pixels, and bytes of one picture and of them all: a guide is read on a phone too."""
OUT_OF_PLACE = re.compile(r"klicka här|användaren ska|\bni\b|gränssnitt|<(?!!--|br)")
"""Words that the guide does not use: it says du, and what to press."""


def tokens(file: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(file.read_text(encoding="utf-8"))


def inline(file: Path) -> list[Token]:
    return [child for token in tokens(file) for child in token.children or []]


def bold(file: Path) -> list[str]:
    """The words in bold, which are those of the screen."""
    found, words = [], None
    for token in inline(file):
        if token.type == "strong_open":
            words = ""
        elif token.type == "strong_close":
            found.append(str(words))
            words = None
        elif words is not None:
            words += " " if token.type == "softbreak" else token.content
    return found


def pictures(file: Path) -> list[Token]:
    return [each for each in inline(file) if each.type == "image"]


# -- the files ---------------------------------------------------------------------------------------


@of_each_page
def test_says_what_is_on_the_screen(file: Path):
    said = bold(file)
    commands = [each for each in inline(file) if each.type == "code_inline"]
    assert file.stem == INDEX or len(said) + len(commands) >= 4
    assert not [each for each in said if spoken(each) not in screen_words()]


@pytest.mark.parametrize(
    "words", ["Skicka iväg version 2", "Skicka", "Knappen", "Spara motiveringarna och gå vidare"]
)
def test_knows_what_is_not_on_the_screen(words: str):
    assert spoken(words) not in screen_words()


@of_each_page
def test_links_and_pictures_are_there(file: Path):
    inside = [each for each in links(tokens(file)) if not each.startswith("https://")]
    missing = [each for each in inside if not (FOLDER / each.partition("#")[0]).is_file()]
    assert not missing
    for picture in pictures(file):
        assert FOLDER / str(picture.attrs["src"]) in PICTURE_FILES
        assert len(picture.content) > 30, "an alternative text says what the picture shows"


@of_each_page
def test_is_written_alike(file: Path):
    first, heading, _, second, for_whom, *_ = [each for each in tokens(file) if each.type != "html_block"]
    assert first.tag == "h1" and heading.content
    assert second.tag == "p" and re.fullmatch(r"\*För .*\.\*", for_whom.content)
    assert not OUT_OF_PLACE.findall(file.read_text(encoding="utf-8"))


def test_every_page_is_in_the_index():
    named = {each.removesuffix(".md") for each in links(tokens(FOLDER / f"{INDEX}.md"))}
    assert named == {file.stem for file in FILES} - {INDEX}


def test_every_picture_is_used_and_small():
    used = {str(each.attrs["src"]) for file in FILES for each in pictures(file)}
    assert used == {f"{PICTURES}{file.name}" for file in PICTURE_FILES}
    assert sum(file.stat().st_size for file in PICTURE_FILES) < ALL_PICTURES
    for file in PICTURE_FILES:
        with Image.open(file) as picture:
            assert picture.width <= WIDEST, file.name
        assert file.stat().st_size < LARGEST, file.name
        assert finders.find(f"guide/{file.name}"), "is among the static files"


# -- in the browser ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everybody_reads_the_guide(client: Client):
    for name, page in pages().items():
        answer = client.get(reverse("guide_page", args=[name]))
        assert answer.status_code == 200
        assert f"<h1>{page.title}</h1>" in answer.content.decode()
    assert client.get(reverse("guide_page", args=["finns-inte"])).status_code == 404
    assert client.post(reverse("guide")).status_code == 405


@pytest.mark.django_db
def test_the_index_leads_to_every_page(client: Client):
    shown = client.get(reverse("guide")).content.decode()
    article = shown.partition("<article")[2]
    for name, page in pages().items():
        if name != INDEX:
            assert f'<a href="{reverse("guide_page", args=[name])}">{page.title}</a>' in article


@pytest.mark.django_db
def test_pages_lead_to_pages_only(client: Client):
    """A document of the repository is named, not linked: who reads the guide has no such file."""
    for name in pages():
        article = client.get(reverse("guide_page", args=[name])).content.decode().partition("<article")[2]
        for href in re.findall(r'<a href="([^"]*)"', article):
            if href.startswith(settings.STATIC_URL):
                assert finders.find(href.removeprefix(settings.STATIC_URL)), (name, href)
            else:
                assert client.get(href).status_code == 200, (name, href)
